# 経過の行に使う言葉。ファイルはこの言葉で書かれ、この言葉で読まれる。
# 言葉を足すのはよいが、すでにファイルにある言葉は読めなくしてはいけない。
# 「#」は番号になる。
word-impact-started = 影響開始
word-detected = 検知
word-declared = 起票
word-acknowledged = 引き受け
word-customers-told = お客様へ案内
word-mitigated = 影響解消
word-resolved = 収束
word-closed = 完了
word-note = メモ
word-premise = 前提
word-checked = 調べたこと
word-thought = 考えたこと
word-tried = 試したこと
word-decision = 決めたこと
word-contact = 連絡したこと
word-severity = レベル
word-unrated = 未判定
word-role = 役割
word-handover = 交代
word-handover-offered = 交代の依頼
word-step = 手順
word-update = 連絡 第#報
word-impact-provisional = 影響（仮）
word-impact-confirmed = 影響（確定）
word-action-opened = やること
word-action-done = 済み
word-action-dropped = 取りやめ
word-set = 変更
word-link = リンク
word-attach = 添付
word-run = 実行
word-postmortem = 振り返り
word-correction = 訂正
word-undo = 取り消し
word-recorded = 記録
word-due = 期限
word-class-now = いまやる
word-class-prevent = 起こさない
word-class-detect = 早く気づく
word-class-mitigate = 被害を小さく
word-class-process = 進め方を直す
word-report-customers = お客様に
word-report-not-yet = 言わない
word-report-estimate = 見込み
word-report-next = 次の連絡
word-report-wider = 影響拡大
word-report-confirmed = 影響確定
word-report-wrong = 誤
word-report-right = 正
word-report-no-change = 変わりはありません。続けて対応しています。
word-report-no-estimate = 未定

# 決まった値の表示名。
category-triage = 判定中
category-live = 対応中
category-learning = 振り返り中
category-closed = 完了
category-declined = 対象外

milestone-impact-started = { word-impact-started }
milestone-detected = { word-detected }
milestone-declared = { word-declared }
milestone-acknowledged = { word-acknowledged }
milestone-customers-told = { word-customers-told }
milestone-mitigated = { word-mitigated }
milestone-resolved = { word-resolved }
milestone-closed = { word-closed }

mode-real = 本番
mode-drill = 訓練
mode-retrospective = 後日記録

detected-by-monitoring = 監視
detected-by-customer = お客様
detected-by-staff = 社内の気づき
detected-by-partner = 取引先
detected-by-unknown = 不明

note-kind-note = { word-note }
note-kind-premise = { word-premise }
note-kind-checked = { word-checked }
note-kind-thought = { word-thought }
note-kind-tried = { word-tried }
note-kind-decision = { word-decision }
note-kind-contact = { word-contact }

class-now = { word-class-now }
class-prevent = { word-class-prevent }
class-detect = { word-class-detect }
class-mitigate = { word-class-mitigate }
class-process = { word-class-process }

answer-yes = はい
answer-no = いいえ
answer-unsure = わからない
answer-later = あとで

severity-unrated = { word-unrated }
