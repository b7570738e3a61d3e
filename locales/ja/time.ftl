# 時刻として読めないとき。
time-empty = 時刻が書かれていません
time-not-a-time = 「{ $text }」は時刻として読めません
time-no-such-day = 「{ $text }」という日はありません
time-no-such-time = 「{ $text }」という時刻はありません（時は 29、分は 59 まで）
time-no-time-of-day = 「{ $text }」の何時ごろかも書いてください
time-future = 「{ $text }」はまだ来ていません（いまは { $now }）
time-out-of-range = 「{ $text }」は扱えません（{ $first }年から{ $last }年まで）
time-forms = 書き方の例: 02:40　02:40頃　-12m　15分前　昨日 23:50　25:40　11/19 23:50　2026-11-19T23:50:00+09:00
time-forms-ahead = 書き方の例: 03:30　20分　20分後　+1h30m　明日 9:00　11/20 03:30　2026-11-20T03:30:00+09:00
