package models

import (
	"slices"
	"strings"
	"testing"

	"samspor/sync/plan"
)

// level gives a level of the newest version of a model.
func level(t *testing.T, id plan.ModelID, n int) Level {
	t.Helper()
	for _, l := range all(t)[id].Levels {
		if l.N == n {
			return l
		}
	}
	t.Fatalf("%s has no level %d", id, n)
	return Level{}
}

// listed gives the ids of a list.
func listed[T any](list []T, id func(T) string) (found []string) {
	for _, x := range list {
		found = append(found, id(x))
	}
	return found
}

func choiceIDs(list []Choice) []string { return listed(list, func(c Choice) string { return c.ID }) }
func lineIDs(list []Line) []string     { return listed(list, func(l Line) string { return l.ID }) }

func wantList[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// outcomes gives where each outcome of a level leads, with its sign.
func outcomes(l Level) (signs string, next [][]int) {
	for _, o := range l.Outcomes {
		signs += string(o.Sign)
		next = append(next, o.Next)
	}
	return signs, next
}

func wantOutcomes(t *testing.T, l Level, signs string, next ...[]int) {
	t.Helper()
	gotSigns, got := outcomes(l)
	if gotSigns != signs || !slices.EqualFunc(got, next, slices.Equal) {
		t.Errorf("level %d: got %s %v, want %s %v", l.N, gotSigns, got, signs, next)
	}
}

// sectors gives the sectors of those who are surely asked, at an age.
func coreSectors(l Level, age Age) (found []plan.Sector) {
	for _, p := range l.Circle(age) {
		for _, s := range p.Sectors {
			if p.Need == Core && !slices.Contains(found, s) {
				found = append(found, s)
			}
		}
	}
	slices.Sort(found)
	return found
}

func anySector(l Level, s plan.Sector, need Need) bool {
	return slices.ContainsFunc(l.Participants, func(p Participant) bool { return p.Need == need && slices.Contains(p.Sectors, s) })
}

func TestTheMunicipalityActsOnStepOnePossiblyWithTheDoctor(t *testing.T) { // LS2
	one := level(t, "sst-buc-4", 1)
	for _, s := range []plan.Sector{"school", "daycare", "educational_psychology", "health_visiting", "social_services", "family"} {
		if !anySector(one, s, Core) {
			t.Errorf("%s is not among those of step 1", s)
		}
	}
	if !anySector(one, "general_practice", Possible) || !anySector(one, "other", Possible) {
		t.Error("the doctor or another competence cannot take part")
	}
	wantOutcomes(t, one, "+-", []int{1}, []int{2})
}

func TestTheWayThroughPsychiatryIsAChecklistByPhase(t *testing.T) { // LS2c NO8c
	var phases []Phase
	for _, l := range all(t)["sst-buc-4"].Levels {
		for _, x := range l.ProcedureOut {
			if x.Phase != "" && !slices.Contains(phases, x.Phase) {
				phases = append(phases, x.Phase)
			}
		}
	}
	wantList(t, "phases", phases, []Phase{"referral", "assessment", "treatment", "ending"})
	for id, m := range all(t) {
		for _, l := range m.Levels {
			if len(l.ProcedureOut) == 0 {
				t.Errorf("%s level %d has no checklist", id, l.N)
			}
		}
	}
}

func TestTheLadderSaysWhoWorksWhereAndThatStepsRise(t *testing.T) { // LS2b LS8
	m := all(t)["sst-buc-4"]
	if !anySector(level(t, m.ID, 3), "child_psychiatry", Core) || anySector(level(t, m.ID, 1), "child_psychiatry", Core) {
		t.Error("psychiatry belongs to step 3 and not to step 1")
	}
	if !strings.Contains(m.About.EN, "step") || m.Rules.ClosesEarlier {
		t.Errorf("steps run side by side: got %q, closes earlier %t", m.About.EN, m.Rules.ClosesEarlier)
	}
	if !anySector(level(t, m.ID, 3), "school", Core) { // LS8: municipal help runs in parallel
		t.Error("the municipality is gone from step 3")
	}
}

func TestStepsOneToTwoAskForTheEvaluation(t *testing.T) { // LS3
	wantList(t, "evaluation on", all(t)["sst-buc-4"].Rules.EvaluationExpectedOn, []Move{"1>2"})
}

func TestEffortOnStepTwoHasAKind(t *testing.T) { // LS4
	wantList(t, "kinds", choiceIDs(all(t)["sst-buc-4"].Rules.EffortKinds[2]), []string{"social", "psychological", "educational"})
	wantOutcomes(t, level(t, "sst-buc-4", 2), "+-", []int{1, 2}, []int{3})
}

func TestStepThreeIsReachedByReferral(t *testing.T) { // LS5
	wantList(t, "referrals", choiceIDs(all(t)["sst-buc-4"].Rules.EntryWays[3]), []string{"municipality", "doctor", "doctor_specialist"})
}

func TestStepThreeHasThreeThingsToConvey(t *testing.T) { // LS6
	wantList(t, "to convey", choiceIDs(all(t)["sst-buc-4"].Rules.ToConvey[3]), []string{"diagnosis", "treatment", "results"})
}

func TestStepFourNamesWhoFollowsTheMedicine(t *testing.T) { // LS7
	wantList(t, "agreements", choiceIDs(all(t)["sst-buc-4"].Rules.ToAgree[4]), []string{"continues", "medicine"})
	wantOutcomes(t, level(t, "sst-buc-4", 4), "++-", []int{4}, []int{1}, []int{2, 3})
}

func TestEveryChildInRandersIsOnLevelOne(t *testing.T) { // LS10
	r := all(t)["randers-5x2"].Rules
	if r.EveryChildAt == nil || *r.EveryChildAt != 1 || r.StartAt != 1 {
		t.Errorf("got %+v", r)
	}
}

func TestLevelOneIsTheHousesOwnPeopleWithChildAndParents(t *testing.T) { // LS13 PR4
	one := level(t, "randers-5x2", 1)
	wantList(t, "before daycare", coreSectors(one, BeforeInstitution), []plan.Sector{"family", "health_visiting", "network"})
	wantList(t, "in daycare or school", coreSectors(one, Institution), []plan.Sector{"daycare", "family", "network", "school"})
	for _, p := range one.Participants {
		for _, s := range p.Sectors {
			if !slices.Contains([]plan.Sector{"family", "network", "daycare", "school", "health_visiting"}, s) {
				t.Errorf("%s comes from outside", s)
			}
		}
	}
}

func TestTheDoctorBelongsToTheBroadCooperation(t *testing.T) { // NO7
	if !anySector(level(t, "no-bti-0-3", 3), "general_practice", Core) {
		t.Error("the fastlege is not among those of level 3")
	}
}

func TestRandersAsksWhyALevelIsSkipped(t *testing.T) { // R5 LS11 LS12
	r := all(t)["randers-5x2"].Rules
	wantList(t, "warnings", r.WarnOn, []Move{"1>3"})
	if r.SkipAllowed != "with_reason" || !slices.Contains(lineIDs(level(t, "randers-5x2", 1).ProcedureOut), "discussed_at_2") {
		t.Errorf("got %q", r.SkipAllowed)
	}
	if bti := all(t)["no-bti-0-3"].Rules; bti.SkipAllowed != "freely" {
		t.Errorf("in BTI moving both ways is normal: got %q", bti.SkipAllowed)
	}
}

func TestTheOutcomesOfRandersLeadWhereTheModelSays(t *testing.T) { // LS14 LS17 LS19 LS22 LS26
	for n, want := range map[int]struct {
		signs string
		next  [][]int
	}{
		1: {"+-", [][]int{{1}, {2, 3}}},
		2: {"++-", [][]int{{1}, {2}, {3}}},
		3: {"++-", [][]int{{1}, {3}, {4}}},
		4: {"++-", [][]int{{4}, {3}, {4, 5}}},
		5: {"+-", [][]int{{1, 3, 4}, {5}}},
	} {
		wantOutcomes(t, level(t, "randers-5x2", n), want.signs, want.next...)
	}
}

func TestLeavingLevelOneNeedsTheLeader(t *testing.T) { // R6 LS15
	wantList(t, "leader required on", all(t)["randers-5x2"].Rules.LeaderRequiredOn, []Move{"1>2"})
	wantList(t, "checklist", lineIDs(level(t, "randers-5x2", 1).ProcedureOut), []string{"leader_involved", "leader_role", "next_tovholder", "discussed_at_2"})
}

func TestOnlyLevelTwoTakesUnnamedChildren(t *testing.T) { // LS16b LS18 LS21
	wantList(t, "anonymous at", all(t)["randers-5x2"].Rules.AnonymousAllowedAt, []int{2})
	for n, want := range map[int]Attribute{1: "", 2: Consultative, 3: Consultative, 4: Specialised, 5: Specialised} {
		if got := level(t, "randers-5x2", n).Attribute; got != want {
			t.Errorf("level %d: got %q, want %q", n, got, want)
		}
	}
}

func TestThreeToFourAsksForProcessAssessmentsAndFollowUp(t *testing.T) { // LS20 LS20b LS20c
	wantList(t, "assessments required on", all(t)["randers-5x2"].Rules.AssessmentsRequiredOn, []Move{"3>4"})
	got := lineIDs(level(t, "randers-5x2", 3).ProcedureOut)
	wantList(t, "checklist", got[:3], []string{"process_agreed", "assessments", "follow_up"})
}

func TestLevelFourStoresWhatItStartsFrom(t *testing.T) { // LS21
	wantList(t, "starting points", choiceIDs(all(t)["randers-5x2"].Rules.StartingPoints[4]), []string{"meeting", "ppv"})
}

func TestFourToFiveExpectsTheAdviser(t *testing.T) { // LS23
	wantList(t, "adviser expected on", all(t)["randers-5x2"].Rules.AdviserExpectedOn, []Move{"4>5"})
}

func TestLevelFiveHasThreeWaysIn(t *testing.T) { // LS24
	wantList(t, "ways", choiceIDs(all(t)["randers-5x2"].Rules.EntryWays[5]), []string{"family", "adviser", "report"})
}

func TestLevelFiveChecksWhatTheCentreOwes(t *testing.T) { // LS25 LS25b LS27 LS27b LS27c CC2
	wantList(t, "checklist", lineIDs(level(t, "randers-5x2", 5).ProcedureOut),
		[]string{"report_assessed", "others_join", "risk_and_protection", "decided_together", "parents_agree", "progress_told"})
}

func TestEveryModelExplainsItsWords(t *testing.T) { // LS29 LS29b
	for id, m := range all(t) {
		if len(m.Terms) < 6 || m.About.DA == "" {
			t.Errorf("%s: %d terms, about %q", id, len(m.Terms), m.About.DA)
		}
	}
	about := all(t)["randers-5x2"].About.EN
	for _, part := range []string{"fewer children", "from outside", "the one child"} {
		if !strings.Contains(about, part) {
			t.Errorf("%q does not say %q", about, part)
		}
	}
}

func TestEachKindOfMeetingHasItsLevels(t *testing.T) { // MT1
	for _, c := range []struct {
		id    plan.ModelID
		level int
		kind  plan.MeetingKind
	}{
		{"randers-5x2", 2, "konsultativt_moede"}, {"randers-5x2", 3, "tvaerfagligt_netvaerksmoede"}, {"randers-5x2", 4, "tvaerfagligt_netvaerksmoede"},
		{"randers-5x2", 5, "inddragende_netvaerksmoede"}, {"sst-buc-4", 3, "tvaersektorielt_netvaerksmoede"}, {"no-bti-0-3", 2, "samarbeidsmote"},
	} {
		if got := level(t, c.id, c.level).MeetingKind; got != c.kind {
			t.Errorf("%s level %d: got %q, want %q", c.id, c.level, got, c.kind)
		}
	}
}

func TestEveryKindOfMeetingHasItsOwnAgenda(t *testing.T) { // MT14 MT15 MT16 FM3
	for _, c := range []struct {
		id     plan.ModelID
		kind   plan.MeetingKind
		level  int
		agenda []string
	}{
		{"randers-5x2", "konsultativt_moede", 2, []string{"issue", "works", "community", "goals", "roles", "next"}},
		{"randers-5x2", "tvaerfagligt_netvaerksmoede", 3, []string{"views", "earlier", "options", "roles"}},    // MT14
		{"randers-5x2", "tvaerfagligt_netvaerksmoede", 4, []string{"start", "running", "options", "roles"}},    // MT15
		{"randers-5x2", "inddragende_netvaerksmoede", 5, []string{"information", "resources", "coordination"}}, // MT16
		{"sst-buc-4", "tvaersektorielt_netvaerksmoede", 3, []string{"family", "challenges", "needs", "responsibilities", "next"}},
		{"no-bti-0-3", "ansvarsgruppe", 3, []string{"family", "situation", "evaluation", "goals", "responsibilities", "next"}},
	} {
		m, ok := all(t)[c.id].Meeting(c.kind, c.level)
		if !ok {
			t.Errorf("%s has no %s on level %d", c.id, c.kind, c.level)
		}
		wantList(t, string(c.kind), choiceIDs(m.Agenda), c.agenda)
	}
	if _, ok := all(t)["randers-5x2"].Meeting("ansvarsgruppe", 3); ok {
		t.Error("Randers has no ansvarsgruppe")
	}
}

func TestTheModelSaysWhoCallsAMeeting(t *testing.T) { // R15 MT17 MT22
	for n := 2; n <= 4; n++ {
		if got := level(t, "randers-5x2", n).ConvenorRole.Role; got != string(plan.RoleProfessionalLead) {
			t.Errorf("level %d: got %q", n, got)
		}
	}
	five := level(t, "randers-5x2", 5)
	if !slices.Contains(five.ConvenorRole.Sectors, "social_services") || !slices.Contains(five.ChairRole.Sectors, "social_services") {
		t.Errorf("the centre calls and chairs on level 5: got %+v, %+v", five.ConvenorRole, five.ChairRole)
	}
	if got := level(t, "sst-buc-4", 3).ConvenorRole.Role; got != "inviter" {
		t.Errorf("BUC or municipality, whoever invites: got %q", got)
	}
	if got := level(t, "no-bti-0-3", 2).ConvenorRole.Role; got != "tovholder" {
		t.Errorf("the stafettholder calls in BTI: got %q", got)
	}
	wantList(t, "only relevant professions", all(t)["randers-5x2"].Rules.RelevantOnlyAt, []int{3, 4}) // R20 MT17b
	wantList(t, "consent to take part", all(t)["randers-5x2"].Rules.ConsentToTakePartAt, []int{5})    // CC1
}

func TestEachLevelUsesItsForm(t *testing.T) { // FM3 FM4 FM5
	for n, want := range map[int]plan.FormTemplate{1: "", 2: "groent-skema", 3: "gult-skema", 4: "gult-skema", 5: ""} {
		if got := level(t, "randers-5x2", n).FormID; got != want {
			t.Errorf("level %d: got %q, want %q", n, got, want)
		}
	}
	if got := level(t, "sst-buc-4", 3).FormID; got != "netvaerksmoedeskabelon" {
		t.Errorf("BUC: got %q", got)
	}
}

func TestWhoIsInvitedFollowsTheChildsAge(t *testing.T) { // MT18 MT20
	for n, want := range map[int]map[Age][]plan.Sector{
		3: {BeforeInstitution: {"family", "health_visiting"}, Institution: {"daycare", "family", "network", "school"}},
		4: {BeforeInstitution: {"family", "health_visiting"}, Institution: {"daycare", "family", "school"}},
	} {
		for age, sectors := range want {
			wantList(t, string(age), coreSectors(level(t, "randers-5x2", n), age), sectors)
		}
	}
	if !anySector(level(t, "randers-5x2", 3), "network", AdHoc) || anySector(level(t, "randers-5x2", 4), "network", AdHoc) {
		t.Error("helpers of the network come ad hoc on level 3 alone")
	}
}

func TestTheChildTakesPartAsTheLevelSays(t *testing.T) { // MT19
	for n, want := range map[int]TakesPart{2: "", 3: "as_far_as_possible", 4: "listed"} {
		if got := level(t, "randers-5x2", n).ChildTakesPart; got != want {
			t.Errorf("level %d: got %q, want %q", n, got, want)
		}
	}
}

func TestLevelTwoHasStaffSurelyAndPartnersWhenRelevant(t *testing.T) { // MT25
	two := level(t, "randers-5x2", 2)
	wantList(t, "core", coreSectors(two, Institution), []plan.Sector{"daycare", "school"})
	for _, s := range []plan.Sector{"educational_psychology", "health_visiting", "other", "school"} {
		if !anySector(two, s, Possible) {
			t.Errorf("%s cannot take part", s)
		}
	}
	if !slices.ContainsFunc(two.Participants, func(p Participant) bool { return strings.HasPrefix(p.Name.DA, "Læringscenter") }) {
		t.Error("Læringscenter is missing")
	}
	if slices.ContainsFunc(two.Participants, func(p Participant) bool { return slices.Contains(p.Sectors, "family") }) {
		t.Error("a group without names has no family in it") // R11
	}
}

func TestAVirtualMeetingHasAGuideAndTheDoctorANote(t *testing.T) { // MT9b MT11
	for id, m := range all(t) {
		if !slices.ContainsFunc(m.Guides, func(g Guide) bool { return g.ID == "virtual_meeting" && len(g.Lines) > 3 }) {
			t.Errorf("%s has no guide for virtual meetings", id)
		}
	}
	guides := all(t)["sst-buc-4"].Guides
	wantList(t, "guides", listed(guides, func(g Guide) string { return g.ID }), []string{"virtual_meeting", "gp_paid"})
	if guides[0].Link == "" {
		t.Error("the longer guide is not linked")
	}
}

func TestLevelOneSuggestsTheTovholder(t *testing.T) { // TH4
	for _, name := range []string{"kontaktpædagogen", "klasselæreren"} {
		if got := level(t, "randers-5x2", 1).Tovholder.DA; !strings.Contains(got, name) {
			t.Errorf("got %q, want %s in it", got, name)
		}
	}
}

func TestTheBatonIsKeptUntilItIsTaken(t *testing.T) { // R2 R8
	for id, m := range all(t) {
		if m.Rules.Handover != "accept_required" || !slices.Contains(m.Rules.ChangeRoles, "tovholder") || !slices.Contains(m.Rules.ChangeRoles, "professional_lead") {
			t.Errorf("%s: got %q, %v", id, m.Rules.Handover, m.Rules.ChangeRoles)
		}
	}
}
