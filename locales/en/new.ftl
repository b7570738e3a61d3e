# The questions of new.
new-greeting = Recording in { $store } as { $who }, { $time }.
    Ctrl-C is safe: your answers stay as a draft.
new-is-drill = DRILL: nobody is called.
new-obstacle = This cannot be written yet ({ $reason }). Go on: your words will be kept.
new-your-name = Your name, please (used for this record)
new-nothing-live = Nothing is live right now.
new-is-it-known = { $count ->
    [one] One incident is live.
   *[other] { $count } incidents are live.
} Is this about one of them?
new-another-matter = No, something else
new-what-kind = What kind of thing is it?
new-kind-private = {" "}(recorded privately)
new-which-product = Which service?
new-product-not-sure = Not sure
new-title = Title
new-default-title = { $kind }: { $product }
new-title-of-nothing = Incident
new-title-cleaned = Line breaks, control and bidi characters were taken out of the title.
new-recorded = Recorded { $id } { $title }: { $level }, { $time }
new-recorded-declined = Recorded { $id } { $title } as not an incident, { $time }
new-declined-to = To record where it went
new-declined-next = If that is wrong
new-nothing-recorded = Nothing was recorded.
new-drill = DRILL: nobody is called.
new-call-lead = Call only: { $role }
new-rate-later = Rate it when you know more
new-call = Call now: { $roles }
new-first-steps = What to do now
new-first-step = {"  "}□ { $step }
new-take-lead = Take command
new-write-down = Write things down
new-see-it = See it
new-recorded-before = It was recorded already; that incident is returned.
new-key-known = This key was used before; that incident is returned.
no-such-field = “{ $text }” is no field of this store
new-needs-kind = say what kind of thing it is
hint-kind-flag = --kind one of { $names }
hint-unrated = to record without a level: --unrated
new-needs-answers = the level needs answers
subject-declared = { $id }: declared, { $title } ({ $level })
declared-with-reason = { $level } ({ $reason })
declared-possibly = { $level }, possibly { $possible }

# Joining what is known.
join-what-to-add = What do you add to { $id }? (blank line ends)
join-noticed-too = Reported by another person too

# The rest.
rest-while-calling = The rest can wait until somebody answers the phone; Enter skips.
rest-can-wait = The rest can wait; Enter skips.
rest-recorded = Added.
rest-since-when = Since when have people been in trouble?
rest-until-when = Until when were people in trouble?
rest-not-known = not known
rest-how-noticed = How was it noticed?
rest-what-is-seen = What you see: screen, error text, URL (blank line ends)
rest-where-it-went = Where did it go instead (ticket, person)?
rest-nowhere = nowhere

# Private kinds.
new-private = This kind goes to “{ $store }”, which few can see.
new-private-missing = This kind belongs in “{ $store }”, and no such store is set up here. A commit here cannot be unwritten.
new-private-here = Record it here all the same?
private-store-missing = this kind belongs in the store “{ $store }”, which is not set up; nothing was recorded
hint-private-store = name it in ~/.config/incident/config.toml: [stores] { $store } = "DIR"
hint-here = to record it in this store: --here

# Drafts.
draft-kept = your words are kept; when the way is clear: { $command }
draft-left = it is recorded; the words that were kept for it could not be removed
draft-unkept = what was typed could not be kept for the next time
draft-not-kept = Your words could not be kept as a draft. Copy them from here:
draft-of-answers = Your answers are kept as a draft.
draft-resume = Continue
draft-discard = Discard
draft-unreadable = The draft { $name } cannot be read and stays as it is: { $reason }
draft-incomplete = the draft is not complete and there is no terminal to ask on
no-draft = there is no draft
drafts-discarded = { $count ->
    [one] { $count } draft was
   *[other] { $count } drafts were
} discarded.
drafts-left = { $count ->
    [one] { $count } unfinished draft is
   *[other] { $count } unfinished drafts are
} left.
drafts-unwritten = { $count ->
    [one] { $count } record is
   *[other] { $count } records are
} not written yet.
drafts-write = Write now
draft-found = You left something unfinished: { $draft }
draft-go-on = Go on with it?
draft-continue = Yes
draft-start-anew = Start anew
draft-which = You left something unfinished. Which one do you go on with?
rest-half-kept = What you had not ended is kept, and not recorded:
draft-added = Added: { $about }
summary-kind = Kind
summary-product = Product
summary-seen = What you see
summary-addition = More about { $about }
hint-new = { $incident } new
hint-resume = on a terminal: { $command }

# The first run.
first-run-no-store = There is no store for incidents yet. It is a git repository of its own.
first-run-where = Where should it be?
first-run-confirm = There is no store at { $path }. Create one?
first-run-created = A store was created at { $path }.
first-run-default = From now on it is used wherever you are (~/.config/incident/config.toml).
first-run-inside = That is inside the repository { $repository }: incidents would become a part of its history.
first-run-there = Create it there?
