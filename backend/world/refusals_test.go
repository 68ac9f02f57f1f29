package world_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	. "samspor/backend/world"
	"samspor/sync/fault"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// neverParked are the reasons that no change is parked with, and why.
var neverParked = map[string]string{
	"case.notOpened":     "opening a case is refused with the whole push, as a 404 (R21)",
	"field.fixed":        "no row of the rights gives anybody a field that is written once; the check stands behind the table",
	"level.noDiscussion": "the phone asks for it; whoever skips level 2 has said why before it counts",
}

// TestMain holds the suite as a whole to one promise: each reason to park a change is
// met in it, and none of those changes touched the plan (Phone.Do sees to that).
func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if code == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == "" {
		for _, f := range fault.All {
			if _, is := neverParked[f.Code]; is == Parked(f.Code) {
				fmt.Printf("--- FAIL: %s: parked %v, never to be %v\n", f.Code, Parked(f.Code), is)
				code = 1
			}
		}
	}
	os.Exit(code)
}

func TestAMeetingWithoutPointsOrPeopleIsNotCalled(t *testing.T) { // MT4, MT5
	for code, of := range map[string]string{"meeting.noAgenda": "agendaItem", "meeting.noParticipants": "participant", "meeting.noRole": "role"} {
		t.Run(code, func(t *testing.T) {
			jonas := draft(t, New(t), F{})
			for id, r := range jonas.Records["case-1"] {
				switch isOf := plan.Str(r.F["meeting"]) == "c1-m4"; {
				case isOf && r.Kind == of:
					jonas.Wants("", merge.Op{Rec: id, Del: true})
				case isOf && r.Kind == "participant" && of == "role":
					jonas.Wants("", Edit(string(id), F{"role": nil}))
				}
			}
			jonas.Wants(code, send)
		})
	}
}

func TestTheStepIntoOtherHandsNamesThem(t *testing.T) { // LS5, LS23
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Wants("", Record("levelEntry", "l4", move("", "institution", 4, F{
		"assessments": "PPV fra PPR", "followUp": "2027-01-15", "startingPoint": "meeting",
	})))
	fifth := F{"entryWay": "family"}
	jonas.Wants("level.noAdviser", Record("levelEntry", "l5", move("", "institution", 5, fifth)))
	fifth["noAdviser"] = "Familien kender allerede rådgiveren."
	jonas.Wants("", Record("levelEntry", "l5b", move("", "institution", 5, fifth)))
	line := w.Phone("case-1", "c1-line")
	step := F{"model": "sst-buc-4", "track": "pathway", "level": 4, "from": "2026-11-23", "reason": "færdig"}
	line.Wants("", Edit("c1-s3", F{"conveyedAt": "2026-11-20"}))
	line.Wants("", Record("levelEntry", "s4", step))
	step["level"] = 3
	line.Wants("level.noReferral", Record("levelEntry", "s3", step))
}

func TestWhatAChangeItselfMayNotBe(t *testing.T) { // SYNC: an HTTP error is never the answer to what one change holds
	jonas := New(t).Phone("case-1", "c1-jonas")
	jonas.Wants("field.notAllowed", Edit("c1-m4", F{"kind": "konsultativt_moede"}))
	long := strings.Repeat("ord ", 4900)
	var notes []merge.Op
	for i := range 4 {
		notes = append(notes, Make("note", fmt.Sprintf("n%d", i), "about", "c1-t08", "text", long))
	}
	jonas.Wants("change.tooLarge", notes...)
	jonas.Schema = wire.Schema + 1
	jonas.Wants("change.newer", Set("c1-t08", "title", "Fra en nyere app"))
}
