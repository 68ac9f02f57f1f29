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
}

// CaseKind says whether a case is about a named child. An anonymous group never becomes a named case (R12).
type CaseKind string

// CaseState is where a case stands in its life.
type CaseState string

// Country decides words, holidays and the age of own consent.
type Country string

// Track is one part of life that levels are about: school, home, the health pathway.
type Track struct {
	Label string `json:"label" merge:"last" max:"80" cat:"plan"`
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
}

// LevelOutcome is how a stretch on a level ended.
type LevelOutcome string

// LegalMarker is a statutory fact that the plan shows but never decides (R28).
type LegalMarker struct {
	Type       string `json:"type" merge:"once" max:"80" cat:"plan"`
	Law        string `json:"law" merge:"once" max:"200" cat:"plan"`
	InformedAt Day    `json:"informedAt" merge:"last" cat:"plan"`
}

// Organisation is the one record that heads an organisation's space: a municipality, a school, a BUC.
type Organisation struct {
	Name    string  `json:"name" merge:"last" max:"200" cat:"core"`
	Country Country `json:"country" merge:"once" cat:"core"`
}

func (CaseKind) values() []string { return []string{"named", "anonymous_group"} }
func (CaseState) values() []string {
	return []string{"draft", "active", "paused", "closed"}
}
func (Country) values() []string { return []string{"DK", "NO"} }
func (LevelOutcome) values() []string {
	return []string{"sufficient", "progress_continue", "insufficient", "step_down", "changed", "action_own_service"}
}
