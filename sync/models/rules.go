package models

import "samspor/sync/plan"

// Move is a change of level, "1>2".
type Move string

// Rules is what a model asks of those who change the level or call a meeting.
type Rules struct {
	StartAt               int              `json:"startAt"`
	EveryChildAt          *int             `json:"everyChildAt,omitempty"` // LS10
	ClosesEarlier         bool             `json:"closesEarlier"`          // false: a step leaves the earlier ones running (LS8)
	SkipAllowed           string           `json:"skipAllowed"`            // with_reason (R5) or freely
	WarnOn                []Move           `json:"warnOn"`
	LeaderRequiredOn      []Move           `json:"leaderRequiredOn"`      // R6
	AssessmentsRequiredOn []Move           `json:"assessmentsRequiredOn"` // LS20b
	AdviserExpectedOn     []Move           `json:"adviserExpectedOn"`     // LS23
	EvaluationExpectedOn  []Move           `json:"evaluationExpectedOn"`  // LS3
	ChangeRoles           []string         `json:"changeRoles"`           // who may change the level: roles of the plan, or tovholder (R8)
	Handover              string           `json:"handover"`              // accept_required (R2)
	AnonymousAllowedAt    []int            `json:"anonymousAllowedAt"`    // LS16b
	RelevantOnlyAt        []int            `json:"relevantOnlyAt"`        // the convenor confirms who is invited (R20)
	ConsentToTakePartAt   []int            `json:"consentToTakePartAt"`   // CC1
	ConsentRequiredFrom   *int             `json:"consentRequiredFrom,omitempty"`
	RequestAnsweredIn     int              `json:"requestAnsweredIn"`       // working days to answer a family's wish for a meeting (R21)
	SafetyNetDays         int              `json:"safetyNetDays,omitzero"`  // working days to a follow-up after psychiatry ends or refuses (NO6)
	EntryWays             map[int][]Choice `json:"entryWays,omitzero"`      // by level, as all that follow: how one comes in (LS5, LS24)
	StartingPoints        map[int][]Choice `json:"startingPoints,omitzero"` // what the help starts from (LS21)
	EffortKinds           map[int][]Choice `json:"effortKinds,omitzero"`    // what kind of help it is (LS4)
	ToConvey              map[int][]Choice `json:"toConvey,omitzero"`       // the level stays open until it is told (LS6)
	ToAgree               map[int][]Choice `json:"toAgree,omitzero"`        // who does it is a named agreement (LS7)
}

// moves gives every list of moves by its name in the file.
func (r Rules) moves() map[string][]Move {
	return map[string][]Move{
		"warnOn": r.WarnOn, "leaderRequiredOn": r.LeaderRequiredOn, "assessmentsRequiredOn": r.AssessmentsRequiredOn,
		"adviserExpectedOn": r.AdviserExpectedOn, "evaluationExpectedOn": r.EvaluationExpectedOn,
	}
}

// levels gives every list of levels by its name in the file.
func (r Rules) levels() map[string][]int {
	return map[string][]int{
		"anonymousAllowedAt": r.AnonymousAllowedAt, "relevantOnlyAt": r.RelevantOnlyAt, "consentToTakePartAt": r.ConsentToTakePartAt,
	}
}

// choices gives every table of choices by its name in the file.
func (r Rules) choices() map[string]map[int][]Choice {
	return map[string]map[int][]Choice{
		"entryWays": r.EntryWays, "startingPoints": r.StartingPoints, "effortKinds": r.EffortKinds,
		"toConvey": r.ToConvey, "toAgree": r.ToAgree,
	}
}

// Legal is a statutory fact that the plan shows and never decides (R28). The law
// changes and so does this: each fact has its date and its source (TN6).
type Legal struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"` // countdown, right, duty or offer
	Text      Words  `json:"text"`
	Law       string `json:"law"`
	Was       string `json:"was,omitzero"` // the reference that older papers use
	Date      string `json:"date"`         // the law as it stood on this day
	Source    string `json:"source"`
	Uncertain bool   `json:"uncertain,omitzero"` // found in one weak source; ask before relying on it
	Limit     *Limit `json:"limit,omitempty"`    // of a countdown
}

// Limit is how long the law gives.
type Limit struct {
	Count int    `json:"count"`
	Unit  string `json:"unit"` // hour, weekday, month
	From  string `json:"from"` // report_received, need_known, support_decided, support_started
}

// Route is one way to get help with a concern (R29). It opens the municipality's own way and is no new one (EX2).
type Route struct {
	ID        string `json:"id"`
	Urgent    bool   `json:"urgent"`
	Name      Words  `json:"name"`
	Text      Words  `json:"text"`
	Advice    Words  `json:"advice,omitzero"` // a local routine; it never holds a report back (R31, TN3)
	Phone     string `json:"phone,omitzero"`
	Email     string `json:"email,omitzero"`
	Address   string `json:"address,omitzero"`
	Link      string `json:"link,omitzero"`
	Uncertain bool   `json:"uncertain,omitzero"`
}

// Local is what each municipality settles for itself.
type Local struct {
	Ages        Ages       `json:"ages"`
	ConsentAge  int        `json:"consentAge"`      // the age of own consent (TN7, R34, R35)
	ClosingDays []plan.Day `json:"closingDays"`     // no working days here, beside the calendar's own (R26)
	Leader      string     `json:"leader,omitzero"` // who answers for the model (NO8)
}

// Ages is whom the model is for, in whole years.
type Ages struct {
	From int `json:"from"`
	To   int `json:"to"`
}
