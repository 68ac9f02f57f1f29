package plan

// Case is the shared plan around one child, or around one group without names.
type Case struct {
	Kind             CaseKind  `json:"kind" merge:"once" cat:"core"`
	State            CaseState `json:"state" merge:"last" cat:"core"`
	Title            string    `json:"title" merge:"last" max:"200" cat:"plan"`
	Country          Country   `json:"country" merge:"once" cat:"core"`
	Locale           string    `json:"locale" merge:"last" max:"20" cat:"core"`
	Calendar         string    `json:"calendar" merge:"last" max:"40" cat:"core"` // which days are working days
	Municipality     string    `json:"municipality" merge:"last" max:"200" cat:"core"`
	Organisation     SpaceID   `json:"organisation" merge:"once" cat:"core"` // the space whose right opened this case
	Models           []ModelID `json:"models" merge:"set" cat:"core"`
	Narrative        Text      `json:"narrative" merge:"text" max:"20000" cat:"plan"`
	Summary          Text      `json:"summary" merge:"text" max:"20000" cat:"plan"`
	GroupDescription Text      `json:"groupDescription" merge:"text" max:"20000" cat:"plan"`
	ConsentNote      Text      `json:"consentNote" merge:"text" max:"20000" cat:"plan"`

	Grade         Grade       `json:"grade" merge:"last" cat:"plan"`                  // PR2: a light one is enough to begin
	StartedBy     StartEvent  `json:"startedBy" merge:"once" cat:"plan"`              // PT11
	Involved      Text        `json:"involved" merge:"text" max:"2000" cat:"plan"`    // PR10: who has been asked so far
	Needs         Text        `json:"needs" merge:"text" max:"2000" cat:"plan"`       // PR12: what child and family need, before any service is named
	OtherPlans    Text        `json:"otherPlans" merge:"text" max:"2000" cat:"plan"`  // PR7: the plans of each sector's own law, which stand as they are
	Challenges    Text        `json:"challenges" merge:"text" max:"20000" cat:"plan"` // PT6
	Resources     Text        `json:"resources" merge:"text" max:"20000" cat:"plan"`
	Possibilities Text        `json:"possibilities" merge:"text" max:"20000" cat:"plan"`
	Programmes    []Programme `json:"programmes" merge:"set" cat:"health"`  // PT12
	FirstContact  PersonID    `json:"firstContact" merge:"last" cat:"core"` // TN5: of several tovholdere, whom the family calls first
	Leader        PersonID    `json:"leader" merge:"last" cat:"core"`       // NO8: who answers for it in the municipality
	StateReason   Text        `json:"stateReason" merge:"last" max:"2000" cat:"plan"`
}

// CaseKind says whether a case is about a named child. An anonymous group never becomes a named case (R12).
type CaseKind string

// CaseState is where a case stands in its life.
type CaseState string

// Country decides words, holidays and the age of own consent.
type Country string

// Track is one problem in one part of life: school, home, the health pathway. Two
// problems in one arena are two tracks, each with a level of its own (LS9).
type Track struct {
	Label string `json:"label" merge:"last" max:"80" cat:"plan"`
	Arena Arena  `json:"arena" merge:"once" cat:"plan"`
	Order Order  `json:"order" merge:"order" max:"40" cat:"plan"`
}

// Model is the collaboration model that a case follows, pinned in the version it was opened with.
type Model struct {
	Name     Data    `json:"name" merge:"once" cat:"plan"` // by language, as every text here
	Word     Data    `json:"word" merge:"once" cat:"plan"` // what a level is called: niveau, trin
	Version  int     `json:"version" merge:"once" cat:"plan"`
	Country  Country `json:"country" merge:"once" cat:"plan"`
	Levels   Data    `json:"levels" merge:"once" cat:"plan"`   // [{n, name, sentence, outcomes[], deadlines[] …}]; these and the following as sync/models/model.go says
	About    Data    `json:"about" merge:"once" cat:"plan"`    // what a higher level means (LS29)
	Local    Data    `json:"local" merge:"once" cat:"plan"`    // {ages, consentAge, closingDays[], leader}
	Meetings Data    `json:"meetings" merge:"once" cat:"plan"` // [{kind, levels[], name, agenda[]}]
	Rules    Data    `json:"rules" merge:"once" cat:"plan"`    // what a change of level asks for
	Legal    Data    `json:"legal" merge:"once" cat:"plan"`    // [{id, kind, text, law, date, source, limit}] (R28)
	Concern  Data    `json:"concern" merge:"once" cat:"plan"`  // [{id, urgent, name, text, phone, email …}] (R29)
	Guides   Data    `json:"guides" merge:"once" cat:"plan"`   // [{id, lines[], link}]
	Terms    Data    `json:"terms" merge:"once" cat:"plan"`    // [{id, name, text}]
}

// LevelEntry is one stretch of time on one level of one model, on one track.
// Entries are history: never edited, only followed by a new one.
type LevelEntry struct {
	Model            ModelID      `json:"model" merge:"once" cat:"plan"`
	Track            TrackID      `json:"track" merge:"once" cat:"plan"`
	Level            int          `json:"level" merge:"once" cat:"plan"`
	From             Day          `json:"from" merge:"once" cat:"plan"`
	To               Day          `json:"to" merge:"last" cat:"plan"`
	Reason           Text         `json:"reason" merge:"once" max:"20000" cat:"plan"`
	DecidedBy        PersonID     `json:"decidedBy" merge:"once" cat:"plan"`
	LeaderInvolved   PersonID     `json:"leaderInvolved" merge:"once" cat:"plan"`
	SkippedLevels    []string     `json:"skippedLevels" merge:"set" cat:"plan"`
	SkipReason       Text         `json:"skipReason" merge:"once" max:"20000" cat:"plan"`
	Outcome          LevelOutcome `json:"outcome" merge:"last" cat:"plan"`
	FamilyInformedAt Day          `json:"familyInformedAt" merge:"last" cat:"plan"`
	NextReview       Day          `json:"nextReview" merge:"last" cat:"plan"`
	DecisionDeadline Day          `json:"decisionDeadline" merge:"once" cat:"plan"`
	DecidedAt        Day          `json:"decidedAt" merge:"last" cat:"plan"`

	Evaluation    EvaluationID  `json:"evaluation" merge:"once" cat:"plan"`             // LS3, LS30: what the move rests on
	DiscussedAt   Day           `json:"discussedAt" merge:"once" cat:"plan"`            // LS12: when it was talked over on level 2
	LeaderRole    Text          `json:"leaderRole" merge:"once" max:"2000" cat:"plan"`  // LS15: what the leader does from here
	NextTovholder PersonID      `json:"nextTovholder" merge:"once" cat:"plan"`          // LS15: who holds the rope from here
	Assessments   Text          `json:"assessments" merge:"once" max:"2000" cat:"plan"` // LS20b: what to obtain first, or why nothing
	FollowUp      Day           `json:"followUp" merge:"once" cat:"plan"`               // LS20c
	StartingPoint StartingPoint `json:"startingPoint" merge:"once" cat:"plan"`          // LS21
	Adviser       PersonID      `json:"adviser" merge:"once" cat:"plan"`                // LS23: the fremskudt rådgiver who was involved
	NoAdviser     Text          `json:"noAdviser" merge:"once" max:"2000" cat:"plan"`   // LS23: why none was
	EntryWay      EntryWay      `json:"entryWay" merge:"once" cat:"plan"`               // LS24
	ReferredTo    Sector        `json:"referredTo" merge:"once" cat:"plan"`             // LS5
	Efforts       []Effort      `json:"efforts" merge:"set" cat:"plan"`                 // LS4
	ConveyedAt    Day           `json:"conveyedAt" merge:"last" cat:"plan"`             // LS6: diagnosis and results told to parents and municipality
	MedicationBy  PersonID      `json:"medicationBy" merge:"last" cat:"health"`         // LS7: who follows the medicine up
}

// LevelOutcome is how a stretch on a level ended.
type LevelOutcome string

// LegalMarker is a statutory fact that the plan shows but never decides (R28).
type LegalMarker struct {
	Type       string `json:"type" merge:"once" max:"80" cat:"plan"`
	Law        string `json:"law" merge:"once" max:"200" cat:"plan"`
	InformedAt Day    `json:"informedAt" merge:"last" cat:"plan"`
	From       Day    `json:"from" merge:"last" cat:"plan"` // when the authority began to count
	Due        Day    `json:"due" merge:"last" cat:"plan"`  // the server counts it from the model's data (DL4)
	EndedAt    Day    `json:"endedAt" merge:"last" cat:"plan"`
	Result     Text   `json:"result" merge:"text" max:"2000" cat:"plan"`      // LS25, LS27b
	Risks      Text   `json:"risks" merge:"text" max:"2000" cat:"social"`     // LS27
	Strengths  Text   `json:"strengths" merge:"text" max:"2000" cat:"social"` // LS27: what protects
}

// Transition is a planned change of place: to school, out of BUC, to adult life (PT10).
type Transition struct {
	From  string          `json:"from" merge:"last" max:"200" cat:"plan"`
	To    string          `json:"to" merge:"last" max:"200" cat:"plan"`
	Date  Day             `json:"date" merge:"last" cat:"plan"`
	Owner PersonID        `json:"owner" merge:"last" cat:"plan"`
	Note  Text            `json:"note" merge:"text" max:"2000" cat:"plan"`
	State TransitionState `json:"state" merge:"last" cat:"plan"`
}

// Referral asks a specialist service to take the child on. When it refuses or ends,
// somebody in the municipality has a follow-up with a date, in the same change (NO6).
type Referral struct {
	To         Sector        `json:"to" merge:"once" cat:"plan"`
	Track      TrackID       `json:"track" merge:"once" cat:"plan"`
	Person     PersonID      `json:"person" merge:"once" cat:"plan"` // who sent it
	SentAt     Day           `json:"sentAt" merge:"once" cat:"plan"`
	State      ReferralState `json:"state" merge:"last" cat:"plan"`
	AnsweredAt Day           `json:"answeredAt" merge:"last" cat:"plan"`
	Note       Text          `json:"note" merge:"text" max:"2000" cat:"health"`
}

// Organisation is the one record that heads an organisation's space: a municipality, a school, a BUC.
type Organisation struct {
	Name    string  `json:"name" merge:"last" max:"200" cat:"core"`
	Country Country `json:"country" merge:"once" cat:"core"`
}

// Grade is how heavy the distress is (PR2).
type Grade string

// StartEvent is what a plan began with (PT11).
type StartEvent string

// Programme is a national programme that a course follows (PT12).
type Programme string

// Arena is the part of life that a track is about.
type Arena string

// StartingPoint is what a specialised effort rests on (LS21).
type StartingPoint string

// EntryWay is how a course came to the authority (LS24).
type EntryWay string

// Effort is what kind of help it is (LS4).
type Effort string

// TransitionState is whether a transition lies ahead.
type TransitionState string

// ReferralState is how far a referral has come.
type ReferralState string

func (Grade) values() []string      { return []string{"light", "moderate", "severe"} }
func (StartEvent) values() []string { return []string{"concern", "referral", "report"} }
func (Programme) values() []string  { return []string{"anxiety_depression", "adhd", "eating_disorder"} }
func (Arena) values() []string      { return []string{"institution", "home", "pathway"} }
func (StartingPoint) values() []string {
	return []string{"meeting", "assessment"}
}
func (EntryWay) values() []string        { return []string{"family", "adviser", "report"} }
func (Effort) values() []string          { return []string{"social", "psychological", "pedagogical"} }
func (TransitionState) values() []string { return []string{"planned", "done"} }
func (ReferralState) values() []string   { return []string{"sent", "accepted", "refused", "ended"} }

func (CaseKind) values() []string { return []string{"named", "anonymous_group"} }
func (CaseState) values() []string {
	return []string{"draft", "active", "paused", "closed"}
}
func (Country) values() []string { return []string{"DK", "NO"} }
func (LevelOutcome) values() []string {
	return []string{"sufficient", "progress_continue", "insufficient", "step_down", "changed", "action_own_service"}
}
