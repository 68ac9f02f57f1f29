package models

import "samspor/sync/plan"

// Model is one collaboration model, in one version. What version 1 did not say is
// empty in it.
type Model struct {
	ID       plan.ModelID   `json:"id"`
	Version  int            `json:"version"`
	Country  plan.Country   `json:"country"`
	Name     Words          `json:"name"`
	Tracks   []plan.TrackID `json:"tracks"`
	Word     Words          `json:"word"`           // what a level is called here: niveau, trin
	About    Words          `json:"about,omitzero"` // what a higher level means (LS29)
	Local    Local          `json:"local,omitzero"` // what each municipality settles
	Levels   []Level        `json:"levels"`         // in order, without a gap
	Meetings []Meeting      `json:"meetings,omitzero"`
	Rules    Rules          `json:"rules,omitzero"`
	Legal    []Legal        `json:"legal,omitzero"`
	Concern  []Route        `json:"concern,omitzero"` // whom to turn to about violence or abuse (R29, EX2)
	Guides   []Guide        `json:"guides,omitzero"`
	Terms    []Term         `json:"terms,omitzero"`
}

// Level is one level of a model.
type Level struct {
	N              int               `json:"n"`
	Name           Words             `json:"name"`
	Sentence       Words             `json:"sentence"`
	Purpose        Words             `json:"purpose"`
	Attribute      Attribute         `json:"attribute,omitzero"`
	Participants   []Participant     `json:"participants,omitzero"`
	ChildTakesPart TakesPart         `json:"childTakesPart,omitzero"` // MT19; empty: the model does not say
	Tovholder      Words             `json:"tovholder,omitzero"`      // who it often is (TH4)
	MeetingKind    plan.MeetingKind  `json:"meetingKind,omitzero"`    // the kind its own clocks belong to (TN1)
	ConvenorRole   Holder            `json:"convenorRole,omitzero"`   // R15
	ChairRole      Holder            `json:"chairRole,omitzero"`
	FormID         plan.FormTemplate `json:"formId,omitzero"`
	Outcomes       []Outcome         `json:"outcomes"`
	ProcedureOut   []Line            `json:"procedureOut,omitzero"` // a checklist for leaving the level (LS2c)
	Deadlines      []Deadline        `json:"deadlines,omitzero"`
	ReviewEvery    int               `json:"reviewEvery,omitzero"` // months (R9); 0: the model does not say
}

// Attribute says whom the help on a level is aimed at.
type Attribute string

// The attributes of levels.
const (
	Consultative Attribute = "consultative" // advice to the adults
	Specialised  Attribute = "specialised"  // with the child or the family itself
)

// TakesPart says how the child takes part in the meetings of a level (MT19).
type TakesPart string

// Participant is somebody who belongs around the child on a level. With Age the
// same list is the preset of invitations (MT18).
type Participant struct {
	Name    Words         `json:"name"`
	Sectors []plan.Sector `json:"sectors"`
	Need    Need          `json:"need"`
	Age     Age           `json:"age,omitzero"` // empty: at any age
}

// Need says how surely somebody is asked.
type Need string

// The needs.
const (
	Core     Need = "core"     // always
	Possible Need = "possible" // when relevant
	AdHoc    Need = "ad_hoc"   // for one occasion (MT20)
)

// Age is the child's age as meetings see it.
type Age string

// The two ages: before and from daycare or school.
const (
	BeforeInstitution Age = "before_institution"
	Institution       Age = "institution"
)

// Circle gives who belongs around a child of that age on this level.
func (l Level) Circle(age Age) []Participant {
	var circle []Participant
	for _, p := range l.Participants {
		if p.Age == "" || p.Age == age {
			circle = append(circle, p)
		}
	}
	return circle
}

// Holder is who has a duty: a role of the plan, "tovholder" or "inviter" (whoever
// sends the invitation), with the sectors that it may come from; none: from any.
type Holder struct {
	Role    string        `json:"role"`
	Sectors []plan.Sector `json:"sectors"`
	Name    Words         `json:"name"`
}

// Outcome is one way in which a stretch on a level may end.
type Outcome struct {
	Sign Sign  `json:"sign"`
	Text Words `json:"text"`
	Next []int `json:"next"` // empty: no level follows
}

// Sign says whether an outcome is progress.
type Sign string

// The signs of outcomes.
const (
	Progress  Sign = "+"
	TooLittle Sign = "-"
)

// Line is one line of a checklist.
type Line struct {
	ID    string `json:"id"`
	Phase Phase  `json:"phase,omitzero"`
	To    *int   `json:"to,omitempty"` // only when going to this level
	Text  Words  `json:"text"`
}

// Phase is a stretch of the way through psychiatry (LS2c).
type Phase string

// Deadline is a clock of a level, or of the meetings that the level calls for.
type Deadline struct {
	ID        string `json:"id"`
	Op        string `json:"op"`   // before or after the anchor
	Days      int    `json:"days"` // in units; working days as the case's calendar counts them
	Unit      Unit   `json:"unit"`
	Anchor    string `json:"anchor"` // meeting, invitation, level_start, request, discharge
	Text      Words  `json:"text"`   // what is true when the deadline is met
	Uncertain bool   `json:"uncertain,omitzero"`
}

// Unit is what a deadline counts.
type Unit string

// Meeting is what one kind of meeting is called and talks about on some levels.
type Meeting struct {
	Kind         plan.MeetingKind `json:"kind"`
	Levels       []int            `json:"levels"`
	Name         Words            `json:"name"`
	ConvenorRole Holder           `json:"convenorRole,omitzero"` // when it is another than the level's
	Agenda       []Choice         `json:"agenda"`
}

// Meeting gives the preset of a kind of meeting on a level.
func (m Model) Meeting(kind plan.MeetingKind, level int) (Meeting, bool) {
	for _, x := range m.Meetings {
		for _, n := range x.Levels {
			if x.Kind == kind && n == level {
				return x, true
			}
		}
	}
	return Meeting{}, false
}

// Choice is one of several, or one point of an agenda.
type Choice struct {
	ID   string `json:"id"`
	Text Words  `json:"text"`
}

// Guide is a short how-to, line by line, with a longer one behind a link (MT9b, MT11).
type Guide struct {
	ID    string  `json:"id"`
	Lines []Words `json:"lines"`
	Link  string  `json:"link,omitzero"`
}

// Term is one word that everybody should understand alike (LS29).
type Term struct {
	ID   string `json:"id"`
	Name Words  `json:"name"`
	Text Words  `json:"text"`
}

// Words is one text in every language that a model must speak.
type Words struct {
	DA string `json:"da"`
	NB string `json:"nb"`
	EN string `json:"en"`
}

type translation struct{ language, text string }

func (w Words) byLanguage() []translation {
	return []translation{{"da", w.DA}, {"nb", w.NB}, {"en", w.EN}}
}
