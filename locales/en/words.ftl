# The words of timeline entries. Files are written with them and read by them:
# a word may be added, but one that files already hold must go on being understood.
# `#` stands for the number.
word-impact-started = Impact began
word-detected = Noticed
word-declared = Declared
word-acknowledged = Taken on
word-customers-told = Customers told
word-mitigated = Impact over
word-resolved = Resolved
word-closed = Closed
word-note = Note
word-premise = Premise
word-checked = Checked
word-thought = Thought
word-tried = Tried
word-decision = Decision
word-contact = Contact
word-severity = Level
word-unrated = not rated
word-role = Role
word-handover = Handover
word-handover-offered = Offered
word-step = Step
word-update = Update #
word-impact-provisional = Impact (provisional)
word-impact-confirmed = Impact (confirmed)
word-action-opened = Action
word-action-done = Done
word-action-dropped = Dropped
word-set = Set
word-link = Link
word-attach = Attached
word-run = Ran
word-postmortem = Postmortem
word-correction = Correction
word-undo = Undo
word-recorded = recorded
word-due = due
word-class-now = Now
word-class-prevent = Prevent
word-class-detect = Detect
word-class-mitigate = Contain
word-class-process = Process
word-report-customers = Customers
word-report-not-yet = Do not say
word-report-estimate = Estimate
word-report-next = Next
word-report-wider = Wider impact
word-report-confirmed = Impact confirmed
word-report-wrong = Wrong
word-report-right = Right
word-report-no-change = No change; work continues.
word-report-no-estimate = no estimate yet

# Labels of fixed tokens.
category-triage = Triage
category-live = Live
category-learning = Learning
category-closed = Closed
category-declined = Not an incident

milestone-impact-started = { word-impact-started }
milestone-detected = { word-detected }
milestone-declared = { word-declared }
milestone-acknowledged = { word-acknowledged }
milestone-customers-told = { word-customers-told }
milestone-mitigated = { word-mitigated }
milestone-resolved = { word-resolved }
milestone-closed = { word-closed }

mode-real = Real
mode-drill = Drill
mode-retrospective = Recorded later

detected-by-monitoring = Monitoring
detected-by-customer = Customer
detected-by-staff = Staff
detected-by-partner = Partner
detected-by-unknown = Unknown

note-kind-note = { word-note }
note-kind-premise = { word-premise }
note-kind-checked = { word-checked }
note-kind-thought = { word-thought }
note-kind-tried = { word-tried }
note-kind-decision = { word-decision }
note-kind-contact = { word-contact }

class-now = { word-class-now }
class-prevent = { word-class-prevent }
class-detect = { word-class-detect }
class-mitigate = { word-class-mitigate }
class-process = { word-class-process }

answer-yes = yes
answer-no = no
answer-unsure = not sure
answer-later = later

severity-unrated = Not rated yet
