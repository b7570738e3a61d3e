new-greeting = 記録先 { $store }　起票者 { $who }　{ $time }
    いつでも Ctrl-C で抜けられます。答えは下書きに残ります。
new-obstacle = いまはコミットできません（{ $reason }）。このまま続けてください。書いた内容は預かります。
new-your-name = お名前を教えてください（この1回の記録に使います）: 
new-nothing-live = いま動いている事案はありません。
new-is-it-known = いま動いている事案が{ $count }件あります。これのことですか
new-another-matter = 別件です
new-what-kind = 何が起きましたか
new-kind-private = （非公開で記録）
new-which-product = どのサービスですか
new-product-not-sure = わからない
new-title = 件名
new-default-title = { $product }の{ $kind }
new-title-of-nothing = インシデント
new-title-cleaned = 件名から改行・制御文字・書字方向の記号を取り除きました。
new-recorded = 記録しました　{ $id } { $title }　{ $level }　{ $time }
new-drill = 【訓練】です。だれも呼ばれません。
new-call-lead = レベルは未判定です。呼ぶ人: { $role }。わかったら判定します: incident severity
new-call = 呼ぶ人: { $roles }
new-first-steps = いまやること
new-next = 引き受ける: incident assign commander me
    書き残す: incident note "…"　見る: incident show { $id }
new-key-known = このキーの事案はもうあります。それを返します。
no-such-field = 「{ $text }」はこの保管場所の項目ではありません
new-needs-kind = 種類を指定してください
hint-kind-flag = --kind { $names } のどれか
hint-unrated = レベルなしで記録する: --unrated
new-needs-answers = レベルを決めるには答えが要ります
subject-declared = { $id }: 起票 { $title }（{ $level }）
declared-with-reason = { $level }（{ $reason }）
declared-possibly = { $level }・{ $possible }かもしれない

join-what-to-add = { $id } に何を書き足しますか（空行で終わり）
join-noticed-too = 別の人からも報告

rest-can-wait = ここから先は、電話がつながるまでの間に。Enter で飛ばせます。
rest-recorded = 書き足しました。
rest-since-when = いつから困っていましたか
rest-not-known = わからない
rest-how-noticed = 何で気づきましたか
rest-what-is-seen = 見えていること（画面・エラーの文言・URL。空行で終わり）

new-private = この種類は「{ $store }」に記録します。社内でも一部の人にしか見えません。
new-private-missing = この種類は「{ $store }」に記録するものですが、その保管場所が設定されていません。ここに書くと取り消せません。
new-private-here = それでもここに記録する
new-private-stop = 記録しない
private-store-missing = この種類は保管場所「{ $store }」に記録しますが、設定されていません。何も記録していません
hint-private-store = ~/.config/incident/config.toml に書く: [stores] { $store } = "フォルダー"
hint-here = ここに記録する: --here

draft-kept = 書いた内容は預かりました。片づいたら: incident new --resume
draft-of-answers = ここまでの答えを下書きにしました。続き: incident new --resume　捨てる: incident new --discard
draft-unreadable = 下書き { $name } を読めません: { $reason }
draft-incomplete = 下書きが途中で、質問できる端末がありません
no-draft = 下書きはありません
drafts-discarded = 下書きを{ $count }件捨てました。
hint-new = incident new
hint-resume = 端末で: incident new --resume

first-run-no-store = まだ保管場所がありません。専用の git リポジトリを作ります。
first-run-where = どこに作りますか
first-run-confirm = { $path } に保管場所がありません。作りますか
first-run-created = 保管場所を作りました: { $path }
