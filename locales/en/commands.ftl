# What every command may say.
interrupted = interrupted
interrupted-words = what you had typed: { $words }
cannot-print = cannot write the output: { $reason }
bad-clock = INCIDENT_NOW is no RFC 3339 time: { $value }
no-current-directory = the current directory cannot be read: { $reason }
no-randomness = the system gives no random numbers: { $reason }
no-free-id = no free id was found; try again
cannot-read-user-config = cannot read your configuration { $path }
cannot-write-user-config = cannot write your configuration { $path }
cannot-read-input = cannot read { $path }
not-utf8 = this is not UTF-8 text
unreadable = { $path } cannot be read: { $reason }
using-default-preset = { $path } cannot be read: the default rules stand in for it. Where it is wrong: { $incident } check
hint-see-faults = to see all that is wrong: { $command }
no-store = there is no store for incidents here
no-store-at = there is no store at { $path }
hint-init = to create one: incident init ~/incidents
hint-init-at = to create it: incident init { $path }
hint-store = to use another: incident -C DIR …, or default = "DIR" in ~/.config/incident/config.toml
hint-command = { $command }
hint-again = run the same command again
hint-message-flag = give the words: -m "…"

# Finding an incident.
two-incidents = two incidents are named: “{ $one }” and “{ $other }”
nothing-live = no incident is live; name the one you mean
hint-name-incident = { $incident } list --all
hint-broken-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
} could not be read: { $incident } check
hint-mend-by-hand = mend it in an editor, then: { $command }
several-live = { $count } incidents are live; name the one you mean
several-under-review = { $count } incidents are under review; name the one you mean
ambiguous-incident = “{ $word }” may mean { $count } incidents
hint-candidate = { $id } { $title }
pick-incident = Which of these { $count }?
title-meant = Do you mean { $id } “{ $title }”?
title-is-no-id = “{ $word }” is only in a title, and to record it takes the id
no-such-incident = nothing matches “{ $word }”
hint-list-all = to see them all: { $incident } list --all

# After a commit.
recorded = Recorded { $id } { $title }: { $what } ({ $commit })
nothing-changed = Nothing changed: it is so already.
recorded-on-branch = On branch { $branch }; the files you have checked out are untouched.
read-from-branch = As on branch { $branch }.
branch-keeps-moving = the branch kept moving while this was being recorded
dry-run-message = Commit message:
dry-run-done = Dry run: nothing was written.
remark-timeline-added = The file had no timeline section; one was added at its end.
remark-actions-added = The file had no section for actions; one was added at its end.
remark-links-added = The file had no section for links; one was added at its end.
remark-hand-edit = Your edit of { $path } was recorded first, as a commit of its own.
remark-hand-move = Your move of { $from } to { $path } was recorded first, as a commit of its own.
remark-edit-given-up = { $path } held nothing that is not recorded, and { $count ->
        [one] lacked one recorded entry
       *[other] lacked { $count } recorded entries
    }: it is as recorded again.
remark-entries-kept = { $count ->
    [one] { $count } recorded entry that the edit would have dropped was
   *[other] { $count } recorded entries that the edit would have dropped were
} kept.
subject-hand-edit = { $id }: record a hand edit

# Roles.
nobody-named = name the person
no-role-named = name the role
assign-which-role = Which role do you take?
no-such-role = there is no role “{ $word }”
person-not-listed = “{ $person }” is not among the people in incident.toml; recorded as written.
roles-still-together = { $person } is still both { $role } and { $other }.
roles-take-away = To take one of them away
roles-better-apart = One person now is { $role } and { $other }; better two, once somebody else is there.

# Status.
no-status-named = name the status
no-such-status = there is no status “{ $word }”
status-is-another = the status is { $status }, not { $expected }
no-declined-status = incident.toml has no status of the category “declined”
duplicate-of-itself = an incident is no duplicate of itself
declined-went-to = Went to: { $place }
declined-duplicate-of = The same as { $id }
declined-merged-into = Merged into { $id }
move-skipped = Skipped: { $statuses }. That is fine.
move-back = A step back. That is fine.
move-back-cleared = A step back; milestones that no longer hold were cleared. That is fine.
move-reopened = Reopened. The earlier end stays on record.
next-rest = Thank you. Get some rest.
next-postmortem = Review
next-postmortem-due = Review due { $day }
next-watch = Now watch that it does not come back.

# Level.
no-such-level = there is no level “{ $word }”
severity-undecided = the answers do not decide the level yet
hint-kind-first = to say what kind it is, which questions go by: { $command }
severity-declined = By these answers { $id } is no incident.
severity-is-no-incident = the answers say that it is no incident
hint-decline = to close it as such: { $incident } decline { $id } --to WHERE
answer-without-value = “{ $text }” is no answer; write QUESTION=yes
answer-not-understood = “{ $text }”: answer yes, no or unsure
answers-unreadable = the answers cannot be read: { $reason }
no-such-question = there is no question “{ $word }”
hint-answer = “{ $question }”: --answer { $id }=yes|no|unsure
reason-kind = this kind is always so
reason-otherwise = no question was answered yes
reason-answers = yes: { $questions }
reason-stated = stated
found-unrated = Not rated yet.
found-declined = By these answers it is not an incident; it is recorded as such.
found-level = { $level }. No more questions.
found-worst = { $level }, the worst. No more questions.
found-possibly = { $level }, possibly { $possible }: “{ $question }” is still open.

# Facts.
note-without-words = a note needs words
set-without-value = “{ $text }” sets nothing; write KEY=VALUE
hint-set-example = { $incident } set title="…" detected_by=customer
set-elsewhere = “{ $key }” has a command of its own
set-fixed = “{ $key }” never changes
set-unknown-key = there is no fact “{ $key }”
set-needs-value = this fact cannot be taken away
no-such-mode = there is no mode “{ $word }”
no-such-kind = there is no kind “{ $word }”
no-such-product = there is no product “{ $word }”
field-not-a-number = { $field } needs a number, not “{ $value }”
field-not-a-date = { $field } needs a date such as 2026-11-20, not “{ $value }”
field-not-a-choice = “{ $value }” is no choice for { $field }

# Lists and timelines.
list-none = No open incidents. Those that are over: { $incident } list --all
list-no-match = No incident is like that.
list-none-yet = No incidents yet. To declare one: { $incident } new
list-broken = { $count ->
    [one] { $count } file
   *[other] { $count } files
} could not be read. Details: { $incident } check
timeline-empty = No entries yet. They are read below a heading with <!-- incident:timeline -->; to begin them: { $command }
timeline-shallow = This clone is shallow: earlier commits are not here to witness anything.
timeline-contradictions = { $count ->
    [one] { $count } recorded entry was
   *[other] { $count } recorded entries were
} changed or removed since. Details: { $incident } check
no-history = no commit has touched { $path } yet
hint-timeline-of-file = { $incident } timeline { $id }

# init
init-done = A store is ready at { $path }.
init-next = Change levels, questions and products in severity.toml, roles and people in incident.toml.
init-declare = To declare
store-exists = there is a store at { $path } already
store-around = this is inside the store at { $path }, and commands here use that one
subject-init = Set up incident records
note-advice = A remark on { $id } { $title }.
    Lines that begin with # are left out; an empty text records nothing.
no-such-language = “{ $word }” is not a language that is spoken here
detected-by-unusual = “{ $word }” is recorded as it is; the usual words are { $usual }.
detected-by-slip = “{ $word }” is recorded as it is; did you mean { $near }?
set-twice = “{ $text }” sets the same fact again
list-none-readable = No incident could be read.
anchor-lost = the timeline of { $path } has lost its anchor
hint-put-anchor-back = put { $anchor } behind the heading of the timeline in { $path }; the heading itself may say anything
