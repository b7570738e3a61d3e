# What is no time.
time-empty = no time was given
time-not-a-time = “{ $text }” is not a time
time-no-such-day = there is no such day: “{ $text }”
time-no-such-time = there is no such time: “{ $text }” (hours end at 29, minutes at 59)
time-no-time-of-day = “{ $text }” needs a time of day
time-future = “{ $text }” is yet to come: it is { $now } now
time-out-of-range = “{ $text }” is outside the years { $first } to { $last }
time-forms = 02:40, ~02:40, -12m, 15 min ago, yesterday 23:50, 25:40, 11-19 23:50, 2026-11-19T23:50:00+09:00
time-forms-ahead = 03:30, 20m, +1h30m, in 20 minutes, tomorrow 9:00, 11-20 03:30, 2026-11-20T03:30:00+09:00
