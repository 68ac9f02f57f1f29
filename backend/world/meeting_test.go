package world_test

import (
	"testing"

	. "samspor/backend/world"
)

// ready is all that c1-m4, a draft, still lacks beside the roles of its participants.
var ready = F{
	"start": "2026-12-03T14:00:00+01:00", "form": "hybrid", "purpose": "Følge op", "formChosenAt": "2026-11-20",
	"chosenAt": "2026-11-20", "relevantAt": "2026-11-20", "childAsked": true, "childHow": "part_of_it",
}

// draft makes c1-m4 ready but for what is given, and gives its convenor.
func draft(t *testing.T, w *World, but F) *Phone {
	t.Helper()
	jonas := w.Phone("case-1", "c1-jonas")
	f := F{}
	for _, fields := range []F{ready, but} {
		for k, v := range fields {
			f[k] = v
		}
	}
	jonas.Wants("", Edit("c1-m4", f))
	for id, r := range jonas.Records["case-1"] {
		if r.Kind == "participant" && string(r.F["meeting"]) == `"c1-m4"` && string(r.F["role"]) == "" {
			jonas.Wants("", Edit(string(id), F{"role": "fortæller, hvordan det går"}))
		}
	}
	return jonas
}

var send = Edit("c1-m4", F{"state": "invited"})

func TestAnInvitationAsksForAllItNeeds(t *testing.T) { // R16, R20, R22, MT4, MT5, MT6, MT10b, MT17b
	for code, but := range map[string]F{
		"meeting.noPurpose": {"purpose": nil}, "meeting.noTime": {"start": nil}, "meeting.noForm": {"form": nil},
		"meeting.notChosen": {"chosenAt": nil}, "meeting.formNotChosen": {"formChosenAt": nil},
		"meeting.notRelevant": {"relevantAt": nil}, "meeting.childNotAsked": {"childAsked": false},
	} {
		t.Run(code, func(t *testing.T) {
			jonas := draft(t, New(t), but)
			jonas.Wants(code, send)
			if got := jonas.Get("c1-m4", "state"); got != "draft" {
				t.Errorf("it is %s", got)
			}
		})
	}
}

func TestAnInvitationReachesThoseItAsks(t *testing.T) { // R45, DL1b
	w := New(t)
	birthe := w.Phone("case-1", "c1-birthe")
	if birthe.Sees("c1-m4") {
		t.Fatal("Birthe sees a meeting that she is not asked to yet")
	}
	jonas := draft(t, w, F{})
	jonas.Wants("", send)
	birthe.Pull()
	if birthe.Get("c1-m4", "start") == "" || birthe.Get("c1-m4", "purpose") != "" {
		t.Error("asked, she sees when it is, and not what it is for")
	}
	asked := 0
	for _, r := range jonas.Records["case-1"] {
		if r.Kind == "participant" && string(r.F["meeting"]) == `"c1-m4"` {
			want := `"no_reply"`
			if string(r.F["person"]) == `"c1-jonas"` { // who calls it comes
				want = `"accepted"`
			}
			if asked++; string(r.F["reply"]) != want || string(r.F["invitedAt"]) == "" {
				t.Errorf("%s answers %s", r.F["person"], r.F["reply"])
			}
		}
	}
	if asked != 10 {
		t.Errorf("%d were asked, want 10", asked)
	}
}

func TestTheAgendaGoesOutFiveWorkingDaysBefore(t *testing.T) { // R13, R27, DL2
	w := New(t)
	jonas := draft(t, w, F{})
	if got := jonas.Get("c1-m4", "agendaDeadline"); got != "2026-11-26" {
		t.Errorf("c1-m4 shows %s, want 2026-11-26", got)
	}
	w.Now = w.Now.AddDate(0, 0, 4) // Friday the 27th
	jonas.Wants("meeting.agendaLate", send)
	jonas.Wants("", Edit("c1-m4", F{"state": "invited", "agendaLate": "Mødelokalet faldt væk"}))
	signe := w.Phone("case-1", "c1-signe")
	if got := signe.Get("c1-m4", "agendaLate"); got != "Mødelokalet faldt væk" {
		t.Errorf("the family reads %q", got)
	}
}

func TestACrossSectorMeetingIsHeldWithinFiveWorkingDays(t *testing.T) { // R14, DL1, TN1, MT2
	w := New(t)
	line := w.Phone("case-1", "c1-line")
	line.Wants("", Record("meeting", "m9", F{
		"kind": "tvaersektorielt_netvaerksmoede", "title": "Netværksmøde", "purpose": "Svar på udredning", "need": "Udredningen er slut",
		"start": "2026-12-10T10:00:00+01:00", "form": "video", "chosenAt": "2026-11-23", "formChosenAt": "2026-11-23", "childAsked": true,
	}), Record("agendaItem", "m9a", F{"meeting": "m9", "title": "Svar", "order": "a"}),
		Record("participant", "m9p", F{"meeting": "m9", "person": "c1-signe", "role": "mor"}))
	if by, agenda := line.Get("m9", "heldByDeadline"), line.Get("m9", "agendaDeadline"); by != "2026-11-30" || agenda != "" {
		t.Errorf("held by %s, agenda by %q: the clock belongs to the kind of meeting", by, agenda)
	}
	line.Wants("meeting.heldLate", Edit("m9", F{"state": "invited"}))
	line.Wants("", Edit("m9", F{"state": "invited", "heldLate": "Far er bortrejst"}))
}

func TestEachKindOfMeetingIsCalledByItsOwn(t *testing.T) { // R15, MT17, MT22
	w := New(t)
	for who, kinds := range map[string]map[string]string{
		"c1-karen": {"tvaerfagligt_netvaerksmoede": "meeting.notConvenor", "inddragende_netvaerksmoede": "meeting.notConvenor"},
		"c1-peter": {"inddragende_netvaerksmoede": "", "tvaerfagligt_netvaerksmoede": "meeting.notConvenor"},
		"c1-jonas": {"tvaerfagligt_netvaerksmoede": "", "inddragende_netvaerksmoede": "meeting.notConvenor"},
	} {
		p := w.Phone("case-1", who)
		for kind, code := range kinds {
			id := who + kind[:4]
			p.Wants("", Record("meeting", id, F{
				"kind": kind, "title": "Møde", "purpose": "x", "start": "2027-01-14T10:00:00+01:00", "form": "video", "chosenAt": "2026-11-23",
				"formChosenAt": "2026-11-23", "childAsked": true, "relevantAt": "2026-11-23",
			}), Record("agendaItem", id+"a", F{"meeting": id, "title": "Punkt", "order": "a"}),
				Record("participant", id+"p", F{"meeting": id, "person": "c1-signe", "role": "mor"}))
			p.Wants(code, Edit(id, F{"state": "invited"}))
		}
	}
	signe := w.Phone("case-1", "c1-signe")
	signe.Wants("field.notAllowed", Record("meeting", "s1", F{"kind": "tvaerfagligt_netvaerksmoede"}))
}

func TestAGPIsAskedFirst(t *testing.T) { // R19, MT9
	w := New(t)
	jonas := draft(t, w, F{"gpDialogueHeld": false})
	jonas.Wants("", Record("participant", "gp", F{"meeting": "c1-m4", "person": "c1-henrik", "role": "medicin"}))
	jonas.Wants("meeting.noGpTalk", send)
	jonas.Wants("", Edit("c1-m4", F{"state": "invited", "gpDialogueHeld": true}))
}

func TestWhenTheTimeMovesEverybodyIsAskedAgain(t *testing.T) { // MT7, DL1b
	w := New(t)
	jonas := draft(t, w, F{})
	jonas.Wants("", send)
	signe := w.Phone("case-1", "c1-signe")
	place := func(p *Phone) string {
		for id, r := range p.Records["case-1"] {
			if r.Kind == "participant" && string(r.F["meeting"]) == `"c1-m4"` && string(r.F["person"]) == `"c1-signe"` {
				return string(id)
			}
		}
		return ""
	}
	signe.Wants("", Edit(place(signe), F{"reply": "accepted"}))
	jonas.Pull()
	jonas.Wants("", Edit("c1-m4", F{"start": "2026-12-10T14:00:00+01:00"}))
	if got := jonas.Get(place(jonas), "reply"); got != "no_reply" {
		t.Errorf("to the new time she has answered %s", got)
	}
	if got := jonas.Get("c1-m4", "agendaDeadline"); got != "2026-12-03" {
		t.Errorf("the clock of the new day is %s", got)
	}
	jonas.Wants("meeting.noReason", Edit("c1-m4", F{"state": "cancelled"}))
	jonas.Wants("", Edit("c1-m4", F{"state": "cancelled", "cancelled": "sygdom"}))
}

func TestAWishForAMeetingIsOwedAnAnswer(t *testing.T) { // R21, MT12
	w := New(t)
	signe, jonas := w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-jonas")
	signe.Wants("request.noBackground", Record("meetingRequest", "q0", F{}))
	signe.Wants("", Record("meetingRequest", "q1", F{"background": "Morgenerne er blevet svære"}))
	if signe.Get("q1", "owner") != "c1-jonas" || signe.Get("q1", "answerDue") != "2026-11-30" || signe.Get("q1", "person") != "c1-signe" {
		t.Errorf("owed by %s until %s", signe.Get("q1", "owner"), signe.Get("q1", "answerDue"))
	}
	jonas.Pull()
	jonas.Wants("request.noReason", Edit("q1", F{"answer": "no"}))
	jonas.Wants("", Edit("q1", F{"answer": "no", "reason": "Vi ses allerede på torsdag"}))
	signe.Wants("field.notAllowed", Edit("q1", F{"answer": "meeting"}))
}

func TestAnybodyMayWishForOthersAndTheConvenorAnswers(t *testing.T) { // R18, MT7
	w := New(t)
	signe, jonas, nadia := w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-nadia")
	signe.Wants("", Record("wish", "w1", F{"meeting": "c1-m4", "wish": "Mormor"}))
	if signe.Get("w1", "due") != "2026-11-30" || signe.Get("w1", "person") != "c1-signe" {
		t.Errorf("answered by %s", signe.Get("w1", "due"))
	}
	nadia.Pull()
	nadia.Wants("field.notAllowed", Edit("w1", F{"outcome": "nej"}))
	jonas.Pull()
	jonas.Wants("", Edit("w1", F{"outcome": "Birthe er inviteret"}))
}

func TestTheFamilyBringsItsOwnPoints(t *testing.T) { // MT6, MT5b
	w := New(t)
	signe := w.Phone("case-1", "c1-signe")
	signe.Wants("", Record("agendaItem", "a1", F{"meeting": "c1-m4", "title": "Lektier", "order": "z"}))
	if got := signe.Get("a1", "proposedBy"); got != "c1-signe" {
		t.Errorf("it is %s's point", got)
	}
	nadia := w.Phone("case-1", "c1-nadia")
	nadia.Wants("meeting.notYours", Record("participant", "p1", F{"meeting": "c1-m4", "person": "c1-sofie"}))
}
