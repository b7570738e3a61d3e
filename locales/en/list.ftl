totals = { $count ->
    [one] { $count } incident: { $parts }
   *[other] { $count } incidents: { $parts }
}
totals-live = { $count } live
totals-learning = { $count } in review
totals-closed = { $count } closed
totals-declined = { $count } declined
totals-unrated = ; { $count } unrated
totals-limited = ; first { $count } shown
totals-hidden = ; { $count } that { $count ->
    [one] is
   *[other] are
} over not shown (--all)
sort-level = Level
sort-declared = Declared
sort-updated = Updated
sort-status = Status
sort-title = Title
list-time-forms = 2026-11, 2026-11-19, yesterday, last week, last month, -7d, 11-19 23:50
list-person-unknown = Nobody called “{ $word }” is among the people in incident.toml.
list-conflicted = ! { $path }: a merge left both versions of some words between markers. To choose: { $command }
list-conflicted-page = ! { $path }: a merge left both versions of some words between markers. Choose with any editor, and commit.
