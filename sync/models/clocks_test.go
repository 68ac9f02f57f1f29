package models

import (
	"slices"
	"strings"
	"testing"

	"samspor/sync/plan"
)

func clock(t *testing.T, id plan.ModelID, n int, deadline string) Deadline {
	t.Helper()
	for _, d := range level(t, id, n).Deadlines {
		if d.ID == deadline {
			return d
		}
	}
	t.Fatalf("%s level %d has no deadline %s", id, n, deadline)
	return Deadline{}
}

func wantClock(t *testing.T, d Deadline, op string, days int, unit Unit, anchor string) {
	t.Helper()
	if d.Op != op || d.Days != days || d.Unit != unit || d.Anchor != anchor {
		t.Errorf("%s: got %s %d %s %s", d.ID, d.Op, d.Days, d.Unit, d.Anchor)
	}
}

func TestTheTwoFiveDayRulesBelongToTheirModels(t *testing.T) { // DL1 DL2 TN1 R13 R14
	for _, n := range []int{3, 4} {
		wantClock(t, clock(t, "randers-5x2", n, "agenda_sent"), "before", 5, "working", "meeting")
	}
	for _, n := range []int{2, 3, 4} {
		wantClock(t, clock(t, "sst-buc-4", n, "meeting_held"), "after", 5, "working", "invitation")
	}
	for _, n := range []int{1, 2, 5} {
		if got := level(t, "randers-5x2", n).Deadlines; len(got) != 0 {
			t.Errorf("Randers level %d has no clock of meetings: got %v", n, got)
		}
	}
}

func TestAContinuingLevelFourIsLookedAtEveryHalfYear(t *testing.T) { // DL3 R9
	for n := 1; n <= 5; n++ {
		want := 0
		if n == 4 {
			want = 6
		}
		if got := level(t, "randers-5x2", n).ReviewEvery; got != want {
			t.Errorf("level %d: got %d months, want %d", n, got, want)
		}
	}
}

func TestWonderingIsDecidedInFourteenDays(t *testing.T) { // BTI level 0
	wantClock(t, clock(t, "no-bti-0-3", 0, "decided"), "after", 14, "calendar", "level_start")
}

func TestTheMunicipalTreatmentAimsAtItsTalks(t *testing.T) { // DOMAIN 2.3, step 2
	wantClock(t, clock(t, "sst-buc-4", 2, "first_talk"), "after", 14, "calendar", "request")
	wantClock(t, clock(t, "sst-buc-4", 2, "screening_talk"), "after", 30, "calendar", "request")
}

func TestWhatIsUncertainIsMarked(t *testing.T) {
	if d := clock(t, "sst-buc-4", 3, "discharge_told"); !d.Uncertain {
		t.Error("the eight days before discharge come from an older text")
	}
	if !legal(t, "randers-5x2", "report_receipt").Uncertain {
		t.Error("whether Saturday counts is not certain")
	}
}

func legal(t *testing.T, id plan.ModelID, marker string) Legal {
	t.Helper()
	for _, l := range all(t)[id].Legal {
		if l.ID == marker {
			return l
		}
	}
	t.Fatalf("%s has no legal marker %s", id, marker)
	return Legal{}
}

func TestLegalMarkersCountDownAsTheLawDoes(t *testing.T) { // DL4 R28 TN6
	for marker, want := range map[string]struct {
		Limit
		law string
	}{
		"report_assessed":      {Limit{24, "hour", "report_received"}, "barnets lov §§ 132-137"},
		"report_receipt":       {Limit{6, "weekday", "report_received"}, "barnets lov §§ 132-137"},
		"child_assessment":     {Limit{4, "month", "need_known"}, "barnets lov §§ 18-20"}, // DL4
		"childs_plan":          {Limit{3, "month", "support_decided"}, "barnets lov § 91"},
		"childs_plan_followup": {Limit{3, "month", "support_started"}, "barnets lov § 95"},
	} {
		got := legal(t, "randers-5x2", marker)
		if got.Limit == nil || *got.Limit != want.Limit || got.Law != want.law || got.Date == "" || got.Source == "" {
			t.Errorf("%s: got %+v, limit %+v", marker, got, got.Limit)
		}
	}
	for marker, was := range map[string]string{"child_assessment": "serviceloven § 50", "early_support": "serviceloven § 11, stk. 3"} { // TN6
		if got := legal(t, "randers-5x2", marker).Was; got != was {
			t.Errorf("%s: got %q, want %q", marker, got, was)
		}
	}
}

func TestTheSameLawReadsTheSameInBothDanishModels(t *testing.T) {
	a, b := all(t)["randers-5x2"].Legal, all(t)["sst-buc-4"].Legal
	if !slices.EqualFunc(a, b, func(x, y Legal) bool {
		lx, ly := x.Limit, y.Limit
		x.Limit, y.Limit = nil, nil
		return x == y && (lx == nil) == (ly == nil) && (lx == nil || *lx == *ly)
	}) {
		t.Error("change the law in both files")
	}
}

func TestTheChildsRightsAreThere(t *testing.T) { // R44
	for marker, law := range map[string]string{"childs_right_to_companion": "barnets lov § 6", "childs_party_rights": "barnets lov § 3"} {
		if got := legal(t, "randers-5x2", marker); got.Kind != "right" || got.Law != law {
			t.Errorf("%s: got %+v", marker, got)
		}
	}
}

func TestANorwegianPlanKnowsItsWordsAndRoles(t *testing.T) { // NO1
	terms := listed(all(t)["no-bti-0-3"].Terms, func(x Term) string { return x.ID })
	for _, want := range []string{"coordinator", "ansvarsgruppe", "samarbeidsmote", "droftingsmote", "helsesykepleier", "sosiallaerer", "fysioterapeut", "barnevern", "fastlege"} {
		if !slices.Contains(terms, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestChildrenOfSevenToTwelveAreAFullTargetGroup(t *testing.T) { // NO2 PR1
	for id, m := range all(t) {
		if a := m.Local.Ages; a.From != 0 || a.To < 18 {
			t.Errorf("%s: got %d to %d", id, a.From, a.To)
		}
	}
}

func TestNorwegianDutiesAreReferencesThatCanBeChanged(t *testing.T) { // NO3
	for marker, want := range map[string]string{
		"health_cooperates": "helse- og omsorgstjenesteloven § 3-1", "school_cooperates": "opplæringslova § 15-8", "child_welfare_cooperates": "barnevernloven § 3-2",
	} {
		got := legal(t, "no-bti-0-3", marker)
		if got.Kind != "duty" || got.Law != want && got.Was != want {
			t.Errorf("%s: got %+v", marker, got)
		}
	}
}

func TestTheModelSaysWhoGetsACoordinatorAndAGroup(t *testing.T) { // NO4
	for marker, law := range map[string]string{"coordinator": "§ 7-2", "child_coordinator": "§ 7-2 a"} {
		if got := legal(t, "no-bti-0-3", marker); got.Kind != "right" || !strings.HasSuffix(got.Law, law) {
			t.Errorf("%s: got %+v", marker, got)
		}
	}
	group, ok := all(t)["no-bti-0-3"].Meeting("ansvarsgruppe", 3)
	if !ok || group.ConvenorRole.Name.NB != "Koordinatoren" {
		t.Errorf("the coordinator calls the group: got %+v", group.ConvenorRole)
	}
}

func TestNobodyIsLostWhenPsychiatryEndsOrRefuses(t *testing.T) { // NO6
	for id, want := range map[plan.ModelID]int{"sst-buc-4": 10, "no-bti-0-3": 10, "randers-5x2": 0} {
		if got := all(t)[id].Rules.SafetyNetDays; got != want {
			t.Errorf("%s: got %d working days, want %d", id, got, want)
		}
	}
}

func TestBTIIsAModelOnItsOwn(t *testing.T) { // NO10
	m := all(t)["no-bti-0-3"]
	if len(m.Levels) != 4 || m.Rules.ConsentRequiredFrom == nil || *m.Rules.ConsentRequiredFrom != 1 {
		t.Errorf("got %d levels, consent required from %v", len(m.Levels), m.Rules.ConsentRequiredFrom)
	}
	if !strings.Contains(m.About.NB, "ikke hvor alvorlig") {
		t.Errorf("the level is how many help, not how bad it is: got %q", m.About.NB)
	}
}

func route(t *testing.T, id plan.ModelID, name string) Route {
	t.Helper()
	for _, r := range all(t)[id].Concern {
		if r.ID == name {
			return r
		}
	}
	t.Fatalf("%s has no route %s", id, name)
	return Route{}
}

func TestAConcernGoesTheMunicipalitysOwnWayAtOnce(t *testing.T) { // EX1 EX2 EX3 TN3 DL5 R29 R31
	centre := route(t, "randers-5x2", "family_centre")
	if centre.Email != "underretning@randers.dk" || centre.Link == "" || !centre.Urgent {
		t.Errorf("got %+v", centre)
	}
	if !strings.Contains(centre.Text.DA, "med det samme") || !strings.Contains(centre.Advice.DA, "Vent aldrig") {
		t.Errorf("at once wins over the local routine: got %q, %q", centre.Text.DA, centre.Advice.DA)
	}
	for id, phones := range map[plan.ModelID]map[string]string{
		"randers-5x2": {"emergency": "112"}, "sst-buc-4": {"emergency": "112"},
		"no-bti-0-3": {"emergency": "112", "police": "02800", "alarm_phone": "116111"},
	} {
		for name, want := range phones {
			if got := route(t, id, name).Phone; got != want {
				t.Errorf("%s %s: got %q, want %q", id, name, got, want)
			}
		}
	}
}

func TestAKnownCaseHasItsSocialWorkerAsContact(t *testing.T) { // EX5 CP7
	if got := route(t, "randers-5x2", "own_social_worker").Text.DA; !strings.Contains(got, "sag") {
		t.Errorf("got %q", got)
	}
	if !slices.Contains(lineIDs(level(t, "randers-5x2", 4).ProcedureOut), "own_social_worker") {
		t.Error("the way to level 5 does not say it")
	}
}

func TestTheAgeOfOwnConsentIsFifteenUntilSomebodyChangesIt(t *testing.T) { // TN7 CC7
	for id, m := range all(t) {
		if m.Local.ConsentAge != 15 {
			t.Errorf("%s: got %d", id, m.Local.ConsentAge)
		}
	}
}

func TestAWishForAMeetingIsAnsweredInFiveWorkingDays(t *testing.T) { // R21
	for id, m := range all(t) {
		if m.Rules.RequestAnsweredIn != 5 {
			t.Errorf("%s: got %d", id, m.Rules.RequestAnsweredIn)
		}
	}
}
