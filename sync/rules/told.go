package rules

import (
	"slices"

	"samspor/sync/plan"
)

// Scene is what the table of whom to tell reads beside the record itself.
type Scene struct {
	Holders []plan.PersonID                  // who holds the rope today
	Leads   []plan.PersonID                  // who leads, for a plan without a tovholder
	Ways    []plan.PersonID                  // the contact persons of today
	Get     func(plan.RecordID) *plan.Record // nil if there is none
	Of      func(kind, field string, of plan.RecordID) []*plan.Record
}

// Told gives the people who are to be told of a timer that has run out, as the record
// stands now: nobody, once it no longer matters. Who of them may still see the record
// is asked elsewhere.
func Told(kind plan.TimerKind, r *plan.Record, s Scene) []plan.PersonID {
	who := told[kind]
	if who == nil || r.Del {
		return nil
	}
	var people []plan.PersonID
	for _, p := range who(r, s) {
		if p != "" && !slices.Contains(people, p) {
			people = append(people, p)
		}
	}
	return people
}

// inCharge gives who holds the rope, or who leads where nobody does.
func (s Scene) inCharge() []plan.PersonID {
	if len(s.Holders) > 0 {
		return s.Holders
	}
	return s.Leads
}

func person(r *plan.Record, field string) plan.PersonID { return plan.PersonID(r.Str(field)) }

// while gives people as long as a field holds one of some values.
func while(field string, is []string, who func(*plan.Record, Scene) []plan.PersonID) func(*plan.Record, Scene) []plan.PersonID {
	return func(r *plan.Record, s Scene) []plan.PersonID {
		if !slices.Contains(is, r.Str(field)) {
			return nil
		}
		return who(r, s)
	}
}

func of(fields ...string) func(*plan.Record, Scene) []plan.PersonID {
	return func(r *plan.Record, _ Scene) (people []plan.PersonID) {
		for _, f := range fields {
			people = append(people, person(r, f))
		}
		return people
	}
}

var charge = func(_ *plan.Record, s Scene) []plan.PersonID { return s.inCharge() }

var openTask = []string{string(plan.TaskOpen), string(plan.TaskInProgress), string(plan.TaskBlocked)}

// told says for each kind of timer whom it concerns (R49, DL7).
var told = map[plan.TimerKind]func(*plan.Record, Scene) []plan.PersonID{
	"call.today": while("state", openTask, of("responsible")),
	"task.given": while("state", openTask, of("responsible")),
	"task.soon":  while("state", openTask, of("responsible")),
	"task.due": while("state", openTask, func(r *plan.Record, _ Scene) []plan.PersonID {
		people := []plan.PersonID{person(r, "responsible")}
		for _, h := range plan.Members(r.Get("helpers")) {
			people = append(people, plan.PersonID(h))
		}
		return people
	}),
	"task.late":    while("state", openTask, of("responsible")),
	"task.overdue": while("state", openTask, charge),

	"meeting.agenda": while("state", []string{string(plan.MeetingDraft)}, of("convenor")),
	"meeting.soon": while("state", []string{string(plan.MeetingInvited)}, func(r *plan.Record, s Scene) []plan.PersonID {
		people := []plan.PersonID{person(r, "convenor")}
		for _, p := range s.Of("participant", "meeting", r.ID) {
			if p.Str("reply") != string(plan.ReplyDeclined) {
				people = append(people, person(p, "person"))
			}
		}
		return people
	}),
	"meeting.minutes": while("minutesState", []string{"", string(plan.MinutesDraft)}, func(r *plan.Record, _ Scene) []plan.PersonID {
		if r.Str("state") == string(plan.MeetingCancelled) {
			return nil
		}
		if taker := person(r, "minuteTaker"); taker != "" {
			return []plan.PersonID{taker}
		}
		return []plan.PersonID{person(r, "convenor")}
	}),
	"meeting.shared": func(r *plan.Record, s Scene) (people []plan.PersonID) {
		for _, p := range s.Of("participant", "meeting", r.ID) {
			if who := person(p, "person"); who != r.F["minutesState"].By { // who shared them has read them
				people = append(people, who)
			}
		}
		return people
	},
	"meeting.invited": while("reply", []string{string(plan.ReplyNone)}, of("person")),
	"meeting.answer":  while("reply", []string{string(plan.ReplyNone)}, of("person")),

	"wish.answer": while("outcome", []string{""}, func(r *plan.Record, s Scene) []plan.PersonID {
		if m := s.Get(plan.RecordID(r.Str("meeting"))); m != nil {
			return []plan.PersonID{person(m, "convenor")}
		}
		return nil
	}),
	"request.asked":  while("answer", []string{""}, of("owner")),
	"request.answer": while("answer", []string{""}, of("owner")),

	"handover.asked":  while("state", []string{string(plan.HandoverProposed)}, of("to")),
	"handover.answer": while("state", []string{string(plan.HandoverProposed)}, of("to")),
	"handover.done":   while("state", []string{string(plan.HandoverAccepted), string(plan.HandoverCompleted)}, of("from")),

	"level.review":   while("to", []string{""}, charge),
	"level.decision": while("to", []string{""}, charge),
	"law.due":        while("endedAt", []string{""}, charge),

	"plan.worse": while("rating", []string{"worse"}, func(r *plan.Record, s Scene) (people []plan.PersonID) {
		for _, p := range append(slices.Clone(s.inCharge()), s.Ways...) {
			if p != r.F["rating"].By { // who saw it knows
				people = append(people, p)
			}
		}
		return people
	}),

	"consent.asked": while("state", []string{"requested"}, func(r *plan.Record, s Scene) (people []plan.PersonID) {
		answered := map[string]bool{}
		for _, a := range s.Of("consentAnswer", "consent", r.ID) {
			answered[a.Str("person")] = true
		}
		for _, p := range plan.Members(r.Get("requiredFrom")) {
			if !answered[p] {
				people = append(people, plan.PersonID(p))
			}
		}
		return people
	}),
	"consent.ends": while("state", []string{"given"}, func(r *plan.Record, s Scene) []plan.PersonID {
		people := slices.Clone(s.inCharge())
		for _, p := range plan.Members(r.Get("requiredFrom")) {
			people = append(people, plan.PersonID(p))
		}
		return people
	}),
}

// Immediate says whether a kind of timer is about what has just happened. Such a one
// stands for a while, so that a change of the record a moment later does not take it away.
func Immediate(kind plan.TimerKind) bool {
	switch kind {
	case "task.given", "call.today", "meeting.invited", "meeting.shared", "request.asked", "handover.asked", "handover.done", "consent.asked", "plan.worse":
		return true
	}
	return false
}
