# Faults of severity.toml and incident.toml.
toml-syntax = this is not valid TOML: { $reason }
config-missing-key = “{ $key }” is missing here
config-no-words = the words are missing: en = "…", ja = "…"
config-empty-value = “{ $key }” is empty
config-expected-text = a text is expected here, or a table such as { "{" } ja = "…", en = "…" { "}" }, not { $found }
config-expected-string = a string in quotes is expected here, not { $found }
config-expected-boolean = true or false is expected here, not { $found }
config-expected-strings = a list of strings such as ["a", "b"] is expected here, not { $found }
config-expected-table = a table is expected here, not { $found }
config-expected-tables = tables written as [[name]] are expected here, not { $found }
config-bad-span = “{ $value }” is no length of time; write 20m, 4h, 3d, 2w or 3bd (working days)
config-bad-hours = “{ $value }” are no working hours; write 09:00-18:00
config-bad-date = “{ $value }” is no date; write 2026-11-23
config-unknown-key = nothing is known by the name “{ $name }” here; it is ignored
config-unknown-word = “{ $name }” means nothing here
config-unknown-zone = there is no time zone “{ $name }”
policy-no-level = the policy has no level; it needs at least one [[level]]
policy-unknown-level = there is no level “{ $name }”
policy-unknown-kind = there is no kind “{ $name }”
policy-unknown-product = there is no product “{ $name }”
policy-unknown-question = there is no question “{ $name }”
policy-duplicate-id = “{ $name }” is defined twice
policy-bad-id = “{ $name }” cannot be an id: leave out blanks and any of = , / : # [ ]
policy-rule-without-condition = this rule has no condition; give it one, such as when = { "{" } question = true { "}" }
hint-near-names = did you mean { $names }?
hint-known-names = known here: { $names }
hint-zone-example = use an IANA name, such as Asia/Tokyo or Europe/Berlin
unknown-template = there is no template “{ $name }”
bad-template = the template cannot be used: { $reason }
template-refused-word = a template may not use “{ $word }”: no loops, no variables of its own
template-too-many-includes = the templates include each other more than { $limit } times in all
template-too-large = the document would be larger than { $limit } MiB
config-control-character = this text holds control characters, which a terminal would act on
