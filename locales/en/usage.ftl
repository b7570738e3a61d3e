# What is wrong with a command line.
usage-unknown-command = unknown command “{ $word }”
usage-unknown-option = unknown option “{ $word }”
usage-unexpected-word = unexpected argument “{ $word }”
usage-missing = missing { $arguments }
usage-missing-command = a command must follow “{ $command }”
usage-missing-value = { $argument } needs a value
usage-missing-equals = { $argument } needs its value after an equals sign
usage-repeated = { $argument } is given twice
usage-conflict = { $argument } does not go with { $others }
usage-conflict-unnamed = { $argument } does not go with the other arguments
usage-refused-value = “{ $value }” is no value for { $argument }
usage-refused-value-because = “{ $value }” is no value for { $argument }: { $reason }
usage-not-a-number = “{ $value }” is no number, which { $argument } needs
usage-surplus-value = “{ $value }” is one value too many for { $argument }
usage-value-count = { $argument } needs { $needed ->
    [one] { $needed } value
   *[other] { $needed } values
}, not { $given }
usage-value-count-at-least = { $argument } needs at least { $needed ->
    [one] { $needed } value
   *[other] { $needed } values
}, not { $given }
usage-not-unicode = an argument is not valid UTF-8
usage-other = { $reason }

usage-hint-instead = did you mean “{ $word }”?
usage-hint-either = leave out { $one } or { $other }
usage-hint-values = one of { $values }
usage-hint-as-value = to pass it as text: -- { $word }
