package world_test

import (
	"testing"

	. "samspor/backend/world"
)

// held brings c1-m4 past its time, and gives its convenor with a first part of the minutes.
func held(t *testing.T, w *World) *Phone {
	t.Helper()
	jonas := draft(t, w, F{})
	jonas.Wants("", send)
	jonas.Wants("", Edit("c1-m4", F{"state": "held"}))
	jonas.Wants("", Record("minutesSection", "s1", F{"meeting": "c1-m4", "heading": "Siden sidst", "text": "Malthe er i skole hver dag.", "order": "a"}))
	return jonas
}

func TestSharingMinutesPublishesWhatWasAgreedInOneStep(t *testing.T) { // R23, PT1, PT2, MT4b
	w := New(t)
	jonas := held(t, w)
	signe, nadia := w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-nadia")
	jonas.Wants("", Record("task", "a1", F{"title": "Ringe til PPR", "state": "draft", "sourceMeeting": "c1-m4"}))
	jonas.Wants("", Record("goal", "g1", F{"title": "Sove hele natten", "state": "draft", "meeting": "c1-m4", "childWords": "jeg vil sove"}))
	for _, p := range []*Phone{signe, nadia} {
		if p.Pull(); p.Sees("s1") || p.Sees("a1") || p.Sees("g1") {
			t.Fatal("nobody reads a draft before it is shared")
		}
	}
	jonas.Wants("minutes.taskIncomplete", Edit("c1-m4", F{"minutesState": "shared"}))
	jonas.Wants("", Edit("a1", F{"responsible": "c1-karen", "due": "2026-12-10"}))
	jonas.Wants("minutes.taskIncomplete", Record("task", "a2", F{"title": "Skema", "state": "draft", "sourceMeeting": "c1-m4", "responsible": "c1-karen"}),
		Edit("c1-m4", F{"minutesState": "shared"}))
	before := signe.Base["case-1"]
	jonas.Wants("", Edit("c1-m4", F{"minutesState": "shared"}))
	signe.Pull()
	if signe.Base["case-1"] != jonas.Base["case-1"] || signe.Base["case-1"] <= before {
		t.Error("it is one commit")
	}
	if signe.Get("s1", "text") == "" || signe.Get("a1", "state") != "open" || signe.Get("g1", "state") != "active" || signe.Get("c1-m4", "state") != "minutes_shared" {
		t.Errorf("shared: text %q, task %s, goal %s, meeting %s", signe.Get("s1", "text"), signe.Get("a1", "state"), signe.Get("g1", "state"), signe.Get("c1-m4", "state"))
	}
}

func TestMinutesAreSharedWithSomethingInThem(t *testing.T) { // MT4b, MT19
	w := New(t)
	jonas := draft(t, w, F{"childHow": "not_now"})
	jonas.Wants("", send)
	jonas.Wants("", Edit("c1-m4", F{"state": "held", "minutesState": "draft"}))
	jonas.Wants("minutes.empty", Edit("c1-m4", F{"minutesState": "shared"}))
	jonas.Wants("", Record("minutesSection", "s1", F{"meeting": "c1-m4", "text": "Vi talte om søvn.", "order": "a"}))
	for id, r := range jonas.Records["case-1"] {
		if r.Kind == "participant" && string(r.F["meeting"]) == `"c1-m4"` && string(r.F["person"]) == `"c1-malthe"` {
			jonas.Wants("", Edit(string(id), F{"attendance": "absent"}))
		}
	}
	jonas.Wants("minutes.childAbsent", Edit("c1-m4", F{"minutesState": "shared"}))
	jonas.Wants("", Edit("c1-m4", F{"minutesState": "shared", "childAbsent": "Malthe ville hellere skrive"}))
}

func TestOnlyTheHostsWriteTheMinutes(t *testing.T) { // R15, CC5
	w := New(t)
	jonas := held(t, w)
	nadia := w.Phone("case-1", "c1-nadia")
	nadia.Wants("meeting.notYours", Record("minutesSection", "k1", F{"meeting": "c1-m4", "text": "mit referat", "order": "b"}))
	nadia.Wants("meeting.notYours", Record("task", "k2", F{"title": "x", "state": "draft", "sourceMeeting": "c1-m4"}))
	jonas.Wants("", Edit("c1-m4", F{"minuteTaker": "c1-nadia"}))
	nadia.Pull()
	if !nadia.Sees("s1") {
		t.Error("who takes the minutes reads the draft")
	}
	nadia.Wants("", Record("minutesSection", "k3", F{"meeting": "c1-m4", "text": "mit referat", "order": "b"}))
}

func TestARemarkStandsBesideTheMinutes(t *testing.T) { // R25
	w := New(t)
	thomas := w.Phone("case-1", "c1-thomas")
	thomas.Wants("", Record("remark", "r1", F{"meeting": "c1-m3", "text": "Jeg sagde torsdag"}))
	if thomas.Get("r1", "person") != "c1-thomas" || thomas.Get("r1", "at") == "" {
		t.Error("a remark is signed")
	}
	thomas.Wants("field.notAllowed", Edit("r1", F{"text": "noget andet"}))
	thomas.Wants("field.notAllowed", Record("remark", "r2", F{"meeting": "c1-m3", "text": "x", "person": "c1-signe"}))
	thomas.Wants("", Record("receipt", "read", F{"about": "c1-m3"})) // NO9
	if thomas.Get("read", "person") != "c1-thomas" {
		t.Error("a receipt is signed")
	}
}
