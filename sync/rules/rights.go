// Package rules says what may happen: who may see, who may write, and where a
// state may lead. It is mostly tables.
//
// Its one rule: rights are decided here, by the server, with today's membership;
// the phone is told the outcome as data and never evaluates it. Start with Rights.
package rules

import (
	"slices"

	"samspor/sync/plan"
)

// Member is one person in one space, today.
type Member struct {
	Account   plan.AccountID
	Person    plan.PersonID
	Role      plan.Role
	Tovholder bool            // holds the rope of this case today
	Callable  []plan.PersonID // whom even a limited member may call: tovholdere and contact persons
	InOrg     bool            // the space is an organisation, not a case
	Erased    uint64          // when something was last erased in the space
	Opens     []string        // what consents open to this member's sector today: "health:child_psychiatry"
}

// Sees says whether the role opens the space at all.
func Sees(r plan.Role) bool { return full(r) || limited(r) }

func full(r plan.Role) bool {
	return r == plan.RoleGuardian || r == plan.RoleProfessional || r == plan.RoleProfessionalLead
}

// limited roles see the core of a case and what is their own (R44, R45).
func limited(r plan.Role) bool {
	return r == plan.RoleChild || r == plan.RoleCompanion || r == plan.RoleNetworkLimited || r == plan.RoleMeetingGuest
}

// Fields, as people write them together.
var (
	taskFields = []string{"title", "state", "responsible", "helpers", "due", "goal", "recurring", "sector", "sensitivity", "takenOn", "forGroup"}
	goalFields = []string{"title", "childWords", "track", "agreedAt", "agreedBy", "measure", "baseline", "latest", "targetDate", "closedAt", "state", "successor"}
	caseFields = []string{
		"title", "state", "stateReason", "narrative", "summary", "groupDescription", "grade", "involved", "challenges", "resources",
		"possibilities", "needs", "otherPlans", "programmes", "firstContact", "leader", "locale",
	}
	meetingFields = []string{
		"level", "track", "title", "start", "end", "form", "place", "convenor", "chair", "minuteTaker", "state", "purpose", "chosenAt",
		"chosenBy", "chosenWith", "chosenRemark", "childAsked", "childHow", "childAbsent", "gpDialogueHeld", "minutesState",
		"decisionsOnMunicipalSupport", "goals", "tasks", "need", "formChosenAt", "relevantAt", "agendaLate", "heldLate", "cancelled",
		"recurring", "access", "noFollowUp",
	}
	handoverFields = []string{
		"state", "effectiveFrom", "reason", "meeting", "openTasks", "moved", "ended", "importantNow", "familyWishes", "nextMeeting",
		"childToldBy", "childToldOn",
	}
	contactFields    = []string{"person", "bestTime", "singleEntry", "deputy", "meetingTimes", "from", "to"}
	markerFields     = []string{"informedAt", "from", "endedAt", "result", "risks", "strengths"}
	evaluationFields = []string{"childVoice", "parentsVoice", "next", "nextReview"}
	levelFields      = []string{"outcome", "familyInformedAt", "nextReview", "conveyedAt", "medicationBy", "decidedAt"}
	replyFields      = []string{"reply", "apology", "joins", "substitute"}
	hostedFields     = []string{"role", "relevance", "reply", "attendance", "joins", "substitute"} // of a participant, by the hosts
)

var (
	ownTask  = plan.May{New: true, Own: []string{"state", "takenOn"}}
	anyTask  = plan.May{New: true, Own: []string{"state", "takenOn"}, Host: taskFields, Others: true}
	allTasks = plan.May{New: true, Set: taskFields, Others: true}
	makes    = plan.May{New: true}
	replies  = plan.May{Own: replyFields}
	invites  = plan.May{New: true, Own: replyFields, Host: hostedFields}
)

// table is what a role may write, by kind.
type table = map[string]plan.May

// takesPart is what everybody may who signs in to a case: say that they know, have read, or come.
var takesPart = table{"participant": replies, "receipt": makes, "acknowledgement": makes}

// speaks is what the family, its network and everybody at work may: have a say and do what is theirs.
var speaks = with(takesPart, table{"task": ownTask, "note": makes, "remark": makes})

// asks is what the family and everybody at work may beside: bring points and people, ask for a meeting (R18, R21, MT6).
var asks = with(speaks, table{"agendaItem": {New: true, Host: []string{"title", "order", "minutes", "lead"}}, "wish": makes, "meetingRequest": makes})

// works is what everybody at work may: call people together, write goals and minutes with the others.
var works = with(asks, table{
	"task": anyTask, "goal": {New: true, Set: goalFields}, "participant": invites,
	"wish":           {New: true, Host: []string{"outcome"}},
	"meetingRequest": {New: true, Own: []string{"owner", "answer", "reason", "meeting"}},
	"meeting":        {New: true, Own: meetingFields}, "minutesSection": {New: true, Host: []string{"heading", "text", "order"}},
	"evaluation": {New: true, Own: evaluationFields}, "rating": {New: true, Set: []string{"rating"}},
	"transition": {New: true, Own: []string{"from", "to", "date", "owner", "note", "state"}},
	"referral":   {New: true, Own: []string{"state", "answeredAt", "note"}},
	"form":       {New: true, Set: []string{"state", "a."}}, "consent": {New: true}, "consentAnswer": makes,
	"handover": {Own: handoverFields}, "levelEntry": {New: true, Set: levelFields}, "legalMarker": {New: true, Set: markerFields},
	"contactPerson": {Own: []string{"bestTime", "deputy", "meetingTimes"}}, "reach": {Own: []string{"phone", "email", "bestTime"}},
})

// leads is what who answers for the plan may beside: its leader and whoever holds the rope.
var leads = table{
	"task": allTasks, "case": {Set: caseFields}, "child": {Set: []string{"name", "birthYear", "remark"}},
	"track": {New: true, Set: []string{"label", "order"}}, "handover": {New: true, Set: handoverFields},
	"contactPerson": {New: true, Set: contactFields}, "person": {New: true, Set: []string{"name", "title", "sector", "organisation"}},
	"reach":          {New: true, Set: []string{"phone", "email", "bestTime"}},
	"membership":     {New: true, Set: []string{"from", "to"}},
	"tovholder":      {Set: []string{"substitute", "unit"}},
	"meeting":        {New: true, Set: meetingFields},
	"agendaItem":     {New: true, Set: []string{"title", "order", "minutes", "lead"}},
	"meetingRequest": {New: true, Set: []string{"owner", "answer", "reason", "meeting"}},
	"wish":           {New: true, Set: []string{"outcome"}},
	"transition":     {New: true, Set: []string{"from", "to", "date", "owner", "note", "state"}},
	"referral":       {New: true, Set: []string{"state", "answeredAt", "note"}},
	"evaluation":     {New: true, Set: evaluationFields},
	"participant":    {New: true, Own: replyFields, Set: hostedFields},
	"minutesSection": {New: true, Set: []string{"heading", "text", "order"}},
}

// rights is the table of DOMAIN 2.5: what each role may write in a case.
var rights = map[plan.Role]table{
	plan.RoleChild:            with(asks, table{"consentAnswer": makes}), // from the age at which they answer for themselves (R34)
	plan.RoleGuardian:         with(asks, table{"goal": {New: true}, "consentAnswer": makes, "reach": {Own: []string{"phone", "email", "bestTime"}}}),
	plan.RoleNetworkLimited:   speaks,
	plan.RoleCompanion:        takesPart,
	plan.RoleMeetingGuest:     takesPart,
	plan.RoleProfessional:     works,
	plan.RoleProfessionalLead: with(works, leads),
}

// with gives a table with the rows of another laid over it.
func with(below, above table) table {
	t := table{}
	for _, rows := range []table{below, above} {
		for kind, may := range rows {
			t[kind] = may
		}
	}
	return t
}

// inOrganisation is what each role may do from an organisation's space: open cases.
var inOrganisation = map[plan.Role]table{
	plan.RoleProfessional:     {"case": makes},
	plan.RoleProfessionalLead: {"case": makes},
}

// Rights gives what a member may write, by kind.
func Rights(m Member) map[string]plan.May {
	if m.InOrg {
		return inOrganisation[m.Role]
	}
	if own := rights[m.Role]; !m.Tovholder || own == nil {
		return own
	}
	if m.Role == plan.RoleProfessional || m.Role == plan.RoleProfessionalLead {
		return leading
	}
	// A parent who holds the rope keeps everybody's agreements in order, and can hand it on.
	return with(rights[m.Role], table{"task": allTasks, "handover": leads["handover"]})
}

// leading is what somebody at work may who holds the rope.
var leading = with(works, leads)

// Owners names the fields that say whose a record is: one person, or a set of them.
// cmd/typegen writes the same table for the phone.
var Owners = map[string][]string{
	"task": {"responsible", "helpers"}, "participant": {"person"}, "meeting": {"convenor", "chair", "minuteTaker"},
	"handover": {"from", "to"}, "meetingRequest": {"owner"}, "transition": {"owner"}, "referral": {"person"},
	"contactPerson": {"person"}, "reach": {"person"}, "evaluation": {"person"},
}

// Hosted names the field that leads from a record to the meeting whose hosts keep
// it: its convenor, chair and minute taker.
var Hosted = map[string]string{
	"participant": "meeting", "agendaItem": "meeting", "minutesSection": "meeting", "wish": "meeting",
	"task": "sourceMeeting", "goal": "meeting",
}

// MayWrite says whether a member may write a field of a record as it stands. meeting
// is the one the record is hosted by, nil if there is none.
func MayWrite(m Member, r, meeting *plan.Record, field string) bool {
	may := Rights(m)[r.Kind]
	if len(field) > 2 && field[:2] == "a." {
		field = "a."
	}
	return slices.Contains(may.Set, field) || slices.Contains(may.Own, field) && Own(m, r) ||
		hosts(m, r, meeting) && slices.Contains(may.Host, field)
}

// hosts says whether a member keeps a record as a host of its meeting. What was
// agreed leaves their hands when the minutes are shared.
func hosts(m Member, r, meeting *plan.Record) bool {
	isShared := r.Kind == "task" && r.Str("state") != string(plan.TaskDraft)
	return meeting != nil && !isShared && Own(m, meeting)
}

// Deletable are the kinds of records that people may take out of the plan again. What
// has happened (levels, handovers, evaluations, meetings) is history: it is ended,
// cancelled or followed by something new.
var Deletable = []string{"task", "goal", "track", "agendaItem", "participant", "minutesSection", "contactPerson", "transition"}

// MayDelete says whether a member may delete a record, and take that back: who
// keeps all records of its kind in order, the hosts of its meeting, and whoever gives
// up their own parked change.
func MayDelete(m Member, r, meeting *plan.Record) bool {
	switch r.Kind {
	case "parked":
		return r.Str("person") == string(m.Person)
	case "quarantine":
		return m.Tovholder
	}
	may := Rights(m)[r.Kind]
	isKeeper := len(may.Set) > 0 || len(may.Host) > 0 && hosts(m, r, meeting)
	return isKeeper && slices.Contains(Deletable, r.Kind)
}

// Own says whether a record is a member's own: they are responsible, help, or it is about their part.
func Own(m Member, r *plan.Record) bool {
	me := string(m.Person)
	return slices.ContainsFunc(Owners[r.Kind], func(field string) bool {
		return r.Str(field) == me || r.Has(field, me)
	})
}
