# git、ファイル、フック、署名、ロック。
store-path-refused = 「{ $path }」は保管場所の中のパスではありません
store-file-failed = { $doing ->
    [reading] { $path } を読めません: { $error }
    [creating] { $path } を作れません: { $error }
    [removing] { $path } を削除できません: { $error }
    [locking] { $path } をロックできません: { $error }
   *[writing] { $path } に書き込めません: { $error }
}
store-git-failed = { $doing ->
    [reading] gitリポジトリを読めません: { $error }
    [moving] ブランチを進められません: { $error }
    [indexing] gitのインデックスを更新できません: { $error }
   *[writing] gitリポジトリに書き込めません: { $error }
}
store-object-not-fetched =
    部分クローンのため手元にない履歴があり、取り寄せられませんでした
    { $output }
store-filtered = .gitattributes の { $attribute } のため、gitは { $path } を書いたとおりには保存できません
store-hint-except = 事案を対象から外す: { $command }
store-git-missing = gitが見つかりません
store-git-not-started = gitを起動できません: { $error }
store-command-failed = 「{ $command }」が失敗しました: { $output }
store-log-unreadable = git logの出力を読み取れません: { $text }

store-no-repository = { $path } はgitリポジトリの中にありません
store-unsafe-directory = { $path } の所有者が別の人のため、gitが信頼していません
store-outside-worktree = { $path } はそのgitリポジトリのファイルではありません
store-partial-clone = 古い形式の部分クローンは保管場所として使えません
store-reftable = ブランチをreftableで管理するリポジトリは保管場所として使えません
store-object-format-unsupported = オブジェクトに { $format } を使うリポジトリは保管場所として使えません
store-extension-unsupported = gitの拡張「{ $extension }」を使うリポジトリは保管場所として使えません
store-bare-needs-branch = ベアリポジトリですが、incident.tomlにブランチの指定がありません
store-branch-missing = 保管場所のブランチ「{ $branch }」がここにはありません
store-branch-invalid = incident.tomlの「{ $branch }」はブランチ名として使えません
store-branch-switched = 途中で別のブランチに切り替わったため、何も記録していません
store-branch-locked = ほかのプログラムが { $branch } を使用中のため、何も記録していません

store-not-a-file = { $path } は通常のファイルではありません
store-link-leaves = { $path } は保管場所のファイルを指していないシンボリックリンクです
store-link-passed = { $path } はシンボリックリンクです。gitが覚えるのはリンクだけで、その先にあるものは記録されません
store-init-at-file = { $path } はファイルです。保管場所にはフォルダーが要ります
store-name-unusable = { $folder } にある「{ $name }」という名前は扱えません
store-file-too-large = { $path } は { $mebibytes } MiBあります。{ $limit } MiBを超えるファイルは読み込みません
store-file-in-the-way = { $path } がすでにあります（このコマンドが作ったものではありません）
store-left-out = { $path } はコミットされていますが、スパースチェックアウトの対象から外れています
store-file-deleted = { $path } はコミットされていますが、ファイルがありません
store-hint-restore = 戻す: { $command }
store-hint-discard = コミットされている方は正しいので、そちらに戻すには: { $command }
store-file-moved = { $path } は、ファイルがないのにコミットに残っています。ほかの人の手元では、同じ事案が { $to } と二つになります
store-hint-remove = なくなったことをコミットする: { $command }
store-partly-staged = { $path } は一部だけがステージされています（ステージの内容が、コミットともファイルとも違います）
store-read-only = { $path } は読み取り専用です
store-folder-closed = { $path } を読む権限がないので、中にある事案はわかりません

store-identity-missing = gitにあなたの名前とメールアドレスが設定されていません
store-operation-in-progress = このリポジトリは { $operation } の途中です
store-locked = ほかのincidentコマンドが書き込み中です（ロック: { $path }）
store-index-locked = ほかのgitコマンドが書き込み中です（ロック: { $path }）
store-hook-failed =
    { $hook } フックに止められました
    { $output }
store-move-refused =
    { $hook } フックがブランチの更新を止めたため、何も記録していません
    { $output }
store-git-too-old =
    このgitでは { $hook } フックを実行できません（2.36以降が必要です）
    { $output }
store-signing-failed =
    コミットに署名できませんでした
    { $output }
store-signing-program-missing = 署名が必要な設定ですが、{ $program } が見つかりません
store-signing-key-unset = 署名が必要な設定ですが、user.signingkeyに鍵の指定がありません
store-signing-key-missing = 署名が必要な設定ですが、鍵 { $key } がありません
store-journal-unreadable = { $path } は別のバージョンのincidentが書いたもので、読み取れません
store-no-randomness = 乱数を取得できません: { $error }

store-hint-install-git = gitをインストールしてから（https://git-scm.com）、もう一度実行
store-hint-git-init = git init { $path }
store-hint-safe-directory = git config --global --add safe.directory { $path }
store-hint-migrate-refs = git 2.48以降なら: { $command }
store-hint-clone-refs = それより前なら、クローンを作る: { $command }
store-hint-run = { $command }
store-hint-fetch-all = 履歴をすべて取り寄せる: { $command }
store-hint-new-repository = 保管場所を専用のリポジトリにする: incident init ~/incidents
store-hint-track-branch = git branch { $branch } { $remote }
store-hint-name-branch = あるブランチをincident.tomlに書く: branch = "main"
store-hint-user-name = git config --global user.name "名前"
store-hint-user-email = git config --global user.email you@example.org
store-hint-replace-link =
    git -C { $root } rm --quiet { $link } && git -C { $root } mv { $target } { $link } && git -C { $root } commit -m "リンクをフォルダーに置き換える"
store-hint-commit-folder = git -C { $root } add --all { $link } && git -C { $root } commit -m "リンクをフォルダーに置き換える"
store-hint-look = 様子を見る: { $command }
store-hint-finish = 片づいたら: { $command }
store-hint-unstage = ファイルを残し、ステージを取り消す: { $command }
store-hint-index-lock = 動いているgitがもうなければ: rm { $path }
store-hint-again = もう一度実行
store-hint-newer-version = それを書いたバージョン以降のincidentを使う
store-hint-give-up-journal = もうなければ、途中だった処理をあきらめる: { $command }
store-hint-no-verify = 検査なしで記録するには: --no-verify
store-hint-no-sign = 署名なしで記録するには: --no-gpg-sign

store-detached = HEADがどのブランチにもないため、このコミットは失われるおそれがあります。ブランチをチェックアウトするか、incident.tomlにブランチを書いてください
store-worktree-behind = 記録しましたが、手元のファイルを更新できませんでした。次のコマンドでやり直します
store-not-recovered = 前のコマンドが中断されていますが、後片づけができませんでした。次のコマンドでやり直します
store-cause = { $error }
store-object-lost = { $path } の記録がgitリポジトリから失われているため、手元のファイルはそのままにしました
store-not-taken-back = { $path } には記録されていない内容がありますが、あなたの編集がほかに残っていないため、そのままにしました
store-journal-set-aside = { $path } は中断されたコマンドの控えではなく、読み取れません。{ $kept } として残しました
store-file-left = 記録しましたが、{ $path } には別の変更があるため、手元のファイルはそのままにしました
store-file-outdated = { $path } は古いコミットの内容でステージされていたため、最新にしました
store-left-untracked = { $path } は記録されていませんが、そのあと変更されているため、未追跡のまま残しました
store-staged-left = 記録しましたが、{ $path } のステージ済みの内容はそのままにしました
store-pre-commit-skipped = 別のブランチがチェックアウトされているため、pre-commitフックは実行していません
store-post-commit-failed = 記録しましたが、post-commitフックが失敗しました: { $output }
store-post-commit-failed-silently = 記録しましたが、post-commitフックが何も言わずに失敗しました
store-kept-beside = 記録しているあいだに { $path } が2回保存されました。新しいほうが残っています。もう一方はこちらで見られます: { $command }
store-kept-of-dead = 中断されたコマンドが { $path } を書き換える直前に、このファイルが保存されていました。保存された内容はこちらで見られます: { $command }
store-recovered = 中断されたコマンドの記録を仕上げました（{ $commit }）
store-discarded = 中断されたコマンドの後片づけをしました（記録はされていませんでした）
store-kept-aside = { $path } を、中断されたコマンドのフックが動く前の内容に戻しました。戻す前の内容はこちらで見られます: { $command }
store-message-emptied = フックがコミットメッセージを空にしたので、記録していません
