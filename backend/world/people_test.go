package world_test

import (
	"slices"
	"strings"
	"testing"

	"samspor/backend/casefile"
	. "samspor/backend/world"
	"samspor/sync/merge"
	"samspor/sync/plan"
)

// begins is what opens a case of a child, with more fields of the case and of the child.
func begins(id string, of, child F) []merge.Op {
	c := F{"kind": "named", "country": "DK", "title": "Et nyt barn", "organisation": string(casefile.OrgID("Gudenå Kommune (fiktiv)")), "models": []string{"randers-5x2"}}
	kid := F{"name": "Lillen"}
	for _, more := range []struct{ into, from F }{{c, of}, {kid, child}} {
		for k, v := range more.from {
			more.into[k] = v
		}
	}
	return []merge.Op{Record("case", id, c), Record("child", "kid", kid), Record("person", "me", F{}), Record("membership", "m1", F{"person": "me"})}
}

func TestAPlanIsForAnyChildHoweverLightItIs(t *testing.T) { // PR1, PR2
	w := New(t)
	tea := w.Phone("case-4", "c4-tea")
	for id, child := range map[string]F{"unborn": nil, "newborn": {"birthYear": 2026}, "grown": {"birthYear": 2009}} {
		for _, grade := range []string{"light", "moderate", "severe"} {
			tea.Space = plan.SpaceID(id + "-" + grade)
			tea.Wants("", begins(string(tea.Space), F{"grade": grade}, child)...)
			if c := string(tea.Space); tea.Get(c, "grade") != grade || tea.Get(c, "state") != "active" || !tea.Sees("randers-5x2") {
				t.Errorf("%s is %s and %s", c, tea.Get(c, "grade"), tea.Get(c, "state"))
			}
		}
	}
	for _, f := range plan.Kinds["child"].Fields { // no person number, and no day of birth to guess it from
		if name := strings.ToLower(f.Name); strings.Contains(name, "number") || strings.Contains(name, "cpr") || strings.Contains(name, "day") {
			t.Errorf("a child is asked for %s", f.Name)
		}
	}
}

func TestAPlanLivesFromItsReferralToItsEnd(t *testing.T) { // PT11
	w := New(t)
	tea := w.Phone("case-4", "c4-tea")
	for _, event := range []string{"concern", "referral", "report"} {
		tea.Space = plan.SpaceID("by-" + event)
		tea.Wants("", begins(string(tea.Space), F{"startedBy": event}, nil)...)
		if got := tea.Get(string(tea.Space), "startedBy"); got != event {
			t.Errorf("it began with %q, want %s", got, event)
		}
	}
	line := w.Phone("case-1", "c1-line")
	line.Wants("", Edit("c1-s3", F{"conveyedAt": "2026-11-20"}),
		Record("levelEntry", "s4", F{"model": "sst-buc-4", "track": "pathway", "level": 4, "from": "2026-11-23", "reason": "Udredningen er slut"}))
	if got := line.Get("case-1", "state"); got != "active" {
		t.Errorf("after psychiatry the plan is %s", got)
	}
}

func TestFamilyAndNetworkAreMembersWhoActThemselves(t *testing.T) { // PR3, PT15
	w := New(t)
	karen := w.Phone("case-1", "c1-karen")
	role := map[string]string{}
	for _, r := range karen.Records["case-1"] {
		if r.Kind == "membership" {
			role[plan.Str(r.F["person"])] = plan.Str(r.F["role"])
		}
	}
	for who, want := range map[string]string{"c1-malthe": "child", "c1-signe": "guardian", "c1-thomas": "guardian", "c1-birthe": "network_limited"} {
		if role[who] != want {
			t.Errorf("%s is %q, want %s", who, role[who], want)
		}
	}
	for who, task := range map[string]string{"c1-thomas": "c1-t09", "c1-birthe": "c1-t13", "c1-malthe": "new"} {
		p := w.Phone("case-1", who)
		if task == "new" {
			task = "own-" + who
			p.Wants("", Record("task", task, F{"title": "Pakke tasken", "responsible": who}))
		}
		p.Wants("", Edit(task, F{"state": "done"}))
		if karen.Pull(); karen.Get(task, "responsible") != who || karen.Get(task, "state") != "done" {
			t.Errorf("%s has done it, and it is %s's and %s", who, karen.Get(task, "responsible"), karen.Get(task, "state"))
		}
		karen.Wants("task.notYours", Edit(task, F{"state": "open"}))
	}
}

func TestEveryProfessionHasItsPlace(t *testing.T) { // PR5
	w := New(t)
	jonas, signe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-signe")
	for title, sector := range map[string]string{
		"kontaktpædagog": "daycare", "klasselærer": "school", "ressourceperson": "school", "sundhedsplejerske": "health_visiting",
		"psykolog": "educational_psychology", "logopæd": "educational_psychology", "Læringscenter": "other", "fremskudt socialrådgiver": "social_services",
		"sagsbehandler": "social_services", "praktiserende læge": "general_practice", "overlæge i BUC": "child_psychiatry",
		"privat børnepsykiater": "child_psychiatry", "sygeplejerske på børneafdelingen": "hospital_paediatrics", "nabo": "network",
	} {
		id := "p-" + sector + "-" + string([]rune(title)[0])
		jonas.Wants("", Record("person", id, F{"name": "Nogen", "title": title, "sector": sector}))
		if signe.Pull(); signe.Get(id, "title") != title || signe.Get(id, "sector") != sector {
			t.Errorf("%s of %s reads as %s of %s", title, sector, signe.Get(id, "title"), signe.Get(id, "sector"))
		}
	}
	jonas.Wants("value.wrongType", Record("person", "p-none", F{"name": "Nogen", "sector": "somewhere"}))
}

func TestWhoComesWhenNeededLeavesAgain(t *testing.T) { // PR11
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Wants("", Record("person", "p9", F{"name": "Tove Krogh", "title": "logopæd", "sector": "educational_psychology"}),
		Record("membership", "m9", F{"person": "p9", "role": "professional"}))
	if got := jonas.Get("m9", "from"); got != "2026-11-23" {
		t.Errorf("she is in it from %s", got)
	}
	jonas.Wants("", Edit("m9", F{"to": "2026-12-03"}))
	jonas.Wants("membership.twice", Record("membership", "m9b", F{"person": "p9", "role": "professional"}))
	w.Now = w.Now.AddDate(0, 0, 14)
	jonas.Wants("", Record("membership", "m9c", F{"person": "p9", "role": "professional"}))
}

func TestEverybodyAtTheTableSeesWhoDoesWhat(t *testing.T) { // PR8, PR9, PT16
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	for _, who := range []string{"c1-signe", "c1-thomas"} {
		p := w.Phone("case-1", who)
		var sectors, models []string
		for id, r := range p.Records["case-1"] {
			switch r.Kind {
			case "task":
				doer := p.Get(string(id), "responsible")
				if doer == "" || p.Get(doer, "name") == "" {
					t.Errorf("%s does not see whose %s is", who, id)
				}
				sectors = append(sectors, p.Get(doer, "sector"))
			case "levelEntry":
				if p.Get(string(id), "to") == "" {
					models = append(models, p.Get(string(id), "model"))
				}
			}
		}
		slices.Sort(sectors)
		if got := slices.Compact(sectors); len(got) < 7 {
			t.Errorf("%s sees the efforts of %v alone", who, got)
		}
		if slices.Sort(models); !slices.Equal(models, []string{"randers-5x2", "randers-5x2", "sst-buc-4"}) {
			t.Errorf("%s sees %v side by side", who, models)
		}
		p.Wants("", Record("note", "n-"+who, F{"about": "c1-t10", "text": "Vi vil gerne være med"})) // PT16
		if jonas.Pull(); jonas.Get("n-"+who, "person") != who {
			t.Errorf("what %s says does not arrive", who)
		}
	}
}

func TestThePlanHoldsWhatIsHardAndWhatHelps(t *testing.T) { // PT6
	w := New(t)
	jonas, signe, birthe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-birthe")
	jonas.Wants("", Edit("case-1", F{"challenges": "Morgenerne", "resources": "Mormor er tæt på", "possibilities": "Klubben om tirsdagen"}))
	for field, want := range map[string]string{"challenges": "Morgenerne", "resources": "Mormor er tæt på", "possibilities": "Klubben om tirsdagen"} {
		signe.Pull()
		birthe.Pull()
		if signe.Get("case-1", field) != want || birthe.Get("case-1", field) != "" {
			t.Errorf("%s: Signe reads %q, Birthe %q", field, signe.Get("case-1", field), birthe.Get("case-1", field))
		}
	}
}

func TestSomebodyAnswersForThePlanAndForWhoIsAway(t *testing.T) { // NO8, TH6
	w := New(t)
	jonas, signe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-signe")
	jonas.Wants("", Edit("case-1", F{"leader": "c1-jonas"}), Edit("c1-tv2", F{"substitute": "c1-nadia", "unit": "Skolens ledelse"}))
	signe.Pull()
	if signe.Get("case-1", "leader") != "c1-jonas" || signe.Get("c1-tv2", "substitute") != "c1-nadia" || signe.Get("c1-tv2", "unit") == "" {
		t.Error("the family does not see who answers when he is away")
	}
	signe.Wants("field.notAllowed", Edit("c1-tv2", F{"substitute": "c1-signe"}))
}

func TestAContactTellsWhenToCall(t *testing.T) { // CP1b, CP2, CP5, CP6
	w := New(t)
	line, signe := w.Phone("case-1", "c1-line"), w.Phone("case-1", "c1-signe")
	way, perPlace := "", map[string]int{}
	for id, r := range signe.Records["case-1"] {
		if r.Kind != "contactPerson" || r.F["to"] != nil {
			continue
		}
		if plan.Str(r.F["bestTime"]) == "" || signe.Get("r-"+plan.Str(r.F["person"]), "phone") == "" {
			t.Errorf("%s does not say when, or on which number", id)
		}
		if perPlace[plan.Str(r.F["sector"])]++; plan.Str(r.F["person"]) == "c1-line" {
			way = string(id)
		}
	}
	for sector, n := range perPlace {
		if n != 1 {
			t.Errorf("in %s the family has %d to call", sector, n)
		}
	}
	line.Wants("", Edit(way, F{"bestTime": "kl. 9-10", "meetingTimes": "onsdag kl. 13, video"}))
	if signe.Pull(); signe.Get(way, "bestTime") != "kl. 9-10" || signe.Get(way, "meetingTimes") == "" {
		t.Error("new times do not arrive")
	}
	w.Phone("case-1", "c1-karen").Wants("field.notAllowed", Edit(way, F{"bestTime": "aldrig"}))
}

func TestEverySectorHasItsWord(t *testing.T) { // PR6: municipality, general practice, psychiatry, specialist, hospital
	jonas := New(t).Phone("case-1", "c1-jonas")
	for _, sector := range []string{"social_services", "general_practice", "child_psychiatry", "specialist", "hospital_paediatrics"} {
		jonas.Wants("", Record("person", "p-"+sector, F{"name": "N. N.", "sector": sector}))
	}
	jonas.Wants("value.wrongType", Record("person", "p-none", F{"name": "N. N.", "sector": "somewhere"}))
	for id, r := range jonas.Records["case-1"] {
		if r.Kind == "person" && plan.Str(r.F["sector"]) == "" {
			t.Errorf("%s has no sector", id)
		}
	}
}

func TestOtherPlansStandAsTheyAre(t *testing.T) { // PR7, PR12: ours points to them; it begins with what is needed
	w := New(t)
	jonas, signe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-signe")
	jonas.Wants("", Edit("case-1", F{"otherPlans": "Børnefaglig undersøgelse, Peter i kommunen", "needs": "Ro om morgenen"}))
	signe.Pull()
	if signe.Get("case-1", "otherPlans") == "" || signe.Get("case-1", "needs") == "" {
		t.Error("the family reads which other plans there are, and what was said to be needed")
	}
}
