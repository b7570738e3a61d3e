# What a store begins with.
init-which-preset = Which rules come closest to yours? All of them can be changed afterwards.
