# コマンドの書き方の誤り。
usage-unknown-command = 「{ $word }」というコマンドはありません
usage-unknown-option = 「{ $word }」というオプションはありません
usage-unexpected-word = 「{ $word }」は余分です
usage-missing = { $arguments } が要ります
usage-missing-command = 「{ $command }」のあとにコマンドが要ります
usage-missing-value = { $argument } には値が要ります
usage-missing-equals = { $argument } の値は「=」に続けて書いてください
usage-repeated = { $argument } が2回あります
usage-conflict = { $argument } は { $others } と一緒には使えません
usage-conflict-unnamed = { $argument } は、ほかの引数と一緒には使えません
usage-refused-value = { $argument } に「{ $value }」は使えません
usage-refused-value-because = { $argument } に「{ $value }」は使えません（{ $reason }）
usage-not-a-number = { $argument } は数字で書いてください（「{ $value }」は数字ではありません）
usage-surplus-value = { $argument } の値「{ $value }」は余分です
usage-value-count = { $argument } の値は{ $needed }個です（いまは{ $given }個）
usage-value-count-at-least = { $argument } の値は{ $needed }個以上要ります（いまは{ $given }個）
usage-not-unicode = UTF-8 として読めない引数があります
usage-other = { $reason }

usage-hint-instead = もしかして「{ $word }」
usage-hint-either = { $one } か { $other } の片方を外してください
usage-hint-values = 選べる値: { $values }
usage-hint-as-value = 文字として渡すには: -- { $word }
