check-error = error
check-warning = warning
check-note = note
check-form-only = since { $path } cannot be read, the incidents were only looked at for their form
check-totals = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
} checked: { $errors ->
    [0] no errors
    [one] { $errors } error
   *[other] { $errors } errors
}, { $warnings ->
    [0] no warnings
    [one] { $warnings } warning
   *[other] { $warnings } warnings
}
check-more-faults = { $count ->
    [one] { $count } more fault in this file is
   *[other] { $count } more faults in this file are
} not shown
check-no-such-file = { $path } is no incident file of this store
check-duplicate-id = the id { $id } also stands in { $other }
check-id-differs-from-name = the id is { $id }, but the file is named { $name }
check-conflict = a merge left conflict markers here
check-part-unclosed = the generated part “{ $name }” has lost its end and cannot be brought up to date
hint-part-unclosed = behind its last line, put this one: <!-- /incident:generated -->
check-key-near-miss = unknown key “{ $key }”; did you mean “{ $known }”?
check-unknown-status = incident.toml has no status “{ $name }”
check-unknown-level = severity.toml has no level “{ $name }”
check-unknown-kind = severity.toml has no kind “{ $name }”
check-unknown-product = severity.toml has no product “{ $name }”
check-unknown-role = incident.toml has no role “{ $name }”
check-unknown-person = incident.toml has no person “{ $name }”
check-present-differs = { $key } says { $present }, the timeline ends at { $record }
check-end-before-start = { $end } lies before { $start }
check-no-timeline = there is no timeline section
check-unread-line = this line of the timeline does not read as an entry; it is kept and shown as it is
check-entry-altered = “{ $entry }”, recorded in { $commit }, is no longer there as it was
check-entry-altered-by = “{ $entry }”, recorded in { $commit }, was changed or removed in { $by } by { $author }
check-unwitnessed = { $count ->
    [one] { $count } entry has
   *[other] { $count } entries have
} no commit as witness
check-unwitnessed-shallow = { $count ->
    [one] { $count } entry has
   *[other] { $count } entries have
} no commit as witness in this shallow clone
check-unknown-template = level “{ $level }” wants the postmortem template “{ $name }”, which does not exist

# check --fix
mend-ask = Mend it?
mend-left = Left as it was.
mend-by-hand = Nothing here can be mended by rule; what is wrong is for you to mend:
mend-new-id = { $path }: another incident has the id { $old } by right; this one becomes { $new }, and is found by the old id as well.
mend-name = { $path }: renamed to { $to }, by the id it has.
mend-entries = { $path }: { $count ->
    [one] a recorded entry that was lost is put back
   *[other] { $count } recorded entries that were lost are put back
}: { $entries }
subject-renamed = { $id }: name the file by its id
subject-restored = { $id }: put back { $count ->
    [one] a lost entry
   *[other] { $count } lost entries
}
hint-check-fix = { $command }

# check --history
check-signature-bad = commit { $commit } by { $author }: its signature is bad
check-signature-missing = commit { $commit } by { $author } is not signed, although { $author } had signed before
check-times-backwards = commit { $commit } by { $author } says to be { $minutes } min older than what it builds on
check-commit-rewritten = commit { $commit } by { $author } was made again at { $at }, by a rebase or an amend: its time is no witness of when this was recorded
check-commit-squashed = commit { $commit } by { $author } holds { $count } records that a squash has put together: their own commits can no longer be verified
check-commit-together = commit { $commit } by { $author } brought { $count } entries at once: when each was recorded cannot be verified
history-commits = { $count ->
    [one] { $count } commit
   *[other] { $count } commits
}
history-valid = { $count } signed and valid
history-untrusted = { $count } signed by a key nobody has vouched for
history-expired = { $count } signed by a key that has expired
history-unverifiable = { $count } signed, and cannot be checked here
history-bad = { $count } with a bad signature
history-unsigned = { $count } not signed
history-backwards = { $count } older than what they build on
history-rewritten = { $count } made again later
history-squashed = { $count } squashed
history-together = { $count } with several entries at once
history-shallow = this clone lacks the beginning of the history: git fetch --unshallow
