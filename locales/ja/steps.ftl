# チェックリストと、完了の前に済ませたいこと。
closed-anyway = 完了にしました。ただし、{ $what }。わかっていれば、このままでかまいません。
closed-mend = 書くには
closed-without-plan = 再発防止の計画がまだ書かれていません
closed-without-review = 振り返りがまだ書き終わっていません
closed-with-open-actions = 終わっていない再発防止策があります
step-until = { $time } まで（{ $distance }）
no-steps = いまの状態のチェックリストはありません。incident.toml の [[step]] で決められます。
no-such-step = いまのチェックリストに「{ $word }」はありません
step-done = 手順 済み
step-undone = 手順 やり直し
steps-left = いまやること
steps-tick = 済んだら
