# Questions at the terminal: the keys, the words of the answers, the reply to a key that is not understood.
ui-yes = Yes
ui-no = No
ui-unsure = Not sure
ui-example = example
ui-back = back
ui-later = Later
ui-remaining = {" "}({ $count } to go)
ui-hint = Example: { $hint }
ui-no-hint = there is no example for this question
ui-no-question-before = this is the first question
ui-between-keys = {" "}/{" "}
ui-with-keys = { $text } ({ $keys })
ui-number = Number
ui-keys-question = type y or n (w if you are not sure, Enter for later, ? for an example)
ui-keys-yes-no = type y or n
ui-keys-yes-no-ime = type y or n (your IME seems to be on)
ui-keys-number = type a number from { $first } to { $last }
ui-keys-number-ime = type a number from { $first } to { $last } (your IME seems to be on)
ui-lines-below = { $count ->
    [one] … { $count } more line
   *[other] … { $count } more lines
}
