list-separator = 、
level-in-full = { $level }「{ $name }」
title-drill = 【訓練】{ $title }
column-id = 事案
column-level = レベル
column-status = 状態
column-title = 件名
column-lead = 指揮
column-declared = 起票
list-totals = { $count }件（対応中 { $live }件）{ $hidden ->
    [0] {""}
   *[other] 　ほか{ $hidden }件は省略（--all で表示）
}
heading-timeline = 経過
heading-actions = やること
heading-links = 参考
fact-kind = 種類
fact-products = サービス
fact-mode = 区分
fact-impact = 影響
fact-detected-by = 気づいたきっかけ
fact-next-update = 次の連絡
fact-expected-end = 見込み
fact-file = ファイル
fact-postmortem = 振り返り
action-due = 期限 { $day }
duration-impact = 困っていた時間
duration-detection = 気づくまで
duration-acknowledgement = 引き受けるまで
duration-mitigation = 気づいてから止まるまで
duration-resolution = 起票から収束まで
duration-so-far = { $length }（継続中）
duration-missing = 不明（「{ $milestone }」の記録なし）
duration-negative = 不明（終わりが始まりより前）
timeline-recorded = 記録 { $time }
timeline-by-hand = 手で編集
timeline-unwitnessed = 裏づけなし
timeline-undone = 取り消し済み
