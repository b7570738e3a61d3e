# 共有: sync、自動の共有、マージドライバー。
cannot-write-file = { $path } に書き込めません
no-own-program = このプログラム自身の場所がわかりません
store-post-merge-failed = すべて終わったあとで、post-mergeフックが失敗しました: { $output }
store-post-merge-failed-silently = すべて終わったあとで、post-mergeフックが何も言わずに失敗しました

sync-detached = ブランチがチェックアウトされていないため、共有できません
sync-hint-switch = git switch ブランチ名
sync-no-remote = 共有する相手のリポジトリが設定されていません
sync-no-upstream = ブランチ { $branch } の共有先がまだ決まっていません
sync-hint-command = { $command }
sync-refused = { $upstream } が受け取りを拒みました。記録はこのPCに残っています:
    { $output }
sync-rewritten = { $upstream } の履歴が書き換えられ、前にあったコミットがなくなっています。ここに残っているものは、記録と一緒に送り直します。
sync-branch-gone = { $upstream } がなくなっています。ここにある内容で作り直します。
sync-kept-back =
    pre-push フックが { $upstream } への送信を止めました。記録はこのPCに残っています
    { $output }
sync-hint-push-unchecked = 検査なしで送るには: { $command }
sync-hint-pull-request = 保護されたブランチなら、別のブランチに送ってプルリクエストを出してください: { $command }
sync-unreachable = { $remote }（{ $url }）につながりません。記録はこのPCに残っています:
    { $output }
sync-not-let-in = { $remote }（{ $url }）に認証を拒まれました。記録はこのPCに残っています:
    { $output }
sync-no-repository = { $remote }（{ $url }）にリポジトリがありません:
    { $output }
sync-failed = gitが { $remote }（{ $url }）とやり取りできませんでした:
    { $output }
sync-unrelated = こちらと相手のブランチに共通のコミットがありません。別のリポジトリのようです
upstream-unrelated = { $upstream } とここのブランチには共通のコミットがなく、共有できません（別のリポジトリです）。正しいブランチを指定する: git branch --set-upstream-to REMOTE/BRANCH
sync-git-too-old = このgitは作業ツリーなしのマージができません。2.38以降が必要です
sync-not-combined = gitがマージできませんでした: { $output }
sync-always-behind = 送っている間に { $upstream } が進み続けました。記録はこのPCに残っています
sync-not-plain-files = 受け取る変更に、gitでしか扱えないものがあります: { $paths }
sync-local-changes = 受け取る変更が、まだコミットしていない手元の変更と重なります: { $paths }
sync-others-conflict = インシデント以外のファイルで、双方が同じ行を変えています: { $paths }

sync-received = { $upstream } から { $count }件受け取りました。
sync-shared = 共有しました（{ $upstream }、{ $at }）。
sync-same = やり取りするものはありません。{ $upstream } と同じです。
sync-would = { $upstream }: 受け取る変更 { $received }件、送る記録 { $sent }件
sync-prose-conflict = { $path }: 双方が同じ文章を変えていたので、<<<<<<< と >>>>>>> の間に両方を残しました。選ぶ: { $command }
sync-prose-conflict-page = { $path }: 双方が同じ文章を変えていたので、<<<<<<< と >>>>>>> の間に両方を残しました。エディターで選んでコミットしてください。
sync-renamed = 両側で名前が違ったので（{ $from }）、この名前にそろえました
subject-merge = リモート追跡ブランチ '{ $upstream }' をマージ
sync-removal-undone = 片方が消し、もう片方が変えていたので、ファイルを残しました
sync-duplicate = { $id } が2つのファイルにあります: { $paths }。片方に新しいIDを付ける: { $command }
sync-strangers = このブランチには、インシデントの記録ではないコミットが { $count }件あり、それも送ることになります: { $subjects }
sync-send-all = それも { $upstream } に送りますか

share-needs-sync = 双方が同じところを変えているため、人の確認が要ります
not-shared-yet = まだこのPCにしかありません（未共有 { $count }件）。送る: { $command }
not-shared-yet-automatic = まだこのPCにしかありません。つながり次第送ります（未共有 { $count }件）。いま送る: { $command }
share-stopped = { $at } に共有が止まりました: { $reason }
not-taken-in-yet = { $upstream } に新しい記録が { $count }件あります。受け取る: { $command }
driver-not-registered = gitの設定がほかのプログラムに使われているため、gitだけでは事案を構造に沿ってマージできません。動いているものがもうなければ: rm { $path }
driver-registered = このクローンのgitは、インシデントのファイルを構造に沿ってマージするようになりました（設定 merge.incident）。
