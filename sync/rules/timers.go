package rules

import (
	"slices"
	"time"

	"samspor/sync/calendar"
	"samspor/sync/plan"
)

// morning is when people are reminded (R49).
const morning = "08:00"

// Clock is what timers are counted with: the working days and the zone of a plan.
type Clock struct {
	Days calendar.Calendar
	Zone *time.Location
}

// Timers gives the moments at which somebody has to be told about a record, or the
// server has to look at it: one before each deadline runs out (DL7, R49). Only what
// lies ahead counts; what has passed when it is written down was never missed. What
// somebody has to be told at once has its timer now, in the very change that caused it.
func Timers(r *plan.Record, c Clock, now time.Time) []plan.Timer {
	rules := timers[r.Kind]
	if rules == nil || r.Del {
		return nil
	}
	var ahead []plan.Timer
	rules(timing{r, c, func(kind plan.TimerKind, day plan.Day) {
		at, err := calendar.Local(day, morning, c.Zone)
		if err == nil && at.After(now) {
			ahead = append(ahead, plan.Timer{At: at.Unix(), Kind: kind})
		}
	}, func(kind plan.TimerKind) {
		if t := (plan.Timer{At: now.Unix(), Kind: kind}); !slices.Contains(ahead, t) {
			ahead = append(ahead, t)
		}
	}})
	if r.Kind == "quarantine" {
		if at, err := calendar.ParseInstant(r.Str("until")); err == nil {
			ahead = append(ahead, plan.Timer{At: at.Unix(), Kind: "quarantine"})
		}
	}
	return ahead
}

// timing is one record being looked at.
type timing struct {
	r   *plan.Record
	c   Clock
	add func(plan.TimerKind, plan.Day)
	now func(plan.TimerKind)
}

// wrote gives who wrote a field in the very last change of the record; nobody where it
// was written before, or by an import.
func (t timing) wrote(field string) plan.PersonID {
	s, ok := t.r.F[field]
	if !ok || s.Seq != t.r.Seq || s.V.Kind() == 'n' {
		return ""
	}
	return s.By
}

// at tells at once of a field that was just written, by somebody else than who is told.
func (t timing) at(kind plan.TimerKind, field string, but plan.PersonID) {
	if by := t.wrote(field); by != "" && by != but {
		t.now(kind)
	}
}

func (t timing) day(field string) plan.Day { return plan.Day(t.r.Str(field)) }

// of gives the day of a moment.
func (t timing) of(field string) plan.Day {
	at, err := calendar.ParseInstant(t.r.Str(field))
	if err != nil {
		return ""
	}
	return calendar.DayOf(at, t.c.Zone)
}

func (t timing) before(kind plan.TimerKind, day plan.Day, n int) {
	if day != "" {
		t.add(kind, t.c.Days.WorkdaysBefore(day, n))
	}
}

func (t timing) after(kind plan.TimerKind, day plan.Day, n int) {
	if day != "" {
		t.add(kind, t.c.Days.WorkdaysAfter(day, n))
	}
}

// timers says for each kind of record when it is time.
var timers = map[string]func(timing){
	"task": func(t timing) {
		switch plan.TaskState(t.r.Str("state")) {
		case plan.TaskOpen, plan.TaskInProgress, plan.TaskBlocked:
			due, who := t.day("due"), plan.PersonID(t.r.Str("responsible"))
			if t.r.Str("state") == string(plan.TaskOpen) && t.r.Seq != t.r.Born { // minutes were shared, or it was opened again
				t.at("task.given", "state", who)
			}
			given := plan.TimerKind("task.given")
			if t.r.Str("type") == "call" { // CP: a contact person is asked to ring today
				given = "call.today"
			}
			t.at(given, "responsible", who)
			t.before("task.soon", due, 3)
			t.add("task.due", due)
			t.after("task.late", due, 1)
			t.after("task.overdue", due, 3) // to whoever holds the rope
		}
	},
	"meeting": func(t timing) {
		start := t.of("start")
		if t.r.Str("minutesState") == string(plan.MinutesShared) {
			t.at("meeting.shared", "minutesState", "")
		}
		switch plan.MeetingState(t.r.Str("state")) {
		case plan.MeetingDraft:
			t.before("meeting.agenda", t.day("agendaDeadline"), 1)
		case plan.MeetingInvited:
			if start != "" { // the day before, or Friday before a Monday
				eve := start.AddDays(-1)
				if !t.c.Days.IsWorkday(eve) {
					eve = t.c.Days.WorkdaysBefore(start, 1)
				}
				t.add("meeting.soon", eve)
			}
			t.after("meeting.minutes", start, 2) // MT4b
		case plan.MeetingHeld:
			t.after("meeting.minutes", start, 2)
		}
	},
	"participant": func(t timing) {
		if t.r.Str("reply") == string(plan.ReplyNone) {
			t.at("meeting.invited", "invitedAt", plan.PersonID(t.r.Str("person")))
			t.after("meeting.answer", t.of("invitedAt"), 2)
		}
	},
	"wish": func(t timing) {
		if t.r.Str("outcome") == "" {
			t.before("wish.answer", t.day("due"), 1)
		}
	},
	"meetingRequest": func(t timing) {
		if t.r.Str("answer") == "" {
			t.at("request.asked", "owner", plan.PersonID(t.r.Str("owner")))
			t.before("request.answer", t.day("answerDue"), 1)
		}
	},
	"handover": func(t timing) {
		switch plan.HandoverState(t.r.Str("state")) {
		case plan.HandoverAccepted, plan.HandoverCompleted:
			t.at("handover.done", "acceptedAt", plan.PersonID(t.r.Str("from")))
		case plan.HandoverProposed:
			t.at("handover.asked", "state", plan.PersonID(t.r.Str("to")))
			t.after("handover.answer", t.of("proposedAt"), 2)
		}
	},
	"levelEntry": func(t timing) {
		if t.r.Str("to") == "" {
			t.before("level.review", t.day("nextReview"), 5)
			t.before("level.decision", t.day("decisionDeadline"), 1)
		}
	},
	"legalMarker": func(t timing) {
		if t.r.Str("endedAt") == "" {
			t.before("law.due", t.day("due"), 10)
		}
	},
	"consent": func(t timing) {
		if t.r.Str("state") == "requested" {
			t.at("consent.asked", "state", "")
		}
		if t.r.Str("state") == "given" && t.day("validTo") != "" {
			t.add("consent.ends", t.day("validTo").AddDays(-30)) // R37
		}
	},
	"rating": func(t timing) { // PT14b: it has become worse
		if t.r.Str("rating") == "worse" {
			t.at("plan.worse", "rating", "")
		}
	},
	"quarantine": func(timing) {},
}
