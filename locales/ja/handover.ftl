# 役割の交代。
handover-to = だれに
handover-edit = 引き継ぎメモです。直すところは直し、そのままでよければ Enter を押してください。
handover-now = いま
handover-waiting = 待っていること
handover-promised = 約束したこと
handover-do-not = やってはいけないこと
handover-undecided = まだ決めていないこと
handover-separator = ／
handover-with-team = { $text }（◆{ $team }）
handover-stands = { $status }。{ $words }（{ $time }）
handover-promised-update = { $time } に次の連絡
handover-promised-end = { $time } に収束の見込みと伝えた
handover-say-aloud = { $person }さん、お願いできますか。引き受けたら声に出してください。
handover-accepted = { $person }さんは引き受けましたか
handover-not-yet = まだ
handover-offered = { $to }さんが引き受けるまで、{ $role }は{ $from }さんのままです。
handover-asked-of-you = { $role }は、あなたに引き継ぎを頼まれています。
handover-accept = 引き受けるとき
handover-thanks = { $person }さん、お疲れさまでした。離れて大丈夫です。
held-from-until = { $person }（{ $since }〜{ $until }）
no-lead-role = incident.toml に lead = true の役割がありません。--role で指定してください
