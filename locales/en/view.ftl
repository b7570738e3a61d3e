list-separator = { ", " }
level-in-full = { $level } ({ $name })
title-drill = [DRILL] { $title }
column-id = ID
column-level = LEVEL
column-status = STATUS
column-title = TITLE
column-lead = LEAD
column-declared = DECLARED
heading-timeline = Timeline
heading-to-do = To do now{ $done ->
    [0] { "" }
   *[other] { " " }({ $done } done)
}
heading-actions = Actions
heading-links = Links
fact-kind = Kind
fact-products = Products
fact-mode = Mode
fact-title = Title
fact-impact = Impact
fact-importance = Importance
fact-urgency = Urgency
fact-reporter = Reported by
fact-caused-by-change = Caused by change
fact-duplicate-of = Same as
fact-nobody = nobody yet: { $incident } assign { $role } me -i { $id }
fact-detected-by = Noticed by
fact-next-update = Next update
fact-expected-end = Estimate
fact-file = File
fact-postmortem = Postmortem
fact-zone = Times are of
status-since = { $status } since { $time }
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
timeline-about = ~{ $time }
timeline-earlier = … { $count ->
    [one] { $count } earlier entry
   *[other] { $count } earlier entries
}: { $incident } timeline { $id }
timeline-by-hand = by hand
timeline-unwitnessed = no commit
timeline-undone = undone by { $by } { $time }
