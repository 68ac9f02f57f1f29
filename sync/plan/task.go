package plan

// Task is one thing that somebody has agreed to do.
type Task struct {
	Title         string     `json:"title" merge:"last" max:"200" cat:"plan"`
	State         TaskState  `json:"state" merge:"last" beats:"done>in_progress" cat:"plan"`
	Responsible   PersonID   `json:"responsible" merge:"last" cat:"plan"`
	Helpers       []PersonID `json:"helpers" merge:"set" cat:"plan"`
	Due           Day        `json:"due" merge:"last" cat:"plan"` // empty: someday
	DoneAt        Day        `json:"doneAt" merge:"last" cat:"plan"`
	Goal          GoalID     `json:"goal" merge:"last" cat:"plan"`
	SourceMeeting MeetingID  `json:"sourceMeeting" merge:"once" cat:"plan"`
	Recurring     Recurring  `json:"recurring" merge:"last" cat:"plan"`
	Sector        Sector     `json:"sector" merge:"last" cat:"plan"`
	Sensitivity   Category   `json:"sensitivity" merge:"last" cat:"plan"`
	Consent       ConsentID  `json:"requiresConsent" merge:"last" cat:"plan"`
	Type          TaskType   `json:"type" merge:"once" cat:"plan"`     // empty: an agreement
	TakenOn       Day        `json:"takenOn" merge:"last" cat:"plan"`  // PT8: the responsible has said yes to it
	ForGroup      bool       `json:"forGroup" merge:"last" cat:"plan"` // PT7: for the class or the group, not the child alone
	Referral      ReferralID `json:"referral" merge:"once" cat:"plan"` // NO6: the follow-up of a refusal or an end

	Item AgendaItemID `json:"item" merge:"once" cat:"plan"` // the point of the agenda it was agreed under
}

// Goal is what everybody wants to reach together, with the child's own words.
type Goal struct {
	Title      string     `json:"title" merge:"last" max:"200" cat:"plan"`
	ChildWords Text       `json:"childWords" merge:"text" max:"20000" cat:"plan"`
	Track      TrackID    `json:"track" merge:"last" cat:"plan"`
	AgreedAt   Day        `json:"agreedAt" merge:"last" cat:"plan"`
	AgreedBy   []PersonID `json:"agreedBy" merge:"set" cat:"plan"`
	Measure    string     `json:"measure" merge:"last" max:"200" cat:"plan"`
	Baseline   string     `json:"baseline" merge:"last" max:"200" cat:"plan"`
	Latest     string     `json:"latest" merge:"last" max:"200" cat:"plan"`
	TargetDate Day        `json:"targetDate" merge:"last" cat:"plan"`
	ClosedAt   Day        `json:"closedAt" merge:"last" cat:"plan"`
	State      GoalState  `json:"state" merge:"last" cat:"plan"`
	Meeting    MeetingID  `json:"meeting" merge:"once" cat:"plan"`   // where it was agreed; unseen until its minutes are shared
	Successor  GoalID     `json:"successor" merge:"last" cat:"plan"` // of an adjusted goal
}

// Note is something somebody wrote about a record. It is made once and never changed, so it can never conflict.
// Person and At are set by the server, from who pushed it and its own clock.
type Note struct {
	About  RecordID `json:"about" merge:"once" cat:"plan"`
	Text   Text     `json:"text" merge:"once" max:"20000" cat:"plan"`
	Person PersonID `json:"person" merge:"once" cat:"plan"`
	At     Instant  `json:"at" merge:"once" cat:"plan"`
}

// Evaluation looks back at a meeting and says what comes next (PT9).
type Evaluation struct {
	Meeting    MeetingID      `json:"meeting" merge:"once" cat:"plan"`
	ChildVoice Text           `json:"childVoice" merge:"text" max:"20000" cat:"plan"`
	Next       EvaluationNext `json:"next" merge:"last" cat:"plan"`

	Track        TrackID  `json:"track" merge:"once" cat:"plan"`
	At           Day      `json:"at" merge:"once" cat:"plan"`
	Person       PersonID `json:"person" merge:"once" cat:"plan"`                   // who wrote it
	ParentsVoice Text     `json:"parentsVoice" merge:"text" max:"20000" cat:"plan"` // NO8f
	NextReview   Day      `json:"nextReview" merge:"last" cat:"plan"`
}

// Rating is how one goal stood at one evaluation.
type Rating struct {
	Evaluation EvaluationID `json:"evaluation" merge:"once" cat:"plan"`
	Goal       GoalID       `json:"goal" merge:"once" cat:"plan"`
	Rating     RatingValue  `json:"rating" merge:"last" cat:"plan"`
}

// TaskState is where a task stands; overdue is computed, never stored.
type TaskState string

// TaskType is what kind of thing was agreed. What the authority decides elsewhere
// is not an agreement of the meeting (R24, MT13).
type TaskType string

// GoalState is where a goal stands.
type GoalState string

// Recurring is how often a task comes back.
type Recurring string

// Category is what consent opens or closes (DOMAIN 2.1).
type Category string

// RatingValue is the step a goal has reached.
type RatingValue string

// EvaluationNext is what an evaluation proposes.
type EvaluationNext string

// The states of a task.
const (
	TaskDraft      TaskState = "draft" // written in a meeting, unseen until the minutes are shared
	TaskOpen       TaskState = "open"
	TaskInProgress TaskState = "in_progress"
	TaskBlocked    TaskState = "blocked"
	TaskDone       TaskState = "done"
	TaskCancelled  TaskState = "cancelled"
)

func (TaskState) values() []string {
	return []string{"draft", "open", "in_progress", "blocked", "done", "cancelled"}
}
func (TaskType) values() []string {
	return []string{"agreement", "assessment", "decided_elsewhere", "follow_up", "call"}
}
func (GoalState) values() []string {
	return []string{"draft", "proposed", "active", "achieved", "adjusted", "dropped"}
}
func (Recurring) values() []string { return []string{"daily", "weekly", "monthly"} }
func (Category) values() []string  { return []string{"core", "plan", "health", "social"} }
func (RatingValue) values() []string {
	return []string{"worse", "no_change", "some_progress", "good_progress", "achieved"}
}
func (EvaluationNext) values() []string {
	return []string{"stop", "continue", "continue_adjust", "step_up", "step_down"}
}
