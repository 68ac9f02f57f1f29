package rules

import (
	"slices"

	"samspor/sync/calendar"
	"samspor/sync/fault"
	"samspor/sync/plan"
)

// LevelMove is one step on a model's ladder as somebody writes it down. level.ts is
// its twin: the phone asks for what a move needs before it is sent.
type LevelMove struct {
	Model         plan.ModelID `json:"model"`
	From          *int         `json:"from"` // nil: the first entry on this track
	To            int          `json:"to"`
	Start         calendar.Day `json:"start"`  // of the new entry
	Before        calendar.Day `json:"before"` // when the present entry began; empty: none
	Review        calendar.Day `json:"review"` // the next one, as written
	Latest        calendar.Day `json:"latest"` // the last day a review may have; empty: no rhythm
	Reason        bool         `json:"reason"`
	SkipReason    bool         `json:"skipReason"`
	Discussed     bool         `json:"discussed"` // a day when it was talked over on the level between, or why not
	Leader        bool         `json:"leader"`
	LeaderRole    bool         `json:"leaderRole"`
	Tovholder     bool         `json:"tovholder"` // who holds the rope from here is settled
	Assessments   bool         `json:"assessments"`
	FollowUp      bool         `json:"followUp"`
	StartingPoint bool         `json:"startingPoint"`
	Adviser       bool         `json:"adviser"` // one was involved, or why not
	EntryWay      bool         `json:"entryWay"`
	ReferredTo    bool         `json:"referredTo"`
	Conveyed      bool         `json:"conveyed"` // the results of the present step have been told
}

// step is a move of one model from one level to another; -1 is any.
type step struct {
	model    plan.ModelID
	from, to int
}

// asked is what a move needs, by model and step: the guards of DOMAIN 2.2 and 2.3.
var asked = []struct {
	step
	has   func(LevelMove) bool
	lacks *fault.Fault
}{
	{step{"randers-5x2", 1, 2}, func(l LevelMove) bool { return l.Leader }, fault.LevelNoLeader},                // R6, LS15
	{step{"randers-5x2", 1, 2}, func(l LevelMove) bool { return l.LeaderRole }, fault.LevelNoLeaderRole},        // LS15
	{step{"randers-5x2", 1, 2}, func(l LevelMove) bool { return l.Tovholder }, fault.LevelNoTovholder},          // LS15
	{step{"randers-5x2", 1, 3}, func(l LevelMove) bool { return l.Discussed }, fault.LevelNoDiscussion},         // R5, LS12
	{step{"randers-5x2", 3, 4}, func(l LevelMove) bool { return l.Assessments }, fault.LevelNoAssessments},      // LS20b
	{step{"randers-5x2", 3, 4}, func(l LevelMove) bool { return l.FollowUp }, fault.LevelNoFollowUp},            // LS20c
	{step{"randers-5x2", -1, 4}, func(l LevelMove) bool { return l.StartingPoint }, fault.LevelNoStartingPoint}, // LS21
	{step{"randers-5x2", 4, 5}, func(l LevelMove) bool { return l.Adviser }, fault.LevelNoAdviser},              // LS23
	{step{"randers-5x2", -1, 5}, func(l LevelMove) bool { return l.EntryWay }, fault.LevelNoEntryWay},           // LS24
	{step{"sst-buc-4", -1, 3}, func(l LevelMove) bool { return l.ReferredTo }, fault.LevelNoReferral},           // LS5
	{step{"sst-buc-4", 3, 4}, func(l LevelMove) bool { return l.Conveyed }, fault.LevelNotConveyed},             // LS6
}

// MissingToMove names everything that a move lacks, in the order in which people
// fill it in. A move is never blocked for being a skip: it asks why (R5, LS11).
func MissingToMove(l LevelMove) []*fault.Fault {
	var missing []*fault.Fault
	need := func(has bool, f *fault.Fault) {
		if !has {
			missing = append(missing, f)
		}
	}
	need(l.Before == "" || l.Start >= l.Before, fault.LevelTooEarly)
	need(l.Reason, fault.LevelNoReason)
	need(!l.skips() || l.SkipReason, fault.LevelNoSkipReason)
	for _, a := range asked {
		if a.is(l) {
			need(a.has(l), a.lacks)
		}
	}
	need(l.Latest == "" || l.Review != "" && l.Review <= l.Latest, fault.LevelReviewLate)
	return missing
}

// skips says whether a level lies between; a first entry above the model's lowest one counts from there.
func (l LevelMove) skips() bool {
	return l.From != nil && (l.To-*l.From > 1)
}

func (s step) is(l LevelMove) bool {
	if s.model != l.Model || s.to != l.To || l.From != nil && *l.From == l.To {
		return false
	}
	return s.from == -1 || l.From != nil && *l.From == s.from
}

// A StepOwner is a service to which the steps of a model belong, from a level on; of
// any model where it names none.
type StepOwner struct {
	Sector plan.Sector
	Model  plan.ModelID
	From   int
}

// StepOwners are the services that own steps of a model (R8).
var StepOwners = []StepOwner{
	{"child_psychiatry", "sst-buc-4", 3},
	{"municipal_treatment", "sst-buc-4", 0},
	{"social_services", "sst-buc-4", 0},
	{"social_services", "randers-5x2", 4},
	{"coordinating_unit", "", 0},
}

// MayMoveLevel says who changes a level: the leader, whoever holds the rope, and the
// services that own a step of it (R8).
func MayMoveLevel(m Member, sector plan.Sector, model plan.ModelID, level int) bool {
	owns := slices.ContainsFunc(StepOwners, func(o StepOwner) bool {
		return o.Sector == sector && (o.Model == "" || o.Model == model) && level >= o.From
	})
	return m.Role == plan.RoleProfessionalLead || m.Tovholder || m.Role == plan.RoleProfessional && owns
}
