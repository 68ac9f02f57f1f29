package rules

import (
	"samspor/sync/calendar"
	"samspor/sync/fault"
	"samspor/sync/plan"
)

// Invitation is what a meeting has before its invitation is sent. invite.ts is its
// twin: the phone shows what is missing while one fills it in, also offline.
type Invitation struct {
	Kind         plan.MeetingKind `json:"kind"`
	Purpose      bool             `json:"purpose"`
	Agenda       int              `json:"agenda"`       // points
	Start        calendar.Day     `json:"start"`        // the day it is held; empty: no time yet
	Form         bool             `json:"form"`         //
	Participants int              `json:"participants"` // beside the convenor
	NoRole       int              `json:"noRole"`       // participants without a word on what they do there
	Chosen       bool             `json:"chosen"`       // the circle, with the family
	FormChosen   bool             `json:"formChosen"`   // the form, with the family
	ChildAsked   bool             `json:"childAsked"`
	Relevant     bool             `json:"relevant"` // only relevant professions, says the convenor
	WithGP       bool             `json:"withGP"`   // a GP is among those invited
	GPTalk       bool             `json:"gpTalk"`
	AgendaDue    calendar.Day     `json:"agendaDue"`  // empty: no clock
	AgendaLate   bool             `json:"agendaLate"` // a reason is written
	HeldBy       calendar.Day     `json:"heldBy"`     // empty: no clock
	HeldLate     bool             `json:"heldLate"`   // a reason is written
	Anonymous    bool             `json:"anonymous"`  // a group without names has no family to ask
}

// MissingToInvite names everything that an invitation still lacks on a day, in the
// order in which people fill it in (R13, R14, R16, R17, R19, R20, R22, MT4, MT5).
func MissingToInvite(i Invitation, today calendar.Day) []*fault.Fault {
	var missing []*fault.Fault
	need := func(has bool, f *fault.Fault) {
		if !has {
			missing = append(missing, f)
		}
	}
	isOwnCircle := i.Anonymous || i.Kind == "konsultativt_moede" // staff and advisers, no family
	need(i.Purpose, fault.MeetingNoPurpose)
	need(i.Start != "", fault.MeetingNoTime)
	need(i.Form, fault.MeetingNoForm)
	need(i.Agenda > 0, fault.MeetingNoAgenda)
	need(i.Participants > 0, fault.MeetingNoParticipants)
	need(i.NoRole == 0, fault.MeetingNoRole)
	need(isOwnCircle || i.Chosen, fault.MeetingNotChosen)
	need(isOwnCircle || i.FormChosen, fault.MeetingFormNotChosen)
	need(isOwnCircle || i.ChildAsked, fault.MeetingChildNotAsked)
	need(i.Kind != "tvaerfagligt_netvaerksmoede" || i.Relevant, fault.MeetingNotRelevant)
	need(!i.WithGP || i.GPTalk, fault.MeetingNoGPTalk)
	need(i.AgendaDue == "" || today <= i.AgendaDue || i.AgendaLate, fault.MeetingAgendaLate)
	need(i.HeldBy == "" || i.Start == "" || i.Start <= i.HeldBy || i.HeldLate, fault.MeetingHeldLate)
	return missing
}

// convenors says who calls each kind of meeting (R15, MT17, MT22). A kind without a
// row is called by whoever sees the need (MT2).
var convenors = map[plan.MeetingKind]func(Member, plan.Sector) bool{
	"konsultativt_moede":          func(m Member, _ plan.Sector) bool { return m.Role == plan.RoleProfessionalLead || m.Tovholder },
	"tvaerfagligt_netvaerksmoede": func(m Member, _ plan.Sector) bool { return m.Role == plan.RoleProfessionalLead },
	"inddragende_netvaerksmoede":  func(_ Member, s plan.Sector) bool { return s == "social_services" },
	"tvaersektorielt_netvaerksmoede": func(m Member, s plan.Sector) bool {
		return m.Role == plan.RoleProfessionalLead || m.Tovholder || s == "child_psychiatry" || s == "social_services"
	},
	"samarbeidsmote": func(m Member, _ plan.Sector) bool { return m.Tovholder || m.Role == plan.RoleProfessionalLead },
	"ansvarsgruppe": func(m Member, s plan.Sector) bool {
		return m.Tovholder || s == "coordinating_unit" || s == "social_services"
	},
}

// MayConvene says whether a member, who works in a sector, may send the invitation to a kind of meeting.
func MayConvene(m Member, sector plan.Sector, kind plan.MeetingKind) bool {
	may, ok := convenors[kind]
	return !ok || may(m, sector)
}
