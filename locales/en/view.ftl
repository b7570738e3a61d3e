list-separator = { ", " }
level-in-full = { $level } ({ $name })
title-drill = [DRILL] { $title }
column-id = ID
column-level = LEVEL
column-status = STATUS
column-title = TITLE
column-lead = LEAD
column-declared = DECLARED
list-totals = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}, { $live } live{ $hidden ->
    [0] {""}
   *[other] ; { $hidden } more not shown (--all)
}
heading-timeline = Timeline
heading-actions = Actions
heading-links = Links
fact-kind = Kind
fact-products = Products
fact-mode = Mode
fact-impact = Impact
fact-detected-by = Noticed by
fact-next-update = Next update
fact-expected-end = Estimate
fact-file = File
fact-postmortem = Postmortem
action-due = due { $day }
duration-impact = Impact lasted
duration-detection = Time to notice
duration-acknowledgement = Time to take on
duration-mitigation = Time to mitigate
duration-resolution = Time to resolve
duration-so-far = { $length } so far
duration-missing = unknown: “{ $milestone }” is not recorded
duration-negative = unknown: it ends before it begins
timeline-recorded = recorded { $time }
timeline-by-hand = by hand
timeline-unwitnessed = no commit
timeline-undone = undone
