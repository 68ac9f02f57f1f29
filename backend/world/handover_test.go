package world_test

import (
	"testing"

	. "samspor/backend/world"
)

var open1 = []string{"c1-t11"} // what Jonas has still to do in case-1

func TestTheRopeStaysUntilItIsTaken(t *testing.T) { // R1, R2, TH1, TH3
	w := New(t)
	jonas, nadia, signe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-nadia"), w.Phone("case-1", "c1-signe")
	jonas.Wants("", Edit("c1-ho2", F{"state": "withdrawn"}))
	jonas.Wants("", Record("handover", "h1", F{"to": "c1-nadia", "reason": "Nadia er tættere på", "openTasks": open1, "moved": open1, "effectiveFrom": "2026-11-23"}))
	signe.Pull()
	if signe.Get("h1", "from") != "c1-jonas" || signe.Get("h1", "state") != "proposed" || signe.Get("c1-tv2", "to") != "" {
		t.Fatal("until Nadia says yes, Jonas holds the rope")
	}
	if got := signe.Get("c1-t11", "responsible"); got != "c1-jonas" {
		t.Errorf("nothing moves before she says yes: got %s", got)
	}
	jonas.Wants("handover.notYours", Edit("h1", F{"state": "accepted"}))
	nadia.Pull()
	nadia.Wants("", Edit("h1", F{"state": "accepted"}))
	signe.Pull()
	if signe.Get("h1", "state") != "accepted" || signe.Get("c1-tv2", "to") != "2026-11-22" {
		t.Errorf("got %s, the old one until %s", signe.Get("h1", "state"), signe.Get("c1-tv2", "to"))
	}
	if got := signe.Get("c1-t11", "responsible"); got != "c1-nadia" {
		t.Errorf("the task that was to move is %s's", got)
	}
	held := 0
	for _, r := range signe.Records["case-1"] {
		if r.Kind == "tovholder" && string(r.F["person"]) == `"c1-nadia"` {
			held++
			if got := string(r.F["scope"]); got != `["home","institution","pathway"]` {
				t.Errorf("she holds %s, want all that he held", got)
			}
		}
	}
	if held != 1 {
		t.Errorf("Nadia holds %d assignments", held)
	}
}

func TestAHandoverIsCompleteWhenEverybodyKnows(t *testing.T) { // R3, TH2
	w := New(t)
	jonas, nadia := w.Phone("case-4", "c4-jonas"), w.Phone("case-4", "c4-nadia")
	jonas.Wants("", Record("handover", "h1", F{"to": "c4-nadia", "reason": "ferie"}))
	nadia.Pull()
	nadia.Wants("", Edit("h1", F{"state": "accepted"}))
	jonas.Pull()
	jonas.Wants("handover.notAllTold", Edit("h1", F{"state": "completed"}))
	for _, who := range []string{"c4-laura", "c4-tea", "c4-ulla"} {
		p := w.Phone("case-4", who)
		p.Wants("", Record("acknowledgement", "ack-"+who, F{"handover": "h1"}))
		if p.Get("ack-"+who, "person") != who || p.Get("ack-"+who, "how") != "seen" {
			t.Errorf("%s is noted as %s, %s", who, p.Get("ack-"+who, "person"), p.Get("ack-"+who, "how"))
		}
	}
	jonas.Pull()
	if got := jonas.Get("h1", "state"); got != "accepted" {
		t.Fatalf("Freja has not been told, and the handover is %s", got)
	}
	tea := w.Phone("case-4", "c4-tea")
	tea.Wants("handover.notYours", Record("acknowledgement", "ack-x", F{"handover": "h1", "person": "c4-freja"}))
	jonas.Wants("", Record("acknowledgement", "ack-freja", F{"handover": "h1", "person": "c4-freja"}))
	if jonas.Get("ack-freja", "how") != "phone" || jonas.Get("h1", "state") != "completed" {
		t.Errorf("told by %s, the handover is %s", jonas.Get("ack-freja", "how"), jonas.Get("h1", "state"))
	}
}

func TestAHandoverSettlesEveryOpenAgreement(t *testing.T) { // TH2
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Wants("", Edit("c1-ho2", F{"state": "withdrawn"}))
	propose := func(id string, f F) { // each under its own id
		f["to"], f["reason"] = "c1-nadia", "ny plan"
		jonas.Wants("handover.tasksOpen", Record("handover", id, f))
	}
	propose("h1", F{})
	propose("h2", F{"openTasks": []string{"c1-t10"}})
	jonas.Wants("", Record("handover", "h3", F{"to": "c1-nadia", "reason": "ny plan", "openTasks": open1, "ended": open1}))
	nadia := w.Phone("case-1", "c1-nadia")
	nadia.Wants("", Edit("h3", F{"state": "accepted"}))
	if got := nadia.Get("c1-t11", "state"); got != "cancelled" {
		t.Errorf("what was to end is %s", got)
	}
}

func TestARopeGoesOnlyToSomebodyWithAccess(t *testing.T) { // R4
	w := New(t)
	marit := w.Phone("case-3", "c3-marit")
	tasks := []string{"c3-t4", "c3-t11", "c3-t12"}
	for id, to := range map[string]string{"h-leif": "c3-leif", "h-self": "c3-marit"} {
		marit.Wants("handover.noAccess", Record("handover", id, F{"to": to, "reason": "x", "openTasks": tasks}))
	}
	marit.Wants("handover.noReason", Record("handover", "h-dumb", F{"to": "c3-said", "openTasks": tasks}))
	marit.Wants("", Record("handover", "h-said", F{"to": "c3-said", "reason": "x", "openTasks": tasks}))
	marit.Wants("handover.waiting", Record("handover", "h-twice", F{"to": "c3-torstein", "reason": "x", "openTasks": tasks}))
	torstein := w.Phone("case-3", "c3-torstein")
	torstein.Wants("field.notAllowed", Edit("h-said", F{"state": "declined"}))
	said := w.Phone("case-3", "c3-said")
	said.Wants("", Edit("h-said", F{"state": "declined"}))
	if got := said.Get("c3-tv2", "to"); got != "" {
		t.Errorf("a no changes nothing, and her time ends %s", got)
	}
}

func TestALeaderHandsOverForATovholderWhoIsAway(t *testing.T) { // TH6
	w := New(t)
	kari := w.Phone("case-3", "c3-kari")
	tasks := []string{"c3-t4", "c3-t11", "c3-t12"}
	kari.Wants("", Record("handover", "h1", F{"to": "c3-kari", "reason": "syk", "openTasks": tasks, "moved": tasks}))
	if got := kari.Get("h1", "from"); got != "c3-marit" {
		t.Errorf("it is from %s, want who holds the rope", got)
	}
	said := w.Phone("case-3", "c3-said")
	said.Wants("field.notAllowed", Record("handover", "h2", F{"to": "c3-said", "reason": "x"}))
}

func TestPartOfTheRopeStays(t *testing.T) { // TN5: one per track
	w := New(t)
	jonas, tea := w.Phone("case-4", "c4-jonas"), w.Phone("case-4", "c4-tea")
	jonas.Wants("", Record("handover", "h1", F{"to": "c4-tea", "reason": "skolen", "scope": []string{"institution"}}))
	tea.Pull()
	tea.Wants("", Edit("h1", F{"state": "accepted"}))
	holds := map[string]string{}
	for _, r := range tea.Records["case-4"] {
		if _, ended := r.F["to"]; r.Kind == "tovholder" && !ended {
			holds[string(r.F["person"])] = string(r.F["scope"])
		}
	}
	if holds[`"c4-tea"`] != `["institution"]` || holds[`"c4-jonas"`] != `["home"]` {
		t.Errorf("got %v", holds)
	}
}

func TestNobodyLeavesWithTheRopeOrOpenAgreements(t *testing.T) { // R1
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	member := func(person string) string {
		for id, r := range jonas.Records["case-1"] {
			if r.Kind == "membership" && string(r.F["person"]) == `"`+person+`"` {
				return string(id)
			}
		}
		return ""
	}
	jonas.Wants("membership.holdsRope", Edit(member("c1-jonas"), F{"to": "2026-11-30"}))
	jonas.Wants("membership.tasksOpen", Edit(member("c1-peter"), F{"to": "2026-11-30"}))
	jonas.Wants("", Edit(member("c1-mikkel"), F{"to": "2026-11-30"}))
	karen := w.Phone("case-1", "c1-karen")
	karen.Wants("field.notAllowed", Edit(member("c1-mikkel"), F{"to": "2026-11-25"}))
	jonas.Wants("membership.twice", Record("membership", "again", F{"person": "c1-karen", "role": "professional"}))
}

func TestEverybodyCanSayThatTheyKnow(t *testing.T) { // R3: also who sees only the core of a plan
	w := New(t)
	jonas, nadia := w.Phone("case-4", "c4-jonas"), w.Phone("case-4", "c4-nadia")
	jonas.Wants("", Record("handover", "h1", F{"to": "c4-nadia", "reason": "ferie"}))
	for _, who := range []string{"c4-laura", "c4-tea", "c4-ulla", "c4-freja"} {
		p := w.Phone("case-4", who)
		if isFreja := who == "c4-freja"; isFreja && (p.Get("h1", "to") != "c4-nadia" || p.Get("h1", "reason") != "") {
			t.Error("Freja sees who is asked, and not what is said about it")
		}
		p.Wants("", Record("acknowledgement", "ack-"+who, F{"handover": "h1"}))
	}
	nadia.Pull()
	nadia.Wants("", Edit("h1", F{"state": "accepted"}))
	if got := nadia.Get("h1", "state"); got != "completed" {
		t.Errorf("everybody knew before she said yes, and it is %s", got)
	}
}

func TestALeaderTellsTheOthersWhenTheTovholderIsGone(t *testing.T) { // TH6
	w := New(t)
	kari := w.Phone("case-3", "c3-kari")
	tasks := []string{"c3-t4", "c3-t11", "c3-t12"}
	kari.Wants("", Record("handover", "h1", F{"to": "c3-said", "reason": "syk", "openTasks": tasks, "moved": tasks}))
	said := w.Phone("case-3", "c3-said")
	said.Wants("", Edit("h1", F{"state": "accepted"}))
	kari.Pull()
	kari.Wants("", Record("acknowledgement", "a1", F{"handover": "h1", "person": "c3-ola"}))
	kari.Wants("move.notAllowed", Edit("h1", F{"state": "withdrawn"}))
	kari.Wants("", Record("handover", "h2", F{"to": "c3-torstein", "reason": "x", "openTasks": append(tasks, "c3-t8")}))
	kari.Wants("", Edit("h2", F{"state": "withdrawn"}))
}
