# Checklists.
step-until = by { $time } ({ $distance })
no-steps = There is nothing on the checklist for this status. Steps stand in incident.toml under [[step]].
no-such-step = there is no step “{ $word }” on the checklist now
steps-left = To do now
steps-tick = When it is done
