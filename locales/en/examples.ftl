# Under a command's help: what people type most. Lines are not wrapped: 76 columns at most.
examples-heading = Examples
examples-incident =
    # what is going on, and what to do next
    incident
    # declare an incident
    incident new
    # three minutes ago the fix went live
    incident mitigate --at -3m -m "rolled back to 11/18"
examples-init =
    incident init ~/incidents
    incident init ~/incidents --zone Asia/Tokyo --lang ja
    incident init ~/incidents --preset yes-no-5
examples-new =
    # answer a few questions
    incident new
    # no question, works offline
    incident new "checkout fails" --severity SEV1
    # from a script: the answers given, the rest left open
    incident new "checkout fails" --kind outage --answer all_down=yes --unrated
    # an alert that may fire twice declares once
    incident new "disk almost full" --severity SEV4 --key alert-4711
examples-list =
    incident list
    incident list --level SEV2+ --since 2026-10 --until 2026-10
    incident list --person me --status learning
    incident list --text "payment refused" --product web --product app
    incident list --all --format '{"{{"} id {"}}"}\t{"{{"} severity or "-" {"}}"}\t{"{{"} title {"}}"}'
    incident list --json | jq -r '.incidents[].id'
examples-show =
    incident show
    incident show k7
    incident show checkout
examples-status =
    incident status fixing -m "rolling back"
    incident status monitoring --at 03:31 -i k7
    # only if nobody was faster
    incident status fixing --if-status investigating
examples-mitigate =
    incident mitigate -m "rolled back, error rate back to normal"
    incident mitigate --at 03:31
examples-resolve =
    incident resolve -m "stable for an hour"
examples-close =
    incident close k7qm
examples-reopen =
    incident reopen k7qm -m "the errors are back"
examples-decline =
    incident decline --to PROD-812 -m "a feature request"
    incident decline k7qm --duplicate-of t4wr
    incident decline k7qm --merge-into t4wr
examples-severity =
    # answer the questions again
    incident severity
    incident severity SEV1 -m "a key client is on stage"
examples-assign =
    # take command yourself
    incident assign commander me
    incident assign responder bob
    incident assign responder bob --remove
examples-edit =
    incident edit
    incident edit k7qm --postmortem
    # the copy that did not fit, once more
    incident edit k7qm --resume
    incident edit k7qm --from mended.md
examples-note =
    incident note "success rate at 0 % since 02:38"
    incident note --kind tried "restart of the workers: no change" --at -5m
examples-update =
    # Asks one line after the other
    incident update
    incident update "Rolled back; impact is over" --customers "It works again" --estimate ~04:30
    incident update --no-change --next 20m
    incident update --impact "every payment" --confirmed
    incident update --corrects 2 "app users only" --wrong "everyone"
examples-brief =
    incident brief
    incident brief k7qm --for customers
    incident brief --for management --lang ja
examples-who =
    incident who
    incident who --severity SEV1 --product web
    # Call the frontend people together
    incident who --area frontend
examples-undo =
    incident undo
    incident undo k7qm --dry-run
    # bring it back
    incident undo --redo
examples-link =
    # what the team looks at
    incident link https://grafana.example.org/d/7 "dashboard"
    # a commit of this repository, a ticket
    incident link 3f9c2d1
    incident link PAY-123
    # the review is in the wiki
    incident link --postmortem https://wiki.example.org/k7qm
examples-set =
    incident set title="checkout fails for everyone"
    incident set detected=02:51 detected_by=monitoring
    incident set caused_by_change=a1b2c3d
examples-timeline =
    incident timeline
    incident timeline k7 --from-history
    # for a pull request or a wiki
    incident timeline --format markdown k7
    # a diagram that GitHub draws
    incident timeline --format mermaid k7
examples-check =
    incident check
    # in a hook, without the history
    incident check --no-history
    # as a job of GitHub Actions
    incident check --annotations github
    # mend what a rule can mend
    incident check --fix
examples-postmortem =
    incident postmortem k7qm
    incident postmortem k7qm --template light --print
examples-handover =
    # asks for all of it
    incident handover
    incident handover mio --accepted -i k7
    incident handover mio --do-not "apply the configuration again"
examples-step =
    # what is to be done now
    incident step
    incident step 1 3
    incident step 2 -m "no double charges"
    incident step 2 --undo
examples-policy =
    incident policy check
    incident policy explain
examples-policy-check =
    # are the rules sound, and do the cases pass?
    incident policy check
    incident policy check --cases
    # a change that is not committed yet
    incident policy check --file severity.toml
examples-policy-explain =
    # all kinds, their questions and levels
    incident policy explain
    # why is it SEV2?
    incident policy explain k7qm
    # what would these answers come to?
    incident policy explain --kind outage --product web --answer all_down=no
examples-watch =
    # keep it open in a pane
    incident watch
    incident watch k7 --once
examples-schema =
    incident schema
    incident schema incident.list
    # bring the one that editors use up to date
    incident schema severity > schemas/severity.json

examples-sync =
    incident sync
    # what would come and go
    incident sync --dry-run

examples-merge-driver =
    # in a clone that init did not make; git pull and git rebase use it from then on
    git config merge.incident.driver "incident merge-driver %O %A %B %L %P"
