timeline-commit = コミット
remark-links-collected = 「参考」にも足しました: { $links }
heading-postmortem-link = 振り返り
postmortem-elsewhere =
    振り返りは別の場所にあります: { $address }
    ここにも書くとき: { $incident } postmortem { $id } --template classic
link-no-such-commit = 「{ $word }」で始まるコミットは、このリポジトリでは1つに決まりません
hint-link-commit = コミットを見るとき: git log --oneline
link-not-understood = 「{ $word }」は、URL・コミット・チケットのどれでもありません
link-nothing-named = 何を足すかを指定してください
link-what = URL・コミット・チケット
link-no-tracker = チケットの場所がまだ設定されていません。{ $file } の [[tracker]] に prefix = "{ $prefix }" と url = "https://…/{ "{key}" }" を書くと、リンクになります。
link-unsafe = 「{ $word }」は、開いて安全な URL ではありません
hint-link-forms = URL は https://、http://、mailto: のどれかで始めます。チケットは PAY-123 の形です: { $incident } link https://example.org/page "何のページか"
config-bad-tracker = 「{ $value }」は { "{key}" } を含む URL ではありません
