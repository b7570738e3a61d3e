postmortem-written = 下書きを { $path } に書きました。どのエディターでも書けます。自動の部分を新しくするには、同じコマンドをもう一度。
postmortem-refreshed = { $path } の自動の部分を新しくしました。
postmortem-refreshed-others = { $path } のほかの自動の部分を新しくしました。
postmortem-region-kept = 自動の部分「{ $name }」は人の手が入っているので、そのままにしました。
postmortem-region-unclosed =
    自動の部分「{ $name }」は終わりの行がなくなっているので、そのままにしました。古いことが書かれているかもしれません。
    直すには、{ $path } のその部分の最後の行の次に、この行を入れます: <!-- /incident:generated -->
postmortem-empty = まだ空の節: { $sections }
postmortem-incident = 事案
postmortem-due = 期限
postmortem-impact = { $from } 〜 { $to }（{ $length }）
postmortem-impact-unknown = 始まりか終わりがまだ記録されていません: incident set impact_started=… mitigated=…
postmortem-when = いつ
postmortem-what = 何が
postmortem-who = だれ
postmortem-no-actions = まだ記録されていません。
subject-document = { $id }: 振り返りの自動の部分を新しくする
postmortem-written-already = { $path } はもう書かれています。別のひな型では書き直せません
hint-other-template = 別のひな型を見る: { $command }
hint-postmortem-anew = はじめから書くなら、先に取り除く: git rm { $path } && git commit
