# `$month` は 1 から、`$weekday` は月曜が 1。
weekday = { $weekday ->
    [1] 月
    [2] 火
    [3] 水
    [4] 木
    [5] 金
    [6] 土
   *[7] 日
}
month = { $month }
day = { month }/{ $day }({ weekday })
day-of-year = { $year }/{ month }/{ $day }({ weekday })
day-and-time = { $day } { $time }
time-about = { $time }ごろ

length-about = 約{ $length }
length-under-a-minute = 1分未満
length-minutes = { $minutes }分
length-hours = { $hours }時間
length-hours-minutes = { $hours }時間{ $minutes }分
length-days = { $days }日
length-days-hours = { length-days }{ $hours }時間

distance-ahead = あと{ $length }
distance-past = { $length }前
distance-soon = まもなく
distance-just-now = たった今
distance-late = { $length }遅れ
time-with-distance = { $time }（{ $distance }）
