similar-is-it-one = { $count ->
    [one] This looks like one that is recorded.
   *[other] This looks like { $count } that are recorded.
} Is it the same?
similar-another-matter = No: record it as new
similar-found = Looks alike: { $id } { $title } ({ $status })
similar-if-same = if it is the same
join-is-over = it was over; if it is back

duplicate-circle = { $id } is itself recorded as the same as { $other }, in a circle
duplicate-followed = { $id } is itself the same as { $original }, which is taken.
original-has-duplicate = { $id } “{ $title }” is the same as this
original-takes-over = { $id } “{ $title }” was merged into this
carried-from = { $text } (from { $id })
merge-carried = { $count ->
    [one] { $count } entry was
   *[other] { $count } entries were
} carried over to { $id }.
merge-leaves-actions = { $count ->
    [one] { $count } open action stays
   *[other] { $count } open actions stay
} in { $id }.
status-same-as = { $status } → { $id }
check-original-missing = it is recorded as the same as { $id }, which no file has
check-original-circle = it is recorded as the same as { $id }, which leads back to it
check-original-of-open = it is recorded as the same as { $id }, and yet goes on
