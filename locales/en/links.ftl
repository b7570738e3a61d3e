timeline-commit = Commit
remark-links-collected = Also under Links: { $links }
heading-postmortem-link = Postmortem
postmortem-elsewhere =
    The review is written elsewhere: { $address }
    To write one here as well: { $incident } postmortem { $id } --template classic
link-no-such-commit = no single commit of this repository begins with “{ $word }”
hint-link-commit = to see the commits: git log --oneline
link-not-understood = “{ $word }” is no address, commit or ticket
link-nothing-named = name what to link
link-what = Address, commit or ticket
link-no-tracker = Where it leads is not known. With this in { $file } it becomes a link: [[tracker]] prefix = "{ $prefix }", url = "https://…/{ "{key}" }"
link-unsafe = “{ $word }” is no address that is safe to follow
hint-link-forms = an address begins with https://, http:// or mailto:, a ticket is like PAY-123: { $incident } link https://example.org/page "what it is"
config-bad-tracker = “{ $value }” is no address with { "{key}" } in it
