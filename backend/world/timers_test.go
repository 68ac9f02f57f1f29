package world_test

import (
	"context"
	"slices"
	"testing"
	"time"

	. "samspor/backend/world"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// due gives what is due for one record, kind by kind, as local times.
func due(t *testing.T, w *World, rec string) map[plan.TimerKind]string {
	t.Helper()
	all, err := w.Hub.DueUntil(w.Now.AddDate(5, 0, 0), 10_000)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	found := map[plan.TimerKind]string{}
	for _, d := range all {
		if string(d.Rec) == rec {
			found[d.Kind] = time.Unix(d.At, 0).In(zone).Format("2006-01-02 15:04")
		}
	}
	return found
}

func same(t *testing.T, got, want map[plan.TimerKind]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for kind, at := range want {
		if got[kind] != at {
			t.Errorf("%s: got %s, want %s", kind, got[kind], at)
		}
	}
}

func TestEveryDeadlineHasItsTimerInTheSameCommit(t *testing.T) { // DL7, R49
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Wants("", Record("task", "t1", F{"title": "x", "responsible": "c1-jonas", "due": "2026-12-24"}))
	same(t, due(t, w, "t1"), map[plan.TimerKind]string{
		"task.soon": "2026-12-21 08:00", "task.due": "2026-12-24 08:00", "task.late": "2026-12-28 08:00", "task.overdue": "2026-12-30 08:00",
	})
	jonas.Wants("", Edit("t1", F{"due": "2026-11-25"}))
	same(t, due(t, w, "t1"), map[plan.TimerKind]string{
		"task.due": "2026-11-25 08:00", "task.late": "2026-11-26 08:00", "task.overdue": "2026-11-30 08:00",
	})
	jonas.Wants("", Edit("t1", F{"state": "done"}))
	same(t, due(t, w, "t1"), nil)
	jonas.Wants("", Edit("t1", F{"state": "open"}))
	jonas.Wants("", Edit("t1", F{"due": nil}))
	same(t, due(t, w, "t1"), nil)
}

func TestAgendasReviewsAndAnswersHaveTheirTimers(t *testing.T) { // R13, R9, R18, R21, DL7
	w := New(t)
	same(t, due(t, w, "c1-m4"), map[plan.TimerKind]string{"meeting.agenda": "2026-11-25 08:00"})
	jonas := draft(t, w, F{})
	jonas.Wants("", send)
	same(t, due(t, w, "c1-m4"), map[plan.TimerKind]string{"meeting.soon": "2026-12-02 08:00", "meeting.minutes": "2026-12-07 08:00"})
	signe := w.Phone("case-1", "c1-signe")
	signe.Wants("", Record("meetingRequest", "q1", F{"background": "Morgenerne"}))
	same(t, due(t, w, "q1"), map[plan.TimerKind]string{"request.asked": "2026-11-23 08:00", "request.answer": "2026-11-27 08:00"})
	signe.Wants("", Record("wish", "w1", F{"meeting": "c1-m4", "wish": "Mormor"}))
	same(t, due(t, w, "w1"), map[plan.TimerKind]string{"wish.answer": "2026-11-27 08:00"})
}

func TestWhatWasHandedOverIsEmptiedAfterThirtyDays(t *testing.T) { // SYNC, Losing access
	w := New(t)
	peter, jonas := w.Phone("case-1", "c1-peter"), w.Phone("case-1", "c1-jonas")
	change := peter.Change(Edit("c1-t10", F{"state": "done"}))
	for rec, r := range jonas.Records["case-1"] {
		if r.Kind == "membership" && string(r.F["person"]) == `"c1-peter"` {
			op := Edit(string(rec), F{"to": "2026-11-22"})
			op.Kind = "membership"
			if _, err := w.Hub.Amend(context.Background(), "case-1", []merge.Op{op}); err != nil {
				t.Fatal(err)
			}
		}
	}
	receipt, err := w.Hub.Quarantine(context.Background(), peter.Account, wire.Handover{Client: peter.Client, Space: "case-1", Changes: []wire.Change{change}})
	if err != nil {
		t.Fatal(err)
	}
	id := string(receipt.Receipt)
	for _, days := range []int{29, 31} {
		w.Now = DemoNow.AddDate(0, 0, days)
		want := days < 30
		if _, err := w.Hub.Sweep(context.Background()); err != nil {
			t.Fatal(err)
		}
		jonas.Pull()
		if got := jonas.Get(id, "changes") != "" && jonas.Get(id, "changes") != "null"; got != want {
			t.Errorf("after %d days it is there: %v, want %v", days, got, want)
		}
	}
}

// tells gives who is told of a record now, kind by kind.
func tells(t *testing.T, w *World, rec string) map[plan.TimerKind][]plan.PersonID {
	t.Helper()
	due, err := w.Hub.DueUntil(w.Now.AddDate(5, 0, 0), 10_000)
	if err != nil {
		t.Fatal(err)
	}
	found := map[plan.TimerKind][]plan.PersonID{}
	for _, d := range due {
		if string(d.Rec) != rec {
			continue
		}
		told, err := w.Hub.Tell(d.Space, d.Rec, d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range told.To {
			found[d.Kind] = append(found[d.Kind], x.Person)
		}
		slices.Sort(found[d.Kind])
	}
	return found
}

func wantTold(t *testing.T, got map[plan.TimerKind][]plan.PersonID, kind plan.TimerKind, who ...plan.PersonID) {
	t.Helper()
	if !slices.Equal(got[kind], who) {
		t.Errorf("%s tells %v, want %v", kind, got[kind], who)
	}
}

func TestAReminderGoesToWhomItConcerns(t *testing.T) { // R49
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Wants("", Record("task", "t1", F{"title": "x", "responsible": "c1-karen", "helpers": []string{"c1-signe"}, "due": "2026-12-10"}))
	got := tells(t, w, "t1")
	wantTold(t, got, "task.given", "c1-karen")
	wantTold(t, got, "task.soon", "c1-karen")
	wantTold(t, got, "task.due", "c1-karen", "c1-signe")
	wantTold(t, got, "task.late", "c1-karen")
	wantTold(t, got, "task.overdue", "c1-jonas") // who holds the rope
	jonas.Wants("", Edit("t1", F{"title": "y"}))
	if _, still := tells(t, w, "t1")["task.given"]; !still {
		t.Error("a change a moment later takes away what is still to be told")
	}
	w.Phone("case-1", "c1-karen").Wants("", Record("task", "t2", F{"title": "x", "responsible": "c1-karen", "due": "2026-12-10"}))
	if _, told := tells(t, w, "t2")["task.given"]; told {
		t.Error("nobody is told of what they gave themselves")
	}
	jonas.Wants("", Edit("t1", F{"state": "done"}))
	for kind, people := range tells(t, w, "t1") {
		if len(people) > 0 {
			t.Errorf("done, and %s still tells %v", kind, people)
		}
	}
}

func TestNobodyIsToldWhoHasLeftOrMayNotSeeIt(t *testing.T) { // R49, T2: rights and membership of the moment
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Wants("", Record("task", "t1", F{"title": "x", "responsible": "c1-mikkel", "due": "2026-12-10"}))
	wantTold(t, tells(t, w, "t1"), "task.due", "c1-mikkel")
	for id, r := range jonas.Records["case-1"] {
		if r.Kind == "membership" && plan.Str(r.F["person"]) == "c1-mikkel" {
			_, err := w.Hub.Amend(context.Background(), "case-1", []merge.Op{
				{Rec: id, Kind: "membership", Set: map[string]plan.Value{"to": plan.String("2026-11-22")}},
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	wantTold(t, tells(t, w, "t1"), "task.due")
}

func TestWhatHasJustHappenedIsToldAtOnce(t *testing.T) { // R49: an invitation, a handover, minutes, a consent
	w := New(t)
	jonas := draft(t, w, F{})
	jonas.Wants("", send)
	invited := 0
	for id, r := range jonas.Records["case-1"] {
		if r.Kind == "participant" && plan.Str(r.F["meeting"]) == "c1-m4" {
			invited += len(tells(t, w, string(id))["meeting.invited"])
		}
	}
	if invited != 9 { // all ten but who calls it
		t.Errorf("%d are told of their invitation", invited)
	}
	got := tells(t, w, "c1-m4")
	if len(got["meeting.soon"]) != 10 || len(got["meeting.minutes"]) != 1 {
		t.Errorf("got %v", got)
	}
	jonas.Wants("", Record("consent", "k", F{
		"purpose": "x", "categories": []string{"health"}, "fromSectors": []string{"child_psychiatry"},
		"toSectors": []string{"school"}, "requiredFrom": []string{"c1-signe", "c1-thomas"},
	}))
	wantTold(t, tells(t, w, "k"), "consent.asked", "c1-signe", "c1-thomas")
	w.Phone("case-1", "c1-signe").Wants("", Record("consentAnswer", "a", F{"consent": "k", "answer": "yes"}))
	wantTold(t, tells(t, w, "k"), "consent.asked", "c1-thomas")
}

func TestWhenItGetsWorseTheTovholderAndTheContactsAreTold(t *testing.T) { // PT14b
	w := New(t)
	karen := w.Phone("case-1", "c1-karen")
	karen.Wants("", Record("evaluation", "e", F{"track": "institution"}), Record("rating", "better", F{"evaluation": "e", "goal": "c1-g1", "rating": "good_progress"}))
	karen.Wants("", Record("rating", "worse", F{"evaluation": "e", "goal": "c1-g2", "rating": "worse"}))
	if told := tells(t, w, "better"); len(told) != 0 {
		t.Errorf("of what gets better %v are told", told)
	}
	got := tells(t, w, "worse")["plan.worse"]
	if !slices.Contains(got, "c1-jonas") || len(got) < 2 || slices.Contains(got, "c1-karen") {
		t.Errorf("told are %v", got)
	}
}
