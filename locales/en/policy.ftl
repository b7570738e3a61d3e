# Checking and explaining the policy.
policy-case-fails = the case “{ $name }” expects { $expected } and comes out as { $found }
policy-case-fails-by-rule = the case “{ $name }” expects { $expected } and comes out as { $found } ({ $rule })
policy-case-fails-by-kind = the case “{ $name }” expects { $expected } and comes out as { $found }, which its kind decides alone
policy-case-fails-by-otherwise = the case “{ $name }” expects { $expected } and comes out as { $found }, since no rule applies
policy-check-totals = { $file }: { $levels ->
    [one] { $levels } level
   *[other] { $levels } levels
}, { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
}, { $cases }
policy-check-found-too = { $totals }; { $found }
policy-check-all-pass = { $count ->
    [0] no cases
    [one] 1 case passes
   *[other] { $count } cases pass
}
policy-check-cases = { $passing ->
    [0] no case of { $count } passes
   *[other] { $passing } of { $count } cases pass
}
policy-check-found = { $errors ->
    [0] no errors
    [one] { $errors } error
   *[other] { $errors } errors
}, { $warnings ->
    [0] no warnings
    [one] { $warnings } warning
   *[other] { $warnings } warnings
}
policy-check-unreadable = { $file } cannot be used: { $found }
policy-declined = not an incident
policy-by-kind = the kind decides
policy-by-otherwise = no rule applies
review-unreachable-level = no answers lead to { $level }; only a person can set it
review-question-in-no-rule = no rule depends on “{ $question }”: give it a level with yes = "…", or a [[rule]]
review-question-never-asked = “{ $question }” is never asked: its kinds have a fixed level
review-question-outranked = no answer to “{ $question }” changes the level: where its yes would decide, { $rule } does
review-question-no-effect = no answer to “{ $question }” changes the level
review-rule-never-asked = { $rule } can never decide: no kind asks all of its questions
review-rule-outranked = { $rule } can never decide: whenever it applies, so does { $other }
review-rule-no-effect = { $rule } can never decide: whenever it applies, another rule gives the same or a worse level
review-kind-without-verdict = kind “{ $kind }” has no otherwise: where no rule applies it comes to { $level }, the last level
review-one-verdict = kind “{ $kind }” comes to { $level } whatever is answered
review-one-verdict-unasked = kind “{ $kind }” asks nothing and always comes to { $level }; level = "{ $level }" would say so
review-duplicate-case = another case is called “{ $name }” too
review-case-unasked = the case “{ $name }” answers “{ $question }”, which is not asked of its kind and products
review-too-large = with { $count } rules, levels and questions without effect are not looked for
explain-questions = Questions, in asking order
explain-yes = yes
explain-no = no
explain-unsure = not sure
explain-open = open
explain-not-asked = Not asked
explain-not-needed = answered, but cannot make it worse any more
explain-cannot-worsen = cannot make it worse any more
explain-later = asked later, by others
explain-kind-decides = this kind always has the same level
explain-other-product = not for this product
explain-unused = no rule depends on it
explain-other-kinds = { $n ->
    [one] 1 question is for other kinds
   *[other] { $n } questions are for other kinds
}
explain-level = Level
explain-why = Because
explain-possible = Still possible
explain-recorded = Recorded
explain-next = Next
explain-nothing-yet = nothing decides yet
explain-set-by = { $level }, { $at }, { $by }
explain-set-because = {": "}{ $reason }
explain-fixed = always, with no question
explain-otherwise = where no rule applies
explain-otherwise-declined = where no rule applies: not an incident
explain-private = recorded in the private store “{ $store }”
explain-only-products = only { $products }
explain-asked-later = asked later
explain-unsure-worse = not sure = yes
