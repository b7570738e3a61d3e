# `$month` counts from 1, `$weekday` from 1 = Monday.
weekday = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
day = { weekday } { $day } { month }
day-of-year = { weekday } { $day } { month } { $year }
day-and-time = { $day } { $time }
time-about = about { $time }

length-about = about { $length }
length-under-a-minute = under 1 min
length-minutes = { $minutes } min
length-hours = { $hours } h
length-hours-minutes = { $hours } h { $minutes } min
length-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
length-days-hours = { length-days } { $hours } h

distance-ahead = in { $length }
distance-past = { $length } ago
distance-soon = any moment
distance-just-now = just now
distance-late = { $length } late
time-with-distance = { $time } ({ $distance })
