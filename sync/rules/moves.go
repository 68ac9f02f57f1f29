package rules

import "samspor/sync/plan"

// Move is one row of a state table: from here one may go there.
type Move struct{ From, To string }

// Moves are the state tables, by kind and field of the record (DOMAIN 2.1).
// cmd/typegen writes the same table for the phone, so that a button which would
// be refused is never offered.
var Moves = map[string]map[string][]Move{
	"task": {"state": {
		{"open", "in_progress"}, {"in_progress", "open"},
		{"open", "done"}, {"in_progress", "done"}, {"blocked", "done"},
		{"open", "blocked"}, {"in_progress", "blocked"}, {"blocked", "open"},
		{"open", "cancelled"}, {"in_progress", "cancelled"}, {"blocked", "cancelled"},
		{"done", "open"}, {"done", "in_progress"}, {"done", "blocked"}, // undo: back to the state before
		{"draft", "open"}, {"draft", "cancelled"}, // by the sharing of the minutes
	}},
	"goal": {"state": {
		{"draft", "active"}, {"draft", "proposed"}, {"draft", "dropped"},
		{"proposed", "active"}, {"proposed", "dropped"},
		{"active", "achieved"}, {"active", "adjusted"}, {"active", "dropped"},
		{"achieved", "active"}, // it came back
	}},
	"case": {"state": {
		{"draft", "active"}, {"active", "paused"}, {"paused", "active"}, {"active", "closed"}, {"paused", "closed"},
		{"closed", "active"}, // with a reason
	}},
	"meeting": {
		"state": {
			{"draft", "invited"}, {"draft", "cancelled"}, {"invited", "cancelled"}, {"invited", "held"}, {"draft", "held"},
			{"held", "minutes_shared"}, {"minutes_shared", "closed"},
		},
		"minutesState": {{"", "draft"}, {"draft", "shared"}, {"shared", "final"}},
	},
	"handover": {"state": {
		{"proposed", "accepted"}, {"proposed", "declined"}, {"proposed", "withdrawn"}, {"accepted", "completed"},
	}},
	"meetingRequest": {"answer": {{"", "meeting"}, {"", "talk"}, {"", "no"}, {"talk", "meeting"}, {"talk", "no"}, {"no", "meeting"}}},
	"referral": {"state": {
		{"sent", "accepted"}, {"sent", "refused"}, {"accepted", "ended"}, {"accepted", "refused"},
	}},
	"transition": {"state": {{"planned", "done"}, {"done", "planned"}}},
	"form":       {"state": {{"draft", "final"}, {"final", "draft"}, {"final", "sent"}}},
	"participant": {"reply": {
		{"no_reply", "accepted"}, {"no_reply", "tentative"}, {"no_reply", "declined"},
		{"accepted", "tentative"}, {"accepted", "declined"},
		{"tentative", "accepted"}, {"tentative", "declined"},
		{"declined", "accepted"}, {"declined", "tentative"},
	}},
}

// MayMove says whether a field with a state table may go from one value to another.
// A field without a table may hold anything its type allows; staying is always allowed.
func MayMove(kind, field, from, to string) bool {
	table, ok := Moves[kind][field]
	if !ok || from == to {
		return true
	}
	for _, m := range table {
		if m.From == from && m.To == to {
			return true
		}
	}
	return false
}

// first is the state in which a record of a kind with a state table is made.
var first = map[string]map[string][]string{
	"task":           {"state": {string(plan.TaskOpen), string(plan.TaskInProgress), string(plan.TaskDraft)}},
	"goal":           {"state": {"draft", "proposed", "active"}},
	"meeting":        {"state": {string(plan.MeetingDraft)}, "minutesState": {}},
	"participant":    {"reply": {string(plan.ReplyNotInvited)}},
	"handover":       {"state": {string(plan.HandoverProposed)}},
	"meetingRequest": {"answer": {}},
	"referral":       {"state": {"sent", "accepted"}},
	"transition":     {"state": {"planned"}},
	"form":           {"state": {"draft"}},
	"case":           {"state": {"draft", "active"}},
}

// MayStart says whether a new record may begin in this state.
func MayStart(kind, field, state string) bool {
	states, ok := first[kind][field]
	if !ok {
		return true
	}
	for _, s := range states {
		if s == state {
			return true
		}
	}
	return false
}
