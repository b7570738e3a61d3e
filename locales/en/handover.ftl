# Roles passing from one person to another.
handover-to = To whom
handover-edit = What they have to know. Edit the line, or Enter as it stands.
handover-now = Now
handover-waiting = Waiting for
handover-promised = Promised
handover-do-not = Do not
handover-undecided = Undecided
handover-separator = {"; "}
handover-with-team = { $text } (◆{ $team })
handover-stands = { $status }; { $words } ({ $time })
handover-promised-update = next update at { $time }
handover-promised-end = over by { $time }, we said
handover-say-aloud = { $person }, will you take over? Say so aloud when you do.
handover-accepted = Has { $person } taken over?
handover-not-yet = not yet
handover-offered = { $role } stays with { $from } until { $to } accepts.
handover-asked-of-you = You were asked to take over { $role }.
handover-accept = To accept
handover-thanks = { $person }, thank you; you may leave.
held-from-until = { $person } ({ $since }–{ $until })
no-lead-role = incident.toml names no role with lead = true; say which role: --role
