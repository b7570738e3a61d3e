diagram-status = 状態
diagram-impact = 影響
diagram-events = できごと
