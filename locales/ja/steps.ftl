# チェックリスト。
step-until = { $time } まで（{ $distance }）
no-steps = いまの状態のチェックリストはありません。incident.toml の [[step]] で決められます。
no-such-step = いまのチェックリストに「{ $word }」はありません
steps-left = いまやること
steps-tick = 済んだら
