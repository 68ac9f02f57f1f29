package world_test

import (
	"strings"
	"testing"
	"time"

	"samspor/backend/casefile"
	. "samspor/backend/world"
	"samspor/sync/hub"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

func TestLimitedMembersSeeTheCoreAndTheirOwn(t *testing.T) { // R45
	w := New(t)
	birthe := w.Phone("case-1", "c1-birthe")
	kinds := map[string]int{}
	for _, r := range birthe.Records["case-1"] {
		kinds[r.Kind]++
	}
	for _, hidden := range []string{"goal", "levelEntry", "note", "consent", "minutesSection", "agendaItem", "form", "evaluation"} {
		if kinds[hidden] > 0 {
			t.Errorf("Birthe sees %d records of kind %s", kinds[hidden], hidden)
		}
	}
	if kinds["task"] != 1 || !birthe.Sees("c1-t13") {
		t.Errorf("Birthe sees %d tasks, want her own one", kinds["task"])
	}
	malthe := w.Phone("case-1", "c1-malthe")
	if malthe.Get("c1-m3", "start") == "" || malthe.Get("c1-m3", "purpose") != "" {
		t.Error("of a meeting he is asked to he sees when it is, and not what it is for")
	}
	if birthe.Sees("c1-m3") || malthe.Sees("c1-m4") {
		t.Error("of a meeting that one is not asked to, one sees nothing")
	}
	if birthe.Get("r-c1-jonas", "phone") == "" {
		t.Error("the tovholder can be called by everybody in the case (R1)")
	}
	if birthe.Sees("r-c1-thomas") {
		t.Error("a parent's number is not for everybody")
	}
	if birthe.Get("case-1", "title") != "" || birthe.Get("child-1", "name") != "Malthe" {
		t.Error("of the case she sees whose it is, and not what is said of it")
	}
}

func TestAMemberWhoSeesNothingHearsOfNothing(t *testing.T) { // R43, R45
	w := New(t)
	if len(w.Phone("case-4", "c4-jesper").Last.Spaces) > 0 {
		t.Error("a parent without access must have no case in the list, no name, no count")
	}
	if w.Accounts["case-3/c3-leif"] != "" {
		t.Error("somebody who is only listed does not sign in")
	}
}

func TestProtectedContactIsForThePersonAndTheTovholderOnly(t *testing.T) { // R42, T2
	w := New(t)
	for person, sees := range map[string]bool{"c4-laura": true, "c4-jonas": true, "c4-tea": false, "c4-nadia": false, "c4-ulla": false} {
		p := w.Phone("case-4", person)
		if got := p.Get("r-c4-laura", "address") != ""; got != sees {
			t.Errorf("%s sees the protected address: %v, want %v", person, got, sees)
		}
	}
}

func TestPersonsOfTwoCasesHaveOneList(t *testing.T) {
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	if jonas.Account != w.Accounts["case-4/c4-jonas"] {
		t.Fatal("one person in two cases must have one sign-in")
	}
	if len(jonas.Records["case-1"]) == 0 || len(jonas.Records["case-4"]) == 0 || len(jonas.Records["case-2"]) > 0 {
		t.Error("Jonas has Malthe's and Freja's plan, and no other")
	}
}

func TestMembershipEndsOnItsLastDay(t *testing.T) { // T4
	w := New(t)
	w.Now = time.Date(2026, 10, 9, 12, 0, 0, 0, time.UTC)
	sofie := w.Phone("case-1", "c1-sofie")
	if !sofie.Sees("c1-g1") {
		t.Fatal("on her last day Sofie still has access")
	}
	w.Now = w.Now.Add(24 * time.Hour)
	sofie.Pull()
	if len(sofie.Records["case-1"]) > 0 || len(sofie.Last.Removed) != 1 || sofie.Last.Removed[0].Why != "membershipEnded" {
		t.Errorf("the day after it is gone, and she is told why: %+v", sofie.Last.Removed)
	}
	if got := sofie.Refused(Set("c1-t08", "state", "done")); got != hub.Gone {
		t.Errorf("a push of somebody who lost access: got %s, want gone", got)
	}
}

func TestForbiddenAbsentAndMalformedSpacesAreOneAnswer(t *testing.T) { // T8, rows 49-51
	w := New(t)
	signe := w.Phone("case-1", "c1-signe")
	for _, space := range []string{"case-2", "case-4", "no-such-case", "../etc", "", strings.Repeat("x", 41)} {
		signe.Space = plan.SpaceID(space)
		if got := signe.Refused(Set("c2-t1", "state", "done")); got != hub.NotFound {
			t.Errorf("%q: got %s, want not-found", space, got)
		}
		out, err := w.Hub.Pull(signe.Account, &wire.Pull{Client: "c", Schema: 1, Only: []plan.SpaceID{plan.SpaceID(space)}})
		if err != nil || len(out.Spaces)+len(out.Added)+len(out.Removed) > 0 {
			t.Errorf("%q: a pull says %+v, %v", space, out, err)
		}
	}
}

func TestAChangedRightStartsThePhoneAfresh(t *testing.T) {
	w := New(t)
	w.Now = time.Date(2026, 10, 25, 12, 0, 0, 0, time.UTC) // Tea is Freja's tovholder until this day
	tea := w.Phone("case-4", "c4-tea")
	if tea.Get("r-c4-laura", "address") == "" {
		t.Fatal("the tovholder sees the protected address")
	}
	if len(tea.Me["case-4"].May["task"].Set) == 0 {
		t.Fatal("the tovholder may change everybody's tasks")
	}
	w.Now = w.Now.Add(24 * time.Hour)
	tea.Pull()
	if tea.Resets["case-4"] != 2 || tea.Sees("r-c4-laura") || len(tea.Me["case-4"].May["task"].Set) > 0 {
		t.Error("who hands the rope on keeps neither what only its holder sees, nor what only its holder may do")
	}
}

func TestOpeningACaseOnThePhone(t *testing.T) {
	w := New(t)
	org := string(casefile.OrgID("Gudenå Kommune (fiktiv)"))
	tea := w.Phone("case-4", "c4-tea")
	if !tea.Me[plan.SpaceID(org)].May["case"].New {
		t.Fatal("a professional of the municipality may open a case")
	}
	opening := func(edit func(ops []merge.Op) []merge.Op) []merge.Op {
		ops := []merge.Op{
			Make("case", "new-case", "kind", "named", "country", "DK", "title", "Ida, 1. klasse", "organisation", org),
			Make("child", "kid", "name", "Ida"),
			Make("person", "me", "name", "Somebody Else"),
			Make("membership", "m1", "person", "me", "role", "professional_lead"),
			Make("track", "institution", "label", "Skole"),
		}
		ops[0].New["models"] = plan.Value(`["randers-5x2"]`)
		if edit != nil {
			ops = edit(ops)
		}
		return ops
	}
	tea.Space = "new-case"
	for name, edit := range map[string]func([]merge.Op) []merge.Op{
		"without a child":  func(o []merge.Op) []merge.Op { return append(o[:1:1], o[2:]...) },
		"without a member": func(o []merge.Op) []merge.Op { return o[:3] },
		"with a second member": func(o []merge.Op) []merge.Op {
			return append(o, Make("membership", "m2", "person", "me", "role", "guardian"))
		},
		"of another organisation":    func(o []merge.Op) []merge.Op { o[0].New["organisation"] = plan.String("case-1"); return o },
		"under another id":           func(o []merge.Op) []merge.Op { o[0].Rec = "other"; return o },
		"with a kind not for a case": func(o []merge.Op) []merge.Op { return append(o, Make("consent", "c", "purpose", "p")) },
		"with something but new records": func(o []merge.Op) []merge.Op {
			return append(o, merge.Op{Rec: "kid", Kind: "child", Set: map[string]plan.Value{"name": plan.Value(`{"a":[1]}`)}})
		},
		"with a note somebody else signed": func(o []merge.Op) []merge.Op {
			return append(o, Make("note", "n", "about", "kid", "text", "t", "person", "p9"))
		},
		"with an unknown model": func(o []merge.Op) []merge.Op { o[0].New["models"] = plan.Value(`["no-such"]`); return o },
	} {
		if got := tea.Refused(opening(edit)...); got != hub.NotFound {
			t.Errorf("%s: got %s, want not-found", name, got)
		}
	}
	want(t, tea.Do(opening(nil)...), wire.OK, "")
	tea.Pull()
	if tea.Get("me", "name") != "Tea Lindgaard" || tea.Get("m1", "role") != "professional" {
		t.Error("who opens a case is who the organisation says, with no more than their own role")
	}
	if !tea.Sees("randers-5x2") || tea.Me["new-case"].Person != "me" || tea.Get("new-case", "state") != "active" {
		t.Error("the new case must come with its model and its first member")
	}
	want(t, tea.Do(Make("task", "first", "title", "Ringe til mor", "responsible", "me")), wire.OK, "")

	signe := w.Phone("case-1", "c1-signe")
	signe.Space = "signes-case"
	ops := opening(nil)
	ops[0].Rec = "signes-case"
	if got := signe.Refused(ops...); got != hub.NotFound {
		t.Errorf("a parent opens a case: got %s, want not-found", got)
	}
}

func TestAGroupWithoutNamesHasNoChild(t *testing.T) { // R11
	w := New(t)
	org := string(casefile.OrgID("Gudenå Kommune (fiktiv)"))
	emil := w.Phone("case-2", "c2-emil")
	emil.Space = "group"
	ops := []merge.Op{
		Make("case", "group", "kind", "anonymous_group", "country", "DK", "title", "En gruppe", "organisation", org),
		Make("person", "me"), Make("membership", "m1", "person", "me"), Make("child", "kid", "name", "Ida"),
	}
	if got := emil.Refused(ops...); got != hub.NotFound {
		t.Errorf("got %s, want not-found", got)
	}
	if got := emil.Refused(append(ops, Make("child", "kid2", "name", "Bo"))...); got != hub.NotFound {
		t.Errorf("with two children: got %s, want not-found", got)
	}
	want(t, emil.Do(ops[:3]...), wire.OK, "")
}

func TestARefusedOpeningTouchesNothingElseInThePush(t *testing.T) {
	w := New(t)
	tea := w.Phone("case-4", "c4-tea")
	good := tea.Change(Make("note", "n1", "about", "c4-t1", "text", "hej"))
	tea.Space = "bad-case"
	bad := tea.Change(Make("case", "bad-case", "kind", "named", "country", "DK"))
	_, err := tea.Send(good, bad)
	r, ok := err.(*hub.Refused)
	if !ok || r.Reason != hub.NotFound || r.Change != 1 {
		t.Fatalf("got %#v, want the second change refused", err)
	}
	tea.Space = "case-4"
	if tea.Pull(); tea.Sees("n1") {
		t.Error("of a refused push nothing is applied")
	}
	if results, err := tea.Send(good); err != nil || results[0].R != wire.OK {
		t.Errorf("the rest goes through at once: got %v, %v", results, err)
	}
}
