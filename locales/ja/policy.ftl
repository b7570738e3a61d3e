# 決め方の確かめと説明
policy-case-fails = 例「{ $name }」は { $expected } になるはずですが、{ $found } になります
policy-case-fails-by-rule = 例「{ $name }」は { $expected } になるはずですが、{ $found } になります（{ $rule }）
policy-case-fails-by-kind = 例「{ $name }」は { $expected } になるはずですが、{ $found } になります（種類だけで決まります）
policy-case-fails-by-otherwise = 例「{ $name }」は { $expected } になるはずですが、{ $found } になります（当てはまる規則がありません）
policy-check-totals = { $file }: レベル { $levels }、質問 { $questions }、{ $cases }
policy-check-found-too = { $totals }。{ $found }
policy-check-all-pass = { $count ->
    [0] 例はありません
   *[other] 例は{ $count }件とも合格
}
policy-check-cases = 例は{ $count }件中{ $passing }件が合格
policy-check-found = エラー { $errors }件、注意 { $warnings }件
policy-check-unreadable = { $file } は使えません。{ $found }
policy-declined = 対象外
policy-by-kind = 種類だけで決まります
policy-by-otherwise = 当てはまる規則なし
review-unreachable-level = どう答えても { $level } にはなりません。人が手で付けるときだけのレベルです
review-question-in-no-rule = 「{ $question }」を使う規則がありません。yes = "…" か [[rule]] でレベルを決めてください
review-question-never-asked = 「{ $question }」は聞かれません。対象の種類は、どれもレベルが決まっています
review-question-outranked = 「{ $question }」にどう答えてもレベルは変わりません。「はい」のときは、いつも { $rule } が当てはまります
review-question-no-effect = 「{ $question }」にどう答えても、レベルは変わりません
review-rule-never-asked = { $rule } で決まることはありません。条件の質問をすべて聞く種類がありません
review-rule-outranked = { $rule } で決まることはありません。当てはまるときは、いつも { $other } も当てはまります
review-rule-no-effect = { $rule } で決まることはありません。当てはまるときは、いつもほかの規則が同じか上のレベルにします
review-kind-without-verdict = 種類「{ $kind }」に otherwise がありません。どの規則にも当てはまらなければ、最後のレベル { $level } になります
review-one-verdict = 種類「{ $kind }」は、どう答えても { $level } になります
review-one-verdict-unasked = 種類「{ $kind }」は何も聞かず、いつも { $level } になります。level = "{ $level }" と書くとはっきりします
review-duplicate-case = 「{ $name }」という名前の例がほかにもあります
review-case-unasked = 例「{ $name }」の答え「{ $question }」は、その種類とサービスでは聞かれません
review-too-large = 規則が{ $count }個あるので、効かないレベルや質問は調べません
explain-questions = 質問（聞く順）
explain-yes = はい
explain-no = いいえ
explain-unsure = わからない
explain-open = まだ
explain-not-asked = 聞かない質問
explain-not-needed = 答えはあるが、これ以上重くならない
explain-cannot-worsen = これ以上重くならないので聞かない
explain-later = あとで、ほかの人が答える
explain-kind-decides = この種類は、いつも同じレベル
explain-other-product = このサービスの質問ではない
explain-unused = 使う規則がない
explain-other-kinds = ほかの種類の質問が{ $n }個
explain-level = レベル
explain-why = 決め手
explain-possible = まだありうる
explain-recorded = 記録
explain-next = 次にすること
explain-nothing-yet = まだ決まらない
explain-set-by = { $level }（{ $at } { $by }）
explain-set-because = {": "}{ $reason }
explain-fixed = いつもこのレベル（質問なし）
explain-otherwise = どれにも当てはまらないとき
explain-otherwise-declined = どれにも当てはまらなければ対象外
explain-private = 限られた人だけが見られる「{ $store }」に記録
explain-only-products = { $products }だけ
explain-asked-later = あとで聞く
explain-unsure-worse = わからない＝はい
