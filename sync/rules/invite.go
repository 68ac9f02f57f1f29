package rules

import (
	"slices"

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

// A Convenor is who may call a kind of meeting: who leads, who holds the rope, and the
// services it belongs to.
type Convenor struct {
	Leads, Holds bool
	Sectors      []plan.Sector
}

// Convenors says who calls each kind of meeting (R15, MT17, MT22). A kind without a
// row is called by whoever sees the need (MT2).
var Convenors = map[plan.MeetingKind]Convenor{
	"konsultativt_moede":             {Leads: true, Holds: true},
	"tvaerfagligt_netvaerksmoede":    {Leads: true},
	"inddragende_netvaerksmoede":     {Sectors: []plan.Sector{"social_services"}},
	"tvaersektorielt_netvaerksmoede": {Leads: true, Holds: true, Sectors: []plan.Sector{"child_psychiatry", "social_services"}},
	"samarbeidsmote":                 {Leads: true, Holds: true},
	"ansvarsgruppe":                  {Holds: true, Sectors: []plan.Sector{"coordinating_unit", "social_services"}},
}

// MayConvene says whether a member, who works in a sector, may send the invitation to a kind of meeting.
func MayConvene(m Member, sector plan.Sector, kind plan.MeetingKind) bool {
	who, ok := Convenors[kind]
	return !ok || who.Leads && m.Role == plan.RoleProfessionalLead || who.Holds && m.Tovholder || slices.Contains(who.Sectors, sector)
}
