package world_test

import (
	"testing"

	. "samspor/backend/world"
)

func TestHealthShowsToOthersAsADateOnly(t *testing.T) { // R39, R41, I4
	w := New(t)
	for who, sees := range map[string]bool{
		"c1-karen": false, "c1-jonas": false, "c1-mikkel": false, // school: no consent lists health from BUC to them
		"c1-line": true, "c1-anders": true, "c1-nadia": true, "c1-signe": true, "c1-thomas": true,
	} {
		p := w.Phone("case-1", who)
		if got := p.Get("c1-t07", "title") != ""; got != sees {
			t.Errorf("%s reads c1-t07: %v, want %v", who, got, sees)
		}
		if p.Get("c1-t07", "due") == "" || p.Get("c1-t07", "responsible") != "c1-line" {
			t.Errorf("%s sees when and whose it is", who)
		}
	}
	if w.Phone("case-1", "c1-karen").Get("c1-t08", "title") == "" {
		t.Error("Karen reads her own task, whatever it is about")
	}
	if w.Phone("case-1", "c1-peter").Get("c1-t08", "title") != "" {
		t.Error("what the school does for the health of a child is the school's and the family's")
	}
	if tea := w.Phone("case-4", "c4-tea"); tea.Get("c4-t4", "title") != "" || tea.Get("c4-t4", "due") == "" {
		t.Error("Ulla's task of health shows to the school with its date only")
	}
}

func TestAConsentIsGivenWhenAllHaveSaidYes(t *testing.T) { // R34, R36, R37
	w := New(t)
	thomas, karen := w.Phone("case-1", "c1-thomas"), w.Phone("case-1", "c1-karen")
	if thomas.Get("c1-c4", "state") != "requested" || karen.Get("c1-t07", "title") != "" {
		t.Fatal("one yes of two opens nothing")
	}
	karen.Wants("consent.notAsked", Record("consentAnswer", "a0", F{"consent": "c1-c4", "answer": "yes"}))
	thomas.Wants("", Record("consentAnswer", "a1", F{"consent": "c1-c4", "answer": "yes"}))
	if thomas.Get("c1-c4", "state") != "given" || thomas.Get("c1-c4", "validTo") != "2027-11-22" {
		t.Errorf("it is %s until %s", thomas.Get("c1-c4", "state"), thomas.Get("c1-c4", "validTo"))
	}
	resets := karen.Resets["case-1"]
	karen.Pull()
	if karen.Get("c1-t07", "title") == "" || karen.Resets["case-1"] != resets+1 {
		t.Error("the school starts afresh and reads it") // the epoch of a consent
	}
	w.Now = w.Now.AddDate(1, 0, 0)
	karen.Pull()
	if karen.Get("c1-t07", "title") != "" {
		t.Error("after a year it has ended by itself")
	}
}

func TestOneYesOfTwoOpensNothing(t *testing.T) { // R34: under 15 all who hold custody say yes
	w := New(t)
	jonas, signe, thomas, karen := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-thomas"), w.Phone("case-1", "c1-karen")
	jonas.Wants("", Record("consent", "new", F{
		"purpose": "Skolen vil kende planen fra BUC.", "categories": []string{"health"}, "fromSectors": []string{"child_psychiatry"},
		"toSectors": []string{"school"}, "requiredFrom": []string{"c1-signe", "c1-thomas"},
	}))
	for _, step := range []struct {
		who    *Phone
		answer string
		state  string
	}{{signe, "yes", "requested"}, {thomas, "no", "declined"}, {thomas, "yes", "given"}} {
		step.who.Pull()
		id := "a-" + string(step.who.Account) + step.answer
		step.who.Wants("", Record("consentAnswer", id[max(0, len(id)-30):], F{"consent": "new", "answer": step.answer}))
		if got := step.who.Get("new", "state"); got != step.state {
			t.Errorf("after %s by %s it is %s, want %s", step.answer, step.who.Account, got, step.state)
		}
		karen.Pull()
		if reads := karen.Get("c1-t07", "title") != ""; reads != (step.state == "given") {
			t.Errorf("while it is %s, the school reads it: %v", step.state, reads)
		}
	}
}

func TestAConsentTakenBackClosesAtOnce(t *testing.T) { // R38, SYNC: withdrawal beats everything
	w := New(t)
	thomas, signe, karen := w.Phone("case-1", "c1-thomas"), w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-karen")
	thomas.Wants("", Record("consentAnswer", "a1", F{"consent": "c1-c4", "answer": "yes"}))
	karen.Pull()
	edit := karen.Change(Edit("c1-t07", F{"title": "x"}))
	signe.Pull()
	signe.Wants("", Record("consentAnswer", "a2", F{"consent": "c1-c4", "answer": "withdrawn"}))
	if got := signe.Get("c1-c4", "state"); got != "withdrawn" {
		t.Errorf("it is %s", got)
	}
	results, err := karen.Send(edit)
	if err != nil || results[0].Code == "" {
		t.Errorf("what she wrote meanwhile is %v, %v; want it parked", results, err)
	}
	karen.Pull()
	if karen.Get("c1-t07", "title") != "" {
		t.Error("she still reads it")
	}
}

func TestAnOralAnswerIsWrittenDownByWhoHeardIt(t *testing.T) { // R36
	w := New(t)
	nadia := w.Phone("case-1", "c1-nadia")
	nadia.Wants("", Record("consentAnswer", "a1", F{"consent": "c1-c4", "person": "c1-thomas", "answer": "yes"}))
	if nadia.Get("a1", "method") != "oral_recorded" || nadia.Get("a1", "recordedBy") != "c1-nadia" || nadia.Get("c1-c4", "state") != "given" {
		t.Errorf("%s by %s, and it is %s", nadia.Get("a1", "method"), nadia.Get("a1", "recordedBy"), nadia.Get("c1-c4", "state"))
	}
	nadia.Wants("consent.notAsked", Record("consentAnswer", "a2", F{"consent": "c1-c4", "person": "c1-signe", "answer": "withdrawn"}))
	nadia.Wants("", Record("consent", "c9", F{
		"purpose": "Dele PPV", "fromSectors": []string{"educational_psychology"}, "toSectors": []string{"school"},
		"categories": []string{"health"}, "requiredFrom": []string{"c1-signe", "c1-thomas"},
	}))
	nadia.Wants("value.missing", Record("consent", "c8", F{"purpose": "Dele PPV"}))
}
