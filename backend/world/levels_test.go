package world_test

import (
	"testing"

	. "samspor/backend/world"
)

func move(id, track string, level int, f F) F {
	out := F{"model": "randers-5x2", "track": track, "level": level, "from": "2026-11-23", "reason": "Det går ikke godt nok"}
	for k, v := range f {
		out[k] = v
	}
	return out
}

func TestALevelMovesOnItsOwnTrackAlone(t *testing.T) { // R7, R10, LS8, LS9, LS30
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Wants("", Record("levelEntry", "l4", move("l4", "institution", 4, F{
		"assessments": "PPV fra PPR", "followUp": "2027-01-15", "startingPoint": "meeting",
	})))
	if got := jonas.Get("c1-l3", "to"); got != "2026-11-22" {
		t.Errorf("the level before ends %s", got)
	}
	if jonas.Get("c1-h3", "to") != "" || jonas.Get("c1-s3", "to") != "" {
		t.Error("the home track and the pathway stay as they are")
	}
	if jonas.Get("l4", "decidedBy") != "c1-jonas" || jonas.Get("l4", "nextReview") != "2027-05-23" {
		t.Errorf("decided by %s, looked at %s", jonas.Get("l4", "decidedBy"), jonas.Get("l4", "nextReview"))
	}
	signe := w.Phone("case-1", "c1-signe")
	if signe.Get("l4", "reason") == "" {
		t.Error("the family reads why (R8)")
	}
	jonas.Wants("field.notAllowed", Edit("l4", F{"reason": "noget andet"}))
}

func TestALevelIsNotMovedByEverybody(t *testing.T) { // R8
	w := New(t)
	for who, code := range map[string]string{"c1-signe": "field.notAllowed", "c1-karen": "level.notYours", "c1-line": "level.notYours"} {
		w.Phone("case-1", who).Wants(code, Record("levelEntry", "l-"+who, move("", "home", 2, nil)))
	}
	w.Phone("case-1", "c1-line").Wants("", Record("levelEntry", "s4", F{ // BUC moves its own pathway
		"model": "sst-buc-4", "track": "pathway", "level": 3, "from": "2026-11-23", "reason": "ny udredning", "referredTo": "child_psychiatry",
	}))
}

func TestASkipAsksWhy(t *testing.T) { // R5, LS11, LS12
	w := New(t)
	jonas := w.Phone("case-4", "c4-jonas")
	jonas.Wants("level.noReason", Record("levelEntry", "x0", move("", "home", 3, F{"reason": nil})))
	jonas.Wants("level.noSkipReason", Record("levelEntry", "x1", move("", "home", 3, nil)))
	jonas.Wants("", Record("levelEntry", "x2", move("", "home", 3, F{"skipReason": "Familien har selv bedt om et møde"})))
}

func TestTheLeaderIsPartOfTheMoveFrom1To2(t *testing.T) { // R6, LS15
	w := New(t)
	jonas := w.Phone("case-4", "c4-jonas")
	jonas.Wants("level.noLeader", Record("levelEntry", "x1", move("", "home", 2, nil)))
	jonas.Wants("level.noLeaderRole", Record("levelEntry", "x2", move("", "home", 2, F{"leaderInvolved": "c4-jonas"})))
	jonas.Wants("level.noTovholder", Record("levelEntry", "x3", move("", "home", 2, F{"leaderInvolved": "c4-jonas", "leaderRole": "indkalder"})))
	jonas.Wants("", Record("levelEntry", "x4", move("", "home", 2, F{"leaderInvolved": "c4-jonas", "leaderRole": "indkalder", "nextTovholder": "c4-tea"})))
}

func TestSpecialisedHelpIsPreparedAndLookedAtAgain(t *testing.T) { // R9, LS20, LS20b, LS20c, LS21, DL3
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	whole := F{"assessments": "ingen, PPV er lavet", "followUp": "2027-01-15", "startingPoint": "assessment"}
	for _, lacks := range []struct{ field, code string }{
		{"assessments", "level.noAssessments"}, {"followUp", "level.noFollowUp"}, {"startingPoint", "level.noStartingPoint"},
	} {
		f := F{}
		for k, v := range whole {
			f[k] = v
		}
		delete(f, lacks.field)
		jonas.Wants(lacks.code, Record("levelEntry", "l-"+lacks.field, move("", "home", 4, f)))
	}
	whole["nextReview"] = "2027-06-01"
	jonas.Wants("level.reviewLate", Record("levelEntry", "l-late", move("", "home", 4, whole)))
	whole["nextReview"] = "2027-02-01"
	jonas.Wants("", Record("levelEntry", "l4", move("", "home", 4, whole)))
	jonas.Wants("level.reviewLate", Edit("l4", F{"nextReview": "2027-06-01"}))
	w.Now = w.Now.AddDate(0, 2, 0)
	jonas.Wants("", Record("evaluation", "e1", F{"track": "home", "next": "continue"}))
	if got := jonas.Get("l4", "nextReview"); got != "2027-07-23" {
		t.Errorf("after a review the next one is due %s, want half a year on", got)
	}
}

func TestTheWayToLevel5IsNamed(t *testing.T) { // LS23, LS24
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Wants("level.noEntryWay", Record("levelEntry", "x1", move("", "home", 5, F{"skipReason": "alvorligt"})))
	jonas.Wants("", Record("levelEntry", "x2", move("", "home", 5, F{"skipReason": "alvorligt", "entryWay": "family"})))
}

func TestStep3StaysOpenUntilItsResultsAreTold(t *testing.T) { // LS5, LS6, LS7
	w := New(t)
	line := w.Phone("case-1", "c1-line")
	step := func(id string, level int) F {
		return F{"model": "sst-buc-4", "track": "pathway", "level": level, "from": "2026-11-23", "reason": "færdig"}
	}
	line.Wants("level.notConveyed", Record("levelEntry", "s4", step("s4", 4)))
	line.Wants("", Edit("c1-s3", F{"conveyedAt": "2026-11-20"}))
	line.Wants("", Record("levelEntry", "s4b", step("s4b", 4)), Edit("c1-s3", F{"outcome": "sufficient"}))
	if line.Get("c1-s3", "to") == "" || line.Get("c1-s3", "outcome") != "sufficient" {
		t.Error("the step is ended with its outcome, in one change")
	}
	line.Wants("level.unknown", Record("levelEntry", "s9", step("s9", 9)))
	line.Wants("level.tooEarly", Record("levelEntry", "s1", F{"model": "sst-buc-4", "track": "pathway", "level": 4, "from": "2026-01-01", "reason": "x"}))
}

func TestNobodyFallsBetweenWhenPsychiatryEnds(t *testing.T) { // NO6
	w := New(t)
	marit := w.Phone("case-3", "c3-marit")
	marit.Wants("", Record("referral", "r1", F{"to": "child_psychiatry", "track": "pathway", "note": "søvn"}))
	if marit.Get("r1", "state") != "sent" || marit.Get("r1", "person") != "c3-marit" || marit.Get("r1", "sentAt") != "2026-11-23" {
		t.Errorf("a referral is %s by %s", marit.Get("r1", "state"), marit.Get("r1", "person"))
	}
	marit.Wants("referral.noFollowUp", Edit("r1", F{"state": "refused"}))
	marit.Wants("referral.noFollowUp", Edit("r1", F{"state": "refused"}), Record("task", "f0", F{"title": "Følge opp", "type": "follow_up", "referral": "r1", "responsible": "c3-marit"}))
	marit.Wants("", Edit("r1", F{"state": "refused"}), Record("task", "f1", F{"title": "Følge opp", "type": "follow_up", "referral": "r1", "responsible": "c3-marit", "due": "2026-12-07"}))
	if marit.Get("r1", "answeredAt") == "" || marit.Get("f1", "state") != "open" {
		t.Error("the refusal has its day and its follow-up")
	}
}

func TestStatutoryClocksAreShownAndNeverDecided(t *testing.T) { // R28, DL4, LS25, LS27
	w := New(t)
	peter := w.Phone("case-1", "c1-peter")
	for kind, due := range map[string]string{
		"child_assessment": "2027-03-23", "childs_plan": "2027-02-23", "childs_plan_followup": "2027-02-23",
		"report_assessed": "2026-11-24", "report_receipt": "2026-11-30", "other": "",
	} {
		peter.Wants("", Record("legalMarker", kind, F{"type": kind, "law": "barnets lov", "from": "2026-11-23"}))
		if got := peter.Get(kind, "due"); got != due {
			t.Errorf("%s is due %s, want %s", kind, got, due)
		}
	}
	peter.Wants("", Edit("child_assessment", F{"endedAt": "2027-01-10", "result": "Støtte i hjemmet", "risks": "søvn", "strengths": "mormor"}))
	peter.Wants("field.notAllowed", Edit("childs_plan", F{"due": "2030-01-01"}))
	w.Phone("case-1", "c1-signe").Wants("field.notAllowed", Record("legalMarker", "mine", F{"type": "child_assessment"}))
}

func TestATransitionHasAnOwnerAndADay(t *testing.T) { // PT10
	w := New(t)
	karen := w.Phone("case-1", "c1-karen")
	karen.Wants("value.missing", Record("transition", "t0", F{"from": "5. klasse", "to": "6. klasse"}))
	karen.Wants("", Record("transition", "t1", F{"from": "5. klasse", "to": "6. klasse", "date": "2027-08-09"}))
	if karen.Get("t1", "owner") != "c1-karen" || karen.Get("t1", "state") != "planned" {
		t.Error("it is planned by somebody")
	}
}

func TestOneContactForEachSectorAndStep(t *testing.T) { // CP1, CP3, CP4
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	same := F{"sector": "school", "model": "randers-5x2", "level": 3, "person": "c1-karen"}
	jonas.Wants("contact.taken", Record("contactPerson", "k1", same))
	same["level"] = 4
	jonas.Wants("", Record("contactPerson", "k2", same))
	w.Phone("case-1", "c1-nadia").Wants("field.notAllowed", Record("contactPerson", "k3", F{"sector": "other", "person": "c1-nadia"}))
}

func TestAClosedPlanIsOpenedAgainForAReason(t *testing.T) { // DOMAIN 2.1 Case
	w := New(t)
	jonas := w.Phone("case-4", "c4-jonas")
	jonas.Wants("case.noReason", Edit("case-4", F{"state": "closed"}))
	jonas.Wants("", Edit("case-4", F{"state": "closed", "stateReason": "Freja trives"}))
	jonas.Wants("case.closed", Edit("c4-t2", F{"title": "x"}))
	jonas.Wants("case.noReason", Edit("case-4", F{"state": "active"}))
	jonas.Wants("", Edit("case-4", F{"state": "active", "stateReason": "Det er blevet svært igen"}))
}
