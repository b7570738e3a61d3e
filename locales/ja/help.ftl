# コマンドの説明（日本語）。英語はコマンドの定義にある文章。
# help-<コマンド> は一行の説明、help-<コマンド>-long は --help だけに出す説明。
# help-<コマンド>--<引数> が引数の説明で、なければ help-global--<引数> を使う。

help-incident = 障害や事故を端末から起票し、記録し、振り返る。サーバーは使わず、git のリポジトリに残す
help-incident-long =
    障害や事故を端末から起票し、記録し、振り返る。サーバーは使わず、git のリポジトリに残す。

    コマンドを付けずに実行すると、いまの事案を表示し、端末では、できることを1文字のキーで選べる。

# どのコマンドにもある、または多くのコマンドに共通の引数
help-global--store = 使う保管場所（フォルダーか、設定に書いた名前）
help-global--lang = 表示の言語
help-heading-global-options = 共通のオプション
help-global--color = 色を使うかどうか（端末だけ auto、いつも always、使わない never）
help-global--no-input = 何も質問しない。足りない答えはエラーにする
help-global--json = 結果を JSON で出す
help-global--quiet = 結果とエラーのほかは何も出さない
help-global--help = 使い方を表示する（-h は短い版）
help-global--version = バージョンを表示する
help-global--incident = 対象の事案（ID、その一部、別名、件名の言葉）。省くと、いま動いているただ1件
help-global--named = 対象の事案。ほかのコマンドと同じ書き方
help-global--message = 経過に残す言葉や理由
help-global--at = 起きた時刻（02:40、-12m、15分前、昨日 23:50、02:40頃）。省くと、いま
help-global--by = 代わりに記録するときの、本人の名前
help-global--dry-run = 記録せず、変わるところとコミットの文だけを見せる
help-global--no-verify = git のフックを動かさずに記録する
help-global--no-gpg-sign = 署名せずに記録する
help-global--answer = 質問への答え（例: all_down=yes。yes、no、unsure）。繰り返せる
help-global--answers = 答えを書いたファイル。- なら標準入力から読む
help-global--unrated = レベルを決めずに記録する
help-global--all = 完了・対象外のものや、取り消したものも含める

help-help = 使い方を表示する
help-help--subcommand = 使い方を見たいコマンド

# 準備
help-init = 保管場所を作る
help-init-long =
    保管場所を作る。

    重さの決め方（severity.toml）と設定（incident.toml）を書き、コミットする。
    すでにあるファイルは書き換えない。
help-init--dir = 作る場所。省くと、いまのフォルダー
help-init--preset = 出発点にする決まり。省くと full（端末では聞かれる）
help-init--preset--full = 全社で使う。4段階・4役、チャットが作戦室
help-init--preset--sev3 = 10人ほどの開発チームに。3段階・2役、まず切り戻す
help-init--preset--yes-no-5 = 何でも1つの窓口に。紛失物も。質問でレベル5（最も重い）〜1
help-init--preset--two-axis = 企業向けサービスに。まず報告、重要・緊急はあとで決める
help-init--preset--four-step = 初めて決まりを作るチームに。報告・会議・対処・振り返り
help-init--templates = その決まりで使う文書のひな型も書き出す（チームで直すとき）
help-init--readme = すでにある保管場所で、incidents/README.md を書くか、自動の部分を新しくする
help-init--zone = 時刻の基準にする地域（例: Asia/Tokyo）

# 起票
help-new = 事案を起票する
help-new-long =
    事案を起票する。

    端末では、短い質問からレベルを決める。答えは「はい」「いいえ」「わからない」「あとで」。
    件名まで答えた時点で記録する。残りはあとから足せる。
    --severity があれば何も聞かない。つながっていなくても記録できる。
help-new--title = 件名。省くと、種類とサービスから付ける
help-new--kind = 何が起きたか（種類）
help-new--product = 影響しているサービス。繰り返せる
help-new--severity = レベル。指定すると質問しない
help-new--field = チームで決めた項目の値（例: clients=12）。繰り返せる
help-new--unrated = レベルを決めずに記録する。先に記録し、あとで判定する
help-new--at = 起票した時刻。省くと、いま
help-new--started = いつから困っていたか（02:40、15分前、02:40頃）
help-new--by = 代わりに起票するときの、本人の名前
help-new--message = 見えていること（画面、エラーの文言、URL）
help-new--detected-by = 何で気づいたか
help-new--key = 二重に起票しないための合言葉。同じものがあれば、その事案を返す
help-new--drill = 訓練として起票する。だれも呼ばれず、集計にも入らない
help-new--retro = 終わった事案を、あとから記録する
help-new--resume = 下書きの続きから始める
help-new--discard = 下書きを捨てる
help-new--here = 非公開の種類でも、この保管場所に記録する

# 一覧と表示
help-list = 事案の一覧を見る
help-list-long =
    事案の一覧を見る。

    絞り込みがなければ、判定中・対応中・振り返り中のものを、重い順に表示する。
help-list--all = 完了・対象外のものも含める
help-list--status = この状態のもの。繰り返せる
help-list--level = このレベルのもの。SEV2+ は SEV2 以上、unrated は未判定。繰り返せる
help-list--kind = この種類のもの。繰り返せる
help-list--product = このサービスのもの。繰り返せる
help-list--person = この人（me は自分）が役割を持つ・報告した・動いたもの。繰り返せる
help-list--role = この役割の人がいるもの。--person と一緒なら、その人がこの役割を持つもの
help-list--mode = 本番・訓練・後日記録のどれか。繰り返せる
help-list--mode--real = 本番
help-list--mode--drill = 訓練
help-list--mode--retrospective = 後日記録
help-list--since = この月・この日・この時から後に起票したもの
help-list--until = この時より前、またはこの月・この日までに起票したもの
help-list--text = 件名や本文にこの言葉があるもの。繰り返すと「または」
help-list--field = 独自の項目がこの値のもの。繰り返せる
help-list--sort = 並べ方
help-list--sort--level = 急ぐものから
help-list--sort--declared = 起票が新しいものから
help-list--sort--updated = 最後に記録したものから
help-list--sort--status = 状態の順
help-list--sort--title = 件名の順
help-list--reverse = 逆の順に並べる
help-list--format = 1件を1行にするひな形。--json の項目が使える: "{"{{"} id {"}}"} {"{{"} title {"}}"}"
help-list--limit = 表示する件数の上限

help-show = 1件をくわしく見る
help-timeline = 経過を時刻順に見る
help-timeline--from-history = ファイルではなく、git の履歴から組み立てる
help-timeline--format = 何のために出すか
help-timeline--format--text = 端末で読む形
help-timeline--format--markdown = リンクの付いた表
help-timeline--format--mermaid = 図の元。```mermaid と ``` の行ではさんで使う
help-timeline--all = 取り消した記録も含める

# 状態
help-status = 状態を変える
help-status-long =
    状態を変える。

    飛ばしても、戻ってもよい。いつもと違う順番は、そのまま記録して知らせる。
help-status--status = 次の状態。ID でも、画面に出ている名前でもよい。省くと、端末では選べる
help-status--if-status = いまこの状態のときだけ変える（違えば終了コード 6）
help-mitigate = 影響が止まったことを記録する
help-resolve = 収束したことを記録する
help-close = 完了にする
help-reopen = もう一度、対応中に戻す
help-decline = 対象外にする（インシデントではなかった、または記録済みだった）
help-decline--to = 代わりの行き先（チケットの番号や URL）
help-decline--duplicate-of = 同じことを記録した、別の事案。両方に書き残す
help-decline--merge-into = --duplicate-of に加えて、報告・メモ・サービス・参考をその事案に引き継ぐ

help-severity = レベルを決める、または変える
help-severity-long =
    レベルを決める、または変える。

    レベルを省くと、質問に答えて判定し直す。
help-severity--level = 新しいレベル。省くと、質問から決める
help-severity--unrated = 未判定に戻す

# 人
help-assign = 役割を決める、または外す
help-assign--role = 役割。ID でも名前でもよい。省くと、端末では選べる
help-assign--person = 引き受ける人（ハンドル、名前、メール）。me は自分
help-assign--remove = その人を役割から外す
help-assign--accepted = 本人が引き受けた。いまの人から、すぐに引き継ぐ
help-assign--message = 理由や、引き継ぐこと

# 記録
help-note = 経過に一言を残す
help-note--text = 残す言葉。並べると空白でつなぎ、- なら標準入力から読む。省くとエディターが開く
help-note--message = 残す言葉（オプションで渡すとき）
help-note--kind = メモの種類
help-note--kind--note = メモ
help-note--kind--premise = 前提。何を正しいと思って始めたか
help-note--kind--checked = 調べたこと。どこを見て、何がわかったか
help-note--kind--thought = 考えたこと。仮説と、その根拠
help-note--kind--tried = 試したことと、その結果
help-note--kind--decision = 決めたこと。だれが、何を、なぜ
help-note--kind--contact = 連絡したこと。だれに、だれが、何を
help-edit = エディターで編集する。写しを開き、閉じたときに調べて取り込む
help-edit--postmortem = 事案ではなく、その振り返りを編集する
help-edit--from = 新しい本文をこのファイルから読む。- なら標準入力
help-edit--resume = 取っておいた写しの続きをする
help-edit--discard = 取っておいた写しを捨てる

help-undo = 自分の最後の変更を取り消す。あとからの変更は残る
help-undo--incident = 対象の事案（ID、その一部、別名、件名の言葉）。省くと、自分が最後に変えたもの
help-undo--commit = 自分の最後の変更ではなく、このコミットを取り消す
help-undo--redo = 最後に取り消したものを元に戻す

help-link = 参考になるページ・コミット・チケットを足す
help-link--what = URL、コミットのハッシュの始め、またはチケットの番号。省くと、端末では聞かれる
help-link--text = その呼び名。並べると空白でつなぐ。省くと、URL などから作る
help-link--postmortem = 振り返りを書いた場所の URL
help-set = 項目の値を変える
help-set-long =
    項目の値を変える。「項目=」だけを書くと、値を消す。

    専用のコマンドがない項目は、すべてここで変えられる: 件名（title）、種類（kind）、
    サービス（products）、気づいたきっかけ（detected_by）、時刻（detected など）、影響（impact）…
help-set--assignments = 項目=値。いくつ並べてもよい

help-handover = 役割を、必要なことを添えて引き継ぐ
help-handover-long =
    役割を、必要なことを添えて引き継ぐ。

    いまの状況、待っていること、約束したこと、やってはいけないこと、まだ決めていないことの5行を下書きする。
    相手が引き受けると言うまで、役割は移らない。
help-handover--person = 引き受ける人（ハンドル、名前、メール）
help-handover--role = 引き継ぐ役割。省くと、自分の役割か、なければ責任者の役割
help-handover--accepted = 本人が引き受けた
help-handover--now = いまの状況。省くと、状態と最後の言葉
help-handover--waiting = 待っていること。省くと、終わっていない作業
help-handover--promised = 約束したこと。省くと、次の連絡と見込み
help-handover--do-not = やってはいけないこと
help-handover--undecided = まだ決めていないこと
help-handover--print = 下書きを出すだけで、記録しない

help-step = いまやることを見る。済んだものに印を付ける
help-step-long =
    いまやることを見る。済んだものに印を付ける。

    いまの状態・レベル・種類・サービスに合う手順を incident.toml から出す。◆は、ほかのチームの助けが要るもの。
help-step--steps = 済んだもの。番号、ID、言葉のはじめ
help-step--undo = やはり済んでいない
help-step--message = やってみてどうだったか

help-watch = 動いている事案を画面に出しつづける。毎分描き直し、連絡の時刻が過ぎると音で知らせる
help-watch-long =
    動いている事案を画面に出しつづける。毎分描き直し、連絡の時刻が過ぎると音で知らせる。

    事案を指定しなければ、動いているものすべて。何も書き込まない。端末でないところでは、一度だけ出して終わる。
help-watch--incident = 対象の事案（ID、その一部、別名、件名の言葉）。省くと、動いているものすべて
help-watch--once = 一度だけ出して終わる

# 連絡
help-who = だれを呼ぶかを出す。順番、電話番号、頼む役割。通信は要らない
help-who--severity = このレベルの事案なら
help-who--kind = この種類の事案なら
help-who--product = このサービスの事案なら。繰り返せる
help-who--area = この分野がわかる人を出す
help-update = いまの状況を連絡する。番号付きで、そのまま貼れる文面になる
help-update-long =
    いまの状況を連絡する。番号付きで記録され、そのまま貼れる文面になる。

    端末で何も付けずに実行すると、わかっていること、お客様に伝えてよい文、まだ言わないこと、
    見込み、次の連絡を順に聞く。見込みは「未定」でよい。次の連絡の時刻だけは約束する。
help-update--text = わかっていること（社内向け）。並べると空白でつなぐ
help-update--message = わかっていること（オプションで渡すとき）
help-update--customers = お客様に伝えてよい文。「なし」で取り下げる
help-update--told = この文をお客様に案内した
help-update--not-yet = まだ言わないこと
help-update--estimate = 復旧の見込み。時刻、言葉と時刻、または「未定」
help-update--next = 次の連絡。時刻、20分、または「なし」。省くと、レベルの間隔どおり
help-update--no-change = 変わりがないことだけを伝える
help-update--wider = 影響が前より広がった
help-update--impact = 影響の範囲（確定するまでは仮）
help-update--confirmed = 影響の範囲を確定する
help-update--corrects = この番号の連絡を訂正する。正しい内容を言葉で渡す
help-update--wrong = どこが違っていたか
help-brief = いまの状況を、貼り付けられる文面で出す
help-brief--audience = だれに向けて書くか
help-brief--audience--staff = 社内。最新の連絡をそのまま
help-brief--audience--customers = お客様。伝えてよいと決めた文だけ
help-brief--audience--management = 経営。影響、見込み、次の連絡
help-brief--audience--newcomer = 途中から入る人。役割、決めたこと、試したことも
help-brief--report = 最新ではなく、この番号の連絡を出す

# 点検と振り返り
help-check = 保管場所に間違いがないか調べる
help-check--paths = 調べるファイル。省くと、すべて
help-check--history = コミットが証拠としてどこまで確かかも見る（署名、時刻の順、squash、浅いクローン）
help-check--here = 保管場所のブランチではなく、いま手元にあるファイルを調べる
help-check--fix = 規則で直せるものを、1件ずつコミットにして直す（2つのファイルにあるID、名前と違うID、失われた記録）。端末では1件ずつ尋ねます
help-check--dry-run = --fix と使い、何を直すかを示すだけで、何もしない
help-check--annotations = 見つけたことを、実行しているサービスの注釈としても出す: github。--here を兼ねる
help-check--annotations--github = GitHub Actions で実行するとき
help-check--no-history = git の履歴とは突き合わせず、ファイルだけを調べる
help-postmortem = 振り返りの文書を作る
help-postmortem-long =
    振り返りの文書を作る。

    経過、時間、人、やることは自動で入る。もう一度実行すると、そこだけを新しくする。
    人が書いた文章は書き換えない。
help-postmortem--template = 使うひな型（classic, light, prevention, report, memo, furikaeri か、チームのもの）。省くと、レベルで決まる
help-postmortem--print = ファイルに書かず、そのまま表示する

# 決め方
help-policy = 答えからレベルを決める規則を確かめ、説明する
help-policy-check = 規則についている例を試し、効かないレベル・質問・規則を探す
help-policy-check--file = 保管場所の severity.toml の代わりに調べるファイル。- なら標準入力から読む
help-policy-check--cases = 例をすべて並べ、何になり、どの規則で決まったかを見せる
help-policy-explain = 答えからレベルまでの道すじを見せる（事案、いま渡す答え、または規則の全体）
help-policy-explain--incident = 対象の事案（ID、その一部、別名、件名の言葉）。省くと、規則の全体
help-policy-explain--kind = 何が起きたか（種類）
help-policy-explain--product = 影響しているサービス。繰り返せる

# スキーマ
help-schema = 設定、事案のファイル、--json の出力の JSON Schema を表示する
help-schema--name = どれか。省くと、一覧

# 共有
help-sync = ほかの人の記録を受け取り、ここにしかない記録を送る
help-sync-long =
    ふだんの git で取り込み（fetch）、事案のファイルを構造に沿ってマージし、送ります（push）。
    ステージ済みのものや、まだ保存していないものは、そのまま残ります。
help-sync--dry-run = 何を受け取り何を送るかを示すだけで、何もしない
help-sync--all = リポジトリの一部が保管場所のとき、記録ではないコミットも送る
help-sync--no-verify = まだコミットしていない手編集に pre-commit と commit-msg フックを使わない
help-sync--no-gpg-sign = 双方をつなぐコミットに署名しない
help-sync--unattended = 書き込みのあと裏で動き、だれの邪魔もせずに送る

help-merge-driver = git のために事案のファイルをマージする（init が登録し、人は打ちません）
help-merge-driver--base = 共通の祖先の版（%O）。なければ空のファイル
help-merge-driver--ours = こちらの版（%A）。結果で置き換わる
help-merge-driver--theirs = 相手の版（%B）
help-merge-driver--length = 衝突の印の長さ（%L）
help-merge-driver--path = リポジトリの中でのパス（%P）
