# The menu, the pane, and what people are reminded of.
situation-latest = Latest
situation-no-estimate = no estimate
remind-update-soon = Update due at { $time } ({ $distance }). Nothing new? { $incident } update -i { $id } --no-change
remind-update-late = The update promised for { $time } is { $late }. People are waiting for it.
remind-no-lead = Nobody has taken on { $name } for ten minutes. To take it: { $incident } assign { $role } me -i { $id }
remind-offered = { $person } has not said yes yet ({ $role }).
remind-still = “{ $status }”, and nothing recorded since { $time }: move it on, or leave a line.
remind-answers = { $count ->
    [one] One question is
   *[other] { $count } questions are
} still “not sure”. Do you know now? { $incident } severity -i { $id }
remind-impact = The impact is still provisional.
menu-definition = What counts as an incident
menu-nothing-live = Nothing is live.
menu-open = Open now
menu-more = and { $count } more: { $incident } list
menu-key = Key
menu-declare = declare
menu-update = update
menu-status = status
menu-note = note
menu-handover = hand over
menu-take = take the lead
menu-level = level
menu-page = catch up
menu-who = who to call
menu-edit = edit
menu-undo = undo
menu-postmortem = review
menu-back = all
menu-all = past ones
menu-quit = quit
menu-tick = tick a step
menu-choose = choose one
menu-keys = these keys work here: { $keys }
menu-keys-ime = these keys work here: { $keys } (your input method seems to be on)
menu-to-status = Which status? (now: { $status })
menu-what-was-done = What was done
menu-what-stopped-it = What stopped the impact
menu-when = When
menu-now = now
menu-note-kind = What kind of note
menu-note-words = Note
watch-is-for-eyes = watch draws a pane and has no data of its own
watch-title = { $time } · Ctrl-C or q leaves, any other key looks again
watch-nothing-live = { $time } · nothing is live
