diagram-status = Status
diagram-impact = Impact
diagram-events = What happened
