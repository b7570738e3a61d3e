interrupted = 中断しました
interrupted-words = 書きかけの言葉: { $words }
cannot-print = 出力を書き込めません: { $reason }
bad-clock = INCIDENT_NOW が RFC 3339 の時刻ではありません: { $value }
no-current-directory = いまのフォルダーを読めません: { $reason }
no-randomness = システムから乱数を得られません: { $reason }
no-free-id = 空いている ID が見つかりません。もう一度お試しください
cannot-read-user-config = 設定ファイル { $path } を読めません
cannot-write-user-config = 設定ファイル { $path } に書き込めません
cannot-read-input = { $path } を読めません
not-utf8 = UTF-8 の文字として読めません
unreadable = { $path } を読めません: { $reason }
using-default-preset = { $path } を読めないため、既定の設定で続けます。誤りの場所: { $incident } check
hint-see-faults = 誤りをすべて見る: { $command }
no-store = ここにはインシデントの保管場所がありません
no-store-at = { $path } に保管場所がありません
hint-init = 作る: incident init ~/incidents
hint-init-at = 作る: incident init { $path }
hint-store = 別の場所を使う: incident -C フォルダー …、または ~/.config/incident/config.toml に default = "フォルダー"
hint-command = { $command }
hint-again = 同じコマンドをもう一度実行してください
hint-message-flag = 言葉を添える: -m "…"

two-incidents = 事案が2つ指定されています: 「{ $one }」と「{ $other }」
nothing-live = いま動いている事案はありません。どの事案かを指定してください
hint-name-incident = { $incident } list --all
hint-broken-files = 読めないファイルが{ $count }件あります: { $incident } check
hint-mend-by-hand = エディターで直してから: { $command }
several-live = 動いている事案が{ $count }件あります。どれかを指定してください
several-under-review = 振り返り中の事案が{ $count }件あります。どの事案かを指定してください
ambiguous-incident = 「{ $word }」は{ $count }件に当てはまります
hint-candidate = { $id } { $title }
pick-incident = どれのことですか（{ $count }件）
title-meant = { $id } 「{ $title }」のことですか
title-is-no-id = 件名の言葉「{ $word }」だけでは記録できません。ID で指定してください
no-such-incident = 「{ $word }」に当てはまる事案はありません
hint-list-all = 一覧を見る: { $incident } list --all

recorded = 記録しました　{ $id } { $title }　{ $what }（{ $commit }）
nothing-changed = 変わりはありません。すでにその状態です。
recorded-on-branch = ブランチ { $branch } に記録しました。手元のファイルはそのままです。
read-from-branch = ブランチ { $branch } の内容です。
branch-keeps-moving = 記録のあいだにブランチが動き続けました
dry-run-message = コミットメッセージ:
dry-run-done = 予行です。何も書き込んでいません。
remark-timeline-added = 経過の節がなかったので、末尾に足しました。
remark-actions-added = やることの節がなかったので、末尾に足しました。
remark-links-added = 参考の節がなかったので、末尾に足しました。
remark-hand-edit = { $path } の手編集を、先に別のコミットとして記録しました。
remark-hand-move = { $from } から { $path } への手での移動を、先に別のコミットとして記録しました。
remark-edit-given-up = { $path } には新しい内容がなく、記録 { $count }件が抜けていたので、記録どおりに戻しました。
remark-entries-kept = 手編集で消えるところだった記録 { $count }件は、残しました。
subject-hand-edit = { $id }: 手で編集された分を記録

nobody-named = だれかを指定してください
no-role-named = どの役割かを指定してください
assign-which-role = どの役割を引き受けますか
no-such-role = 「{ $word }」という役割はありません
person-not-listed = 「{ $person }」は incident.toml の人の一覧にありません。このまま記録しました。
roles-still-together = { $person }さんが{ $role }と{ $other }を兼ねたままです。
roles-take-away = 片方を外す
roles-better-apart = { $role }と{ $other }を1人で兼ねています。人が増えたら分けましょう。

no-status-named = どの状態にするかを指定してください
no-such-status = 「{ $word }」という状態はありません
status-is-another = 状態は { $expected } ではなく { $status } です
no-declined-status = incident.toml に category = "declined" の状態がありません
duplicate-of-itself = 自分自身の重複にはできません
declined-went-to = 行き先: { $place }
declined-duplicate-of = { $id } と同じ
declined-merged-into = { $id } に統合
move-skipped = { $statuses }を飛ばしました。かまいません。
move-back = 前の状態に戻しました。かまいません。
move-back-cleared = 前の状態に戻しました。成り立たなくなった時刻は消しました。かまいません。
move-reopened = 再開しました。前回の収束は記録に残ります。
next-rest = お疲れさまでした。休んでください。
next-postmortem = 振り返り
next-postmortem-due = 振り返りの期限は { $day } です
next-watch = ここからは、ぶり返さないかを見ます。

no-such-level = 「{ $word }」というレベルはありません
severity-undecided = 答えが足りず、レベルが決まりません
hint-kind-first = 先に種類を決める（質問は種類で変わります）: { $command }
severity-declined = この答えでは、{ $id } はインシデントではありません。
severity-is-no-incident = 答えからするとインシデントではありません
hint-decline = 対象外にする: { $incident } decline { $id } --to 行き先
answer-without-value = 「{ $text }」は答えの形ではありません。質問=yes のように書きます
answer-not-understood = 「{ $text }」: yes、no、unsure のどれかで答えてください
answers-unreadable = 答えを読めません: { $reason }
no-such-question = 「{ $word }」という質問はありません
hint-answer = 「{ $question }」に答える: --answer { $id }=yes|no|unsure
reason-kind = この種類はいつもこのレベル
reason-otherwise = 当てはまる質問なし
reason-answers = はい: { $questions }
reason-stated = 指定
found-unrated = レベルは未判定です。
found-declined = この答えでは「対象外」です。対象外として記録します。
found-level = { $level }です。残りの質問はありません。
found-worst = { $level }（最も重い）です。残りの質問はありません。
found-possibly = { $level }です（{ $possible }かもしれません: 「{ $question }」がまだ）。

note-without-words = メモの言葉がありません
set-without-value = 「{ $text }」では設定できません。項目=値 のように書きます
hint-set-example = { $incident } set title="…" detected_by=customer
set-elsewhere = 「{ $key }」には専用のコマンドがあります
set-fixed = 「{ $key }」は変えられません
set-unknown-key = 「{ $key }」という項目はありません
set-needs-value = この項目は空にできません
no-such-mode = 「{ $word }」という区分はありません
no-such-kind = 「{ $word }」という種類はありません
no-such-product = 「{ $word }」というサービスはありません
field-not-a-number = { $field } は数で答えてください（いまは「{ $value }」）
field-not-a-date = { $field } は 2026-11-20 のような日付で答えてください（いまは「{ $value }」）
field-not-a-choice = 「{ $value }」は { $field } の選択肢にありません

list-none = 動いている事案はありません。終わったものも見る: { $incident } list --all
list-no-match = 当てはまる事案はありません。
list-none-yet = まだ何もありません。起票する: { $incident } new
list-broken = { $count }件読めませんでした。くわしく: { $incident } check
timeline-empty = 経過の記録はまだありません。読み取るのは <!-- incident:timeline --> の付いた見出しの下です。書き始めるには: { $command }
timeline-shallow = この複製は履歴が途中までです。それより前のコミットは確かめられません。
timeline-contradictions = 記録された { $count }件が、あとから変えられるか消されています。くわしく: { $incident } check
no-history = { $path } を変えたコミットがまだありません
hint-timeline-of-file = { $incident } timeline { $id }

init-done = 保管場所ができました: { $path }
init-next = レベル・質問・サービスは severity.toml、役割と人は incident.toml で変えられます。
init-declare = 起票する
store-exists = { $path } にはもう保管場所があります
store-around = ここは { $path } の保管場所の中です。ここでのコマンドは、その保管場所を使います
subject-init = インシデントの保管場所を作る
note-advice = { $id } { $title } へのメモ。
    # で始まる行は除きます。空なら何も記録しません。
no-such-language = 「{ $word }」という言語では表示できません
detected-by-unusual = 「{ $word }」のまま記録しました。ふつうは { $usual } のどれかです。
detected-by-slip = 「{ $word }」のまま記録しました。もしかして { $near } ですか。
set-twice = 「{ $text }」: 同じ項目が2回あります
list-none-readable = 読める事案がありません。
anchor-lost = { $path } の経過の見出しから目印が消えています
hint-put-anchor-back = { $path } の経過の見出しのうしろに { $anchor } を書き戻してください（見出しの言葉は自由です）
