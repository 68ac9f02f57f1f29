package world_test

import (
	"testing"

	. "samspor/backend/world"
)

func TestOnlyTheResponsibleSaysYesToATask(t *testing.T) { // PT8
	w := New(t)
	jonas, karen := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-karen")
	jonas.Wants("task.notYoursToTake", Edit("c1-t08", F{"takenOn": "2026-11-23"}))
	karen.Wants("", Edit("c1-t08", F{"takenOn": "2026-11-23"}))
	jonas.Pull()
	jonas.Wants("", Edit("c1-t08", F{"responsible": "c1-nadia"}))
	if got := jonas.Get("c1-t08", "takenOn"); got != "null" && got != "" {
		t.Errorf("Nadia has not said yes, and it is taken on %s", got)
	}
}

func TestWhoIsStuckSaysWhy(t *testing.T) { // DOMAIN 2.1 Task
	w := New(t)
	karen := w.Phone("case-1", "c1-karen")
	karen.Wants("task.noReason", Edit("c1-t08", F{"state": "blocked"}))
	karen.Wants("", Edit("c1-t08", F{"state": "blocked"}), Record("note", "why", F{"about": "c1-t08", "text": "PPR har ikke svaret"}))
	karen.Wants("", Edit("c1-t08", F{"state": "open"}))
	w.Phone("case-1", "c1-jonas").Wants("task.noReason", Edit("c1-t10", F{"state": "cancelled"}))
}

func TestWhatWasDoneLongAgoStands(t *testing.T) { // DOMAIN 2.1 Task
	w := New(t)
	karen := w.Phone("case-1", "c1-karen")
	karen.Wants("task.doneTooLong", Edit("c1-t02", F{"state": "open"}))
	karen.Wants("", Edit("c1-t08", F{"state": "done"}))
	w.Now = w.Now.AddDate(0, 0, 14)
	karen.Wants("", Edit("c1-t08", F{"state": "in_progress"}))
}

func TestAParentProposesAGoal(t *testing.T) { // PT3, PT4
	w := New(t)
	signe, jonas := w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-jonas")
	signe.Wants("", Record("goal", "g1", F{"title": "Rolige morgener", "state": "active"}))
	if got := signe.Get("g1", "state"); got != "proposed" {
		t.Errorf("it is %s, want proposed: a goal is agreed together", got)
	}
	jonas.Pull()
	jonas.Wants("", Edit("g1", F{"state": "active"}))
	jonas.Wants("move.notAllowed", Edit("g1", F{"state": "proposed"}))
	jonas.Wants("value.missing", Record("goal", "g2", F{"measure": "x"}))
}
