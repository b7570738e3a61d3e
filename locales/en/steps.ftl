# Checklists, and what closing waits for.
closed-anyway = Closed, though { $what }. That is fine if you mean it.
closed-mend = To write it
closed-without-plan = no follow-up is written down yet
closed-without-review = the review is not written yet
closed-with-open-actions = there are actions that are still open
step-until = by { $time } ({ $distance })
no-steps = There is nothing on the checklist for this status. Steps stand in incident.toml under [[step]].
no-such-step = there is no step “{ $word }” on the checklist now
step-done = Step done
step-undone = Step to be done again
steps-left = To do now
steps-tick = When it is done
