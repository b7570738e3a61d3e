# コマンドの説明の下に出す例。折り返さないので、半角76字まで。
examples-heading = 例
examples-incident =
    # いま何が起きていて、次に何をするか
    incident
    # 起票する
    incident new
    # 3分前に直ったことを記録する
    incident mitigate --at 3分前 -m "設定を 11/18 の版に戻した"
examples-init =
    incident init ~/incidents
    incident init ~/incidents --zone Asia/Tokyo --lang ja
    incident init ~/incidents --preset yes-no-5
examples-new =
    # 質問に答えて起票する
    incident new
    # 何も聞かれない。つながっていなくても記録できる
    incident new "決済が全部エラーになる" --severity SEV1
    # スクリプトから。答えのない質問は、あとに残す
    incident new "決済エラー" --kind outage --answer all_down=yes --unrated
    # 同じ警報が2回鳴っても、起票は1回
    incident new "ディスク残り5%" --severity SEV4 --key alert-4711
examples-list =
    incident list
    incident list --level SEV2以上 --since 2026年10月 --until 2026年10月
    incident list --person 自分 --status 振り返り中
    incident list --text "決済 失敗" --product web --product app
    incident list --all --format '{"{{"} id {"}}"}\t{"{{"} severity or "-" {"}}"}\t{"{{"} title {"}}"}'
    incident list --json | jq -r '.incidents[].id'
examples-show =
    incident show
    incident show k7
    incident show 決済
examples-status =
    incident status 対処中 -m "切り戻しを始めた"
    incident status 経過観察 --at 03:31 -i k7
    # 先にだれかが変えていたら、何もしない
    incident status fixing --if-status investigating
examples-mitigate =
    incident mitigate -m "切り戻しで成功率98%に回復"
    incident mitigate --at 03:31
examples-resolve =
    incident resolve -m "1時間、ぶり返していない"
examples-close =
    incident close k7qm
examples-reopen =
    incident reopen k7qm -m "またエラーが出ている"
examples-decline =
    incident decline --to PROD-812 -m "仕様についての要望だった"
    incident decline k7qm --duplicate-of t4wr
    incident decline k7qm --merge-into t4wr
examples-severity =
    # もう一度、質問に答えて決める
    incident severity
    incident severity SEV1 -m "大口のお客様が登壇中"
examples-assign =
    # 自分が指揮を引き受ける
    incident assign 指揮 me
    incident assign responder bob
    incident assign responder bob --remove
examples-edit =
    incident edit
    incident edit k7qm --postmortem
    # 記録できなかった写しの続き
    incident edit k7qm --resume
    incident edit k7qm --from mended.md
examples-note =
    incident note "成功率は 02:38 から 0%"
    incident note --kind tried "再起動した → 変わらない" --at 5分前
examples-update =
    # 順に聞かれるので、答えるだけ
    incident update
    incident update "切り戻しで影響は止まった" --customers "現在はご利用いただけます" --estimate 04:30頃
    incident update --no-change --next 20分
    incident update --impact "すべての決済" --confirmed
    incident update --corrects 2 "アプリの利用者だけ" --wrong "全利用者"
examples-brief =
    incident brief
    incident brief k7qm --for customers
    incident brief --for management --lang en
examples-who =
    incident who
    incident who --severity SEV1 --product web
    # フロントのわかる人を集める
    incident who --area frontend
examples-undo =
    incident undo
    incident undo k7qm --dry-run
    # 取り消しを元に戻す
    incident undo --redo
examples-link =
    # 見ている画面
    incident link https://grafana.example.org/d/7 "dashboard"
    # このリポジトリのコミットと、チケット
    incident link 3f9c2d1
    incident link PAY-123
    # 振り返りは Wiki に書いた
    incident link --postmortem https://wiki.example.org/k7qm
examples-set =
    incident set title="決済が全部エラーになる"
    incident set detected=02:51 detected_by=monitoring
    incident set caused_by_change=a1b2c3d
examples-timeline =
    incident timeline
    incident timeline k7 --from-history
    # プルリクエストや Wiki に貼る
    incident timeline --format markdown k7
    # GitHub が描く図
    incident timeline --format mermaid k7
examples-check =
    incident check
    # フックの中で、履歴は見ずに
    incident check --no-history
    # GitHub Actions の中で
    incident check --annotations github
    # 規則で直せるものを直す
    incident check --fix
examples-postmortem =
    incident postmortem k7qm
    incident postmortem k7qm --template light --print
examples-handover =
    # ひとつずつ聞きます
    incident handover
    incident handover 渡辺 --accepted -i k7
    incident handover 渡辺 --do-not "設定の再適用"
examples-step =
    # いまやること
    incident step
    incident step 1 3
    incident step 2 -m "二重請求はありませんでした"
    incident step 2 --undo
examples-policy =
    incident policy check
    incident policy explain
examples-policy-check =
    # 規則に穴はないか、例は通るか
    incident policy check
    incident policy check --cases
    # まだコミットしていない直し
    incident policy check --file severity.toml
examples-policy-explain =
    # 種類ごとの質問とレベルの全体
    incident policy explain
    # なぜこのレベルになったのか
    incident policy explain k7qm
    # こう答えたら何になるか
    incident policy explain --kind outage --product web --answer all_down=no
examples-watch =
    # 画面の隅に出しておく
    incident watch
    incident watch k7 --once
examples-schema =
    incident schema
    incident schema incident.list
    # エディターが使うスキーマを新しくする
    incident schema severity > schemas/severity.json

examples-sync =
    incident sync
    # 何を受け取り、何を送ることになるか
    incident sync --dry-run

examples-merge-driver =
    # init で作っていないクローンでは。以後 git pull と git rebase が使う
    git config merge.incident.driver "incident merge-driver %O %A %B %L %P"
