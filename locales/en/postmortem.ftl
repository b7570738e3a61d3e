postmortem-written = A draft stands in { $path }. Edit it with any editor; run the same command again to bring the generated parts up to date.
postmortem-refreshed = The generated parts of { $path } are up to date.
postmortem-refreshed-others = The other generated parts of { $path } are up to date.
postmortem-region-kept = Somebody has changed the generated part “{ $name }”; it was left as it is.
postmortem-region-unclosed =
    The generated part “{ $name }” has lost its end, so it was left as it is, and may say what is no longer so.
    To mend it, put this line behind its last one in { $path }: <!-- /incident:generated -->
postmortem-empty = Still empty: { $sections }
postmortem-incident = Incident
postmortem-due = Due
postmortem-impact = From { $from } to { $to } ({ $length }).
postmortem-impact-unknown = When it began or ended is not recorded yet: incident set impact_started=… mitigated=…
postmortem-when = When
postmortem-what = What
postmortem-who = Who
postmortem-no-actions = None are recorded yet.
subject-document = { $id }: bring the review up to date
postmortem-written-already = { $path } is written already, and another template would replace it
hint-other-template = to see the other template: { $command }
hint-postmortem-anew = to start anew, take it away first: git rm { $path } && git commit
