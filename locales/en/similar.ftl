similar-is-it-one = { $count ->
    [one] This looks like one that is recorded.
   *[other] This looks like { $count } that are recorded.
} Is it the same?
similar-another-matter = No: record it as new
similar-found = Looks alike: { $id } { $title } ({ $status })
similar-if-same = if it is the same
join-is-over = it was over; if it is back
