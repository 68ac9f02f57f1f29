package world_test

import (
	"strings"
	"testing"

	. "samspor/backend/world"
	"samspor/sync/merge"
	"samspor/sync/plan"
)

// calls makes a meeting with Signe and one point on the agenda, and sends the invitation.
func calls(p *Phone, id, kind string, f F, more ...merge.Op) {
	p.Wants("", append(meets(id, kind, f), more...)...)
	p.Wants("", Edit(id, F{"state": "invited"}))
}

// meets is what makes such a meeting.
func meets(id, kind string, f F) []merge.Op {
	m := F{
		"kind": kind, "title": "Møde", "purpose": "Følge op", "start": "2027-01-14T10:00:00+01:00", "form": "hybrid", "chosenAt": "2026-11-23",
		"formChosenAt": "2026-11-23", "childAsked": true, "relevantAt": "2026-11-23",
	}
	for k, v := range f {
		m[k] = v
	}
	return []merge.Op{
		Record("meeting", id, m), Record("agendaItem", id+"a", F{"meeting": id, "title": "Punkt", "order": "a"}),
		Record("participant", id+"p", F{"meeting": id, "person": "c1-signe", "role": "mor"}),
	}
}

func TestEachOneIsThereInTheirOwnWay(t *testing.T) { // MT10, R17
	w := New(t)
	jonas, signe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-signe")
	for _, form := range []string{"physical", "video", "phone", "hybrid"} {
		calls(jonas, "m-"+form, "tvaerfagligt_netvaerksmoede", F{"form": form})
		signe.Pull()
		signe.Wants("", Edit("m-"+form+"p", F{"reply": "accepted", "joins": "video"}))
		if jonas.Pull(); jonas.Get("m-"+form, "form") != form || jonas.Get("m-"+form+"p", "joins") != "video" {
			t.Errorf("%s: she joins by %s", jonas.Get("m-"+form, "form"), jonas.Get("m-"+form+"p", "joins"))
		}
	}
	jonas.Wants("value.wrongType", meets("m-x", "tvaerfagligt_netvaerksmoede", F{"form": "letter"})...)
}

func TestWhoIsMissingShowsBeforeTheMeeting(t *testing.T) { // MT8, DL1b
	w := New(t)
	jonas := draft(t, w, F{})
	jonas.Wants("", send)
	place := func(p *Phone, who string) string {
		for id, r := range p.Records["case-1"] {
			if r.Kind == "participant" && string(r.F["meeting"]) == `"c1-m4"` && string(r.F["person"]) == `"`+who+`"` {
				return string(id)
			}
		}
		t.Fatalf("%s is not asked", who)
		return ""
	}
	karen, signe := w.Phone("case-1", "c1-karen"), w.Phone("case-1", "c1-signe")
	karen.Wants("", Edit(place(karen, "c1-karen"), F{"reply": "declined", "apology": "Kursus", "substitute": "Mikkel"}))
	signe.Pull()
	if at := place(signe, "c1-karen"); signe.Get(at, "reply") != "declined" || signe.Get(at, "apology") != "Kursus" || signe.Get(at, "substitute") != "Mikkel" {
		t.Errorf("she does not come: %s, %s", signe.Get(at, "reply"), signe.Get(at, "apology"))
	}
	if got := signe.Get(place(signe, "c1-nadia"), "reply"); got != "no_reply" {
		t.Errorf("who has not answered shows as %s", got)
	}
	if got := signe.Get("c1-m4", "state"); got != "invited" {
		t.Errorf("it is %s: all this is before it", got)
	}
}

func TestTheSchoolGoesOnMeetingBesideTheCentre(t *testing.T) { // MT23, MT22
	w := New(t)
	peter, jonas := w.Phone("case-1", "c1-peter"), w.Phone("case-1", "c1-jonas")
	jonas.Wants("", Record("levelEntry", "h5", move("", "home", 5, F{"skipReason": "alvorligt", "entryWay": "family"})))
	calls(peter, "m-centre", "inddragende_netvaerksmoede", nil)
	calls(jonas, "m-school", "tvaerfagligt_netvaerksmoede", nil, Record("participant", "adviser", F{"meeting": "m-school", "person": "c1-peter", "role": "rådgiver"}))
	signe := w.Phone("case-1", "c1-signe")
	if signe.Get("m-centre", "convenor") != "c1-peter" || signe.Get("m-school", "convenor") != "c1-jonas" {
		t.Error("two series of meetings, each with its own convenor")
	}
	if peter.Pull(); peter.Get("adviser", "reply") != "no_reply" {
		t.Error("the centre's adviser is asked to the school's meeting")
	}
}

func TestAMeetingComesAgainAtItsPlace(t *testing.T) { // MT24, NO5, NO8e
	w := New(t)
	peter, signe := w.Phone("case-1", "c1-peter"), w.Phone("case-1", "c1-signe")
	calls(peter, "m-fixed", "inddragende_netvaerksmoede", F{"recurring": "monthly", "place": "Familiehuset, stuen"})
	signe.Pull()
	if signe.Get("m-fixed", "recurring") != "monthly" || signe.Get("m-fixed", "place") != "Familiehuset, stuen" || signe.Get("m-fixed", "convenor") != "c1-peter" {
		t.Errorf("%s at %s with %s", signe.Get("m-fixed", "recurring"), signe.Get("m-fixed", "place"), signe.Get("m-fixed", "convenor"))
	}
	signe.Wants("", Record("agendaItem", "hers", F{"meeting": "m-fixed", "title": "Weekender", "order": "b"})) // both sides bring needs
	nadia := w.Phone("case-1", "c1-nadia")
	nadia.Wants("", Record("agendaItem", "nadias", F{"meeting": "m-fixed", "title": "Prøver", "order": "c"}))
	peter.Pull()
	if peter.Get("hers", "proposedBy") != "c1-signe" || peter.Get("nadias", "proposedBy") != "c1-nadia" {
		t.Error("what each side brings is theirs")
	}
	peter.Wants("value.wrongType", meets("m-odd", "inddragende_netvaerksmoede", F{"recurring": "sometimes"})...)
}

func TestAFollowUpKnowsTheMeetingBefore(t *testing.T) {
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	calls(jonas, "m5", "tvaerfagligt_netvaerksmoede", F{"follows": "c1-m4"})
	if got := w.Phone("case-1", "c1-signe").Get("m5", "follows"); got != "c1-m4" {
		t.Errorf("it follows %q", got)
	}
	jonas.Wants("field.notAllowed", Edit("m5", F{"follows": "c1-m3"}))
}

func TestWhatTheAuthorityDecidesIsNoAgreementOfTheMeeting(t *testing.T) { // R24, MT13
	w := New(t)
	jonas := held(t, w)
	if got := jonas.Get("c1-m4", "decisionsOnMunicipalSupport"); got == "true" {
		t.Fatal("a meeting decides on no support unless somebody says so")
	}
	jonas.Wants("", Record("task", "a1", F{
		"title": "Støtte i hjemmet", "type": "decided_elsewhere", "state": "draft", "sourceMeeting": "c1-m4", "responsible": "c1-peter", "due": "2026-12-18",
	}))
	jonas.Wants("", Edit("c1-m4", F{"minutesState": "shared"}))
	signe := w.Phone("case-1", "c1-signe")
	if signe.Get("a1", "type") != "decided_elsewhere" || signe.Get("a1", "responsible") != "c1-peter" {
		t.Errorf("the family reads it as %s of %s", signe.Get("a1", "type"), signe.Get("a1", "responsible"))
	}
	jonas.Wants("task.notYours", Edit("a1", F{"type": "agreement"}))
}

func TestTheClassIsHelpedToo(t *testing.T) { // PT7, NO8d
	w := New(t)
	karen, signe := w.Phone("case-1", "c1-karen"), w.Phone("case-1", "c1-signe")
	karen.Wants("", Record("task", "class", F{"title": "Rolig morgen i 5.B", "responsible": "c1-karen", "forGroup": true, "sector": "school"}))
	if signe.Pull(); signe.Get("class", "forGroup") != "true" || signe.Get("class", "sector") != "school" {
		t.Errorf("for the class %s, of the %s", signe.Get("class", "forGroup"), signe.Get("class", "sector"))
	}
	karen.Wants("value.wrongType", Record("task", "odd", F{"title": "x", "responsible": "c1-karen", "sector": "nobody"}))
}

func TestEachReviewHearsTheFamilyAndLeadsOn(t *testing.T) { // PT9, NO8f, LS30
	w := New(t)
	jonas, signe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-signe")
	jonas.Wants("", Record("evaluation", "e1", F{"track": "institution", "next": "step_up", "childVoice": "Jeg er træt", "parentsVoice": "Morgenerne er svære"}),
		Record("rating", "r1", F{"evaluation": "e1", "goal": "c1-g1", "rating": "no_change"}))
	jonas.Wants("", Record("levelEntry", "l4", move("", "institution", 4, F{
		"evaluation": "e1", "assessments": "PPV fra PPR", "followUp": "2027-01-15", "startingPoint": "meeting",
	})))
	signe.Pull()
	if signe.Get("e1", "childVoice") != "Jeg er træt" || signe.Get("e1", "parentsVoice") == "" || signe.Get("e1", "person") != "c1-jonas" || signe.Get("e1", "next") != "step_up" {
		t.Error("the review says who made it, what child and parents said, and what comes next")
	}
	if signe.Get("r1", "rating") != "no_change" || signe.Get("l4", "evaluation") != "e1" {
		t.Errorf("the goal stands at %s, and the move rests on %q", signe.Get("r1", "rating"), signe.Get("l4", "evaluation"))
	}
	jonas.Wants("field.notAllowed", Edit("l4", F{"evaluation": "e2"}))
}

func TestAGraveMatterWaitsForNoInvestigation(t *testing.T) { // LS28
	w := New(t)
	peter := w.Phone("case-1", "c1-peter")
	peter.Wants("", Record("legalMarker", "lm", F{"type": "child_assessment", "law": "barnets lov", "from": "2026-11-23"}))
	peter.Wants("", Record("task", "now", F{"title": "Støtte i hjemmet", "responsible": "c1-peter", "due": "2026-11-24"}))
	peter.Wants("", Edit("now", F{"state": "in_progress"}))
	if peter.Get("lm", "endedAt") != "" || peter.Get("now", "state") != "in_progress" {
		t.Error("the measure runs while the investigation does")
	}
}

func TestAMunicipalityChoosesItsModels(t *testing.T) { // LS1, TN2
	w := New(t)
	tea := w.Phone("case-4", "c4-tea")
	for id, models := range map[string][]string{"one": {"sst-buc-4"}, "other": {"randers-5x2"}, "both": {"randers-5x2", "sst-buc-4"}} {
		tea.Space = plan.SpaceID("k-" + id)
		tea.Wants("", begins("k-"+id, F{"models": models}, nil)...)
		for model, word := range map[string]string{"randers-5x2": "niveau", "sst-buc-4": "trin"} {
			isChosen := strings.Contains(strings.Join(models, " "), model)
			if tea.Sees(model) != isChosen {
				t.Errorf("%s: %s is there: %v", id, model, tea.Sees(model))
			}
			if isChosen && !strings.Contains(tea.Get(model, "word"), `"`+word+`"`) {
				t.Errorf("%s calls a level %s, want %s", model, tea.Get(model, "word"), word)
			}
		}
	}
}

func TestAGroupAndAChildBeginTheSameWay(t *testing.T) { // LS13, LS16
	w := New(t)
	emil, tea := w.Phone("case-2", "c2-emil"), w.Phone("case-4", "c4-tea")
	if emil.Get("case-2", "kind") != "anonymous_group" || emil.Get("c2-l1", "level") != "1" || tea.Get("c4-l1", "level") != "1" {
		t.Error("level 1 is for a group and for one child")
	}
	lars := w.Phone("case-2", "c2-lars") // the forum of level 2 goes on helping what runs
	lars.Wants("", Record("task", "g1", F{"title": "Nye hold efter frokost", "responsible": "c2-emil", "forGroup": true, "due": "2026-12-04"}))
	yasmin := w.Phone("case-2", "c2-yasmin") // PPR
	yasmin.Wants("", Record("note", "n1", F{"about": "g1", "text": "Prøv med tre hold"}))
	if lars.Pull(); lars.Get("n1", "person") != "c2-yasmin" {
		t.Error("a partner's advice does not arrive")
	}
}
