package world_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	. "samspor/backend/world"
	"samspor/sync/hub"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

func want(t *testing.T, r wire.Result, outcome wire.Outcome, code string) {
	t.Helper()
	if r.R != outcome || r.Code != code {
		t.Errorf("got %s %s, want %s %s", r.R, r.Code, outcome, code)
	}
}

func TestATickArrivesAtEverybody(t *testing.T) {
	w := New(t)
	karen, signe := w.Phone("case-1", "c1-karen"), w.Phone("case-1", "c1-signe")
	want(t, karen.Do(Set("c1-t08", "state", "done")), wire.OK, "")
	signe.Pull()
	if got := signe.Get("c1-t08", "state"); got != "done" {
		t.Errorf("the mother sees %q, want done", got)
	}
	if got := signe.Get("c1-t08", "doneAt"); got != "2026-11-23" { // a reaction of the server, in the case's own zone
		t.Errorf("done on %q, want the day in Denmark", got)
	}
	if n := len(signe.Last.Spaces["case-1"].Put); n != 1 || signe.Resets["case-1"] != 1 {
		t.Errorf("one tick must cost one record, got %d", n)
	}
	want(t, karen.Do(Set("c1-t08", "state", "in_progress")), wire.OK, "") // undo
	signe.Pull()
	if got := signe.Get("c1-t08", "doneAt"); got != "null" {
		t.Errorf("after the undo doneAt is %q, want it cleared", got)
	}
}

func TestANoteSaysWhoAndWhenByTheServer(t *testing.T) {
	w := New(t)
	signe, karen := w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-karen")
	want(t, signe.Do(Make("note", "n1", "about", "c1-t08", "text", "Det gik godt i dag.")), wire.OK, "")
	want(t, signe.Do(Make("note", "n2", "about", "c1-t08", "text", "x", "person", "c1-karen")), wire.Parked, "field.notAllowed")
	karen.Pull()
	if karen.Get("n1", "person") != "c1-signe" || karen.Get("n1", "at") != "2026-11-23T07:00:00Z" {
		t.Errorf("the note is signed %q at %q", karen.Get("n1", "person"), karen.Get("n1", "at"))
	}
	want(t, signe.Do(Set("n1", "text", "changed")), wire.Parked, "field.notAllowed")
}

func TestTwoAnswersToOneQuestionAreBothKept(t *testing.T) { // R51, I5
	w := New(t)
	one, two := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-jonas")
	signe := w.Phone("case-1", "c1-signe")
	want(t, one.Do(Set("c1-t08", "title", "Dagsplan på tavlen")), wire.OK, "")
	late := two.Do(merge.Op{Rec: "c1-t08",
		Set: map[string]plan.Value{"title": plan.String("Dagsplan i tasken"), "due": plan.String("2026-12-18")},
		Was: map[string]plan.Value{"title": plan.String("Dagsplan")}})
	want(t, late, wire.Conflict, "")
	if len(late.X) != 1 {
		t.Fatalf("got conflicts %v, want one", late.X)
	}
	x := string(late.X[0])
	signe.Pull()
	if got := signe.Get("c1-t08", "title"); got != "Dagsplan på tavlen" {
		t.Errorf("the committed value must stand, got %q", got)
	}
	if got := signe.Get("c1-t08", "due"); got != "2026-12-18" {
		t.Errorf("the field without a conflict must be written, got %q", got)
	}
	if signe.Get(x, "claimed") != "Dagsplan i tasken" || signe.Get(x, "kept") != "Dagsplan på tavlen" || signe.Get(x, "was") != "Dagsplan" {
		t.Errorf("the conflict lost a value: %v", signe.Records["case-1"][plan.RecordID(x)].F)
	}
	// Who may not write the field may not settle it; who may, settles it once.
	want(t, signe.Do(merge.Op{Conflict: late.X[0], Choose: merge.Mine}), wire.Parked, "task.notYours")
	one.Pull()
	want(t, one.Do(merge.Op{Conflict: late.X[0], Choose: merge.Mine}), wire.OK, "")
	want(t, two.Do(merge.Op{Conflict: late.X[0], Choose: merge.Theirs}), wire.Parked, "conflict.settled")
	signe.Pull()
	if got := signe.Get("c1-t08", "title"); got != "Dagsplan i tasken" {
		t.Errorf("the chosen value must stand, got %q", got)
	}
}

func TestAConflictAboutADeletedRecordWritesNothingIntoIt(t *testing.T) { // found by the simulation, seed 1795597372162
	w := New(t)
	one, two := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-jonas")
	want(t, one.Do(Make("task", "t", "title", "Ringe", "responsible", "c1-jonas", "due", "2026-12-01")), wire.OK, "")
	two.Pull()
	want(t, one.Do(Set("t", "state", "done")), wire.OK, "")
	late := two.Do(Set("t", "state", "blocked"), Make("note", "n", "about", "t", "text", "Ingen svarer."))
	want(t, late, wire.Conflict, "")
	one.Pull()
	want(t, one.Do(merge.Op{Rec: "t", Del: true}), wire.OK, "")
	two.Pull()
	want(t, two.Do(merge.Op{Conflict: late.X[0], Choose: merge.Mine}), wire.Parked, "record.deleted")
	want(t, two.Do(merge.Op{Conflict: late.X[0], Choose: merge.Third, Set: map[string]plan.Value{"state": plan.String("open")}}), wire.Parked, "record.deleted")
	if two.Pull(); two.Get("t", "state") != "done" || two.Get("t", "doneAt") == "" {
		t.Errorf("the deleted task is %q, done on %q", two.Get("t", "state"), two.Get("t", "doneAt"))
	}
	want(t, two.Do(merge.Op{Conflict: late.X[0], Choose: merge.Theirs}), wire.OK, "") // what stands may stand
}

func TestTheSameAnswerTwiceIsNoConflict(t *testing.T) {
	w := New(t)
	karen, jonas := w.Phone("case-1", "c1-karen"), w.Phone("case-1", "c1-jonas")
	want(t, karen.Do(Set("c1-t08", "state", "done")), wire.OK, "")
	want(t, jonas.Do(Set("c1-t08", "state", "done")), wire.OK, "")
}

func TestWhatMayNotBeDoneIsParkedWithItsReason(t *testing.T) {
	long := strings.Repeat("æ", 201)
	for name, c := range map[string]struct {
		who  string
		op   merge.Op
		code string
	}{
		"a task of somebody else":      {"c1-signe", Set("c1-t08", "state", "done"), "task.notYours"},
		"a field of somebody else":     {"c1-karen", Set("c1-t08", "due", "2026-12-01"), "task.notYours"},
		"work for somebody else":       {"c1-signe", Make("task", "x", "title", "Ring", "responsible", "c1-karen"), "task.onlyOwn"},
		"a task that nobody does":      {"c1-jonas", Make("task", "x", "title", "Ring"), "task.noResponsible"}, // R23
		"a task without words":         {"c1-jonas", Make("task", "x", "responsible", "c1-karen"), "value.missing"},
		"a task born done":             {"c1-jonas", Make("task", "x", "title", "T", "responsible", "c1-karen", "state", "done"), "move.notAllowed"},
		"a move that is none":          {"c1-jonas", Set("c1-t01", "state", "cancelled"), "move.notAllowed"},
		"an unknown field":             {"c1-jonas", Set("c1-t08", "rank", "1"), "field.unknown"},
		"an unknown kind":              {"c1-jonas", Make("rumour", "x", "text", "t"), "field.unknown"},
		"a field written once":         {"c1-jonas", Set("c1-t08", "sourceMeeting", "c1-m1"), "task.notYours"},
		"a role raised":                {"c1-signe", Set("m-c1-signe", "role", "professional_lead"), "field.notAllowed"},
		"a hidden field":               {"c1-signe", Set("m-c1-signe", "account", "a"), "field.unknown"},
		"a membership made":            {"c1-signe", Make("membership", "m", "person", "c1-birthe", "role", "guardian"), "field.notAllowed"},
		"a conflict made":              {"c1-jonas", Make("conflict", "x", "field", "title"), "field.notAllowed"},
		"a state that is none":         {"c1-jonas", Set("c1-t08", "state", "finished"), "value.wrongType"},
		"a day that is none":           {"c1-jonas", Set("c1-t08", "due", "2026-02-30"), "value.wrongType"},
		"a text too long":              {"c1-jonas", Set("c1-t08", "title", long), "value.tooLong"},
		"a control character":          {"c1-jonas", Set("c1-t08", "title", "a\x00b"), "value.badCharacter"},
		"a pile of accents":            {"c1-jonas", Set("c1-t08", "title", "a"+strings.Repeat("\u0301", 100)), "value.badCharacter"},
		"somebody who is not there":    {"c1-jonas", Set("c1-t08", "responsible", "c9-nobody"), "record.missing"},
		"a record of another kind":     {"c1-jonas", Set("c1-t08", "responsible", "c1-g1"), "record.missing"},
		"a record that is not there":   {"c1-jonas", Set("c9-t1", "title", "t"), "record.missing"},
		"an id that is taken":          {"c1-jonas", Make("task", "c1-t08", "title", "t", "responsible", "c1-karen"), "record.exists"},
		"an empty note":                {"c1-jonas", Make("note", "x", "about", "c1-t08"), "value.missing"},
		"a set that is set":            {"c1-jonas", Set("c1-t08", "helpers", "c1-signe"), "value.wrongType"},
		"an operation of nothing":      {"c1-jonas", merge.Op{Rec: "c1-t08"}, "change.malformed"},
		"a reply for somebody else":    {"c1-signe", Set("c1-m3-c1-thomas", "reply", "declined"), "field.notAllowed"},
		"a delete of somebody's task":  {"c1-signe", merge.Op{Rec: "c1-t08", Del: true}, "task.notYours"},
		"a task moved past its rights": {"c1-karen", merge.Op{Rec: "c1-t08", Add: map[string][]string{"helpers": {"c1-signe"}}}, "task.notYours"},
	} {
		t.Run(name, func(t *testing.T) {
			w := New(t)
			p := w.Phone("case-1", c.who)
			r := p.Do(c.op)
			want(t, r, wire.Parked, c.code)
			p.Pull()
			if p.Get(string(r.Q), "code") != c.code || !strings.Contains(p.Get(string(r.Q), "change"), `"ops"`) {
				t.Errorf("the parked change is not there for its author: %v", p.Records["case-1"][r.Q].F)
			}
			other := w.Phone("case-1", "c1-thomas")
			if other.Sees(string(r.Q)) {
				t.Error("a parked change is its author's alone")
			}
			want(t, p.Do(Make("note", "after", "about", "c1-t08", "text", "goes on")), wire.OK, "") // nothing is blocked
		})
	}
}

func TestOneBadChangeOfAHundredIsParkedAlone(t *testing.T) { // row 66
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	var changes []wire.Change
	for i := range 100 {
		op := Make("task", "new-"+string(rune('a'+i/26))+string(rune('a'+i%26)), "title", "t", "responsible", "c1-karen")
		if i == 50 {
			op = Set("c1-t08", "rank", "1")
		}
		changes = append(changes, jonas.Change(op))
	}
	results, err := jonas.Send(changes...)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range results {
		if parked := r.R == wire.Parked; parked != (i == 50) {
			t.Errorf("change %d: got %s %s", i, r.R, r.Code)
		}
		if r.Seq != results[0].Seq+uint64(i) {
			t.Errorf("change %d has number %d: numbers must follow without a gap (I6)", i, r.Seq)
		}
	}
}

func TestTheSamePushTwiceHasTheSameBytesAndNoEffect(t *testing.T) { // I2, I7
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	c := jonas.Change(Make("task", "x", "title", "Ring til PPR", "responsible", "c1-karen"))
	first, err := jonas.Send(c)
	if err != nil {
		t.Fatal(err)
	}
	w.Restart()
	again, err := jonas.Send(c)
	if err != nil || !slices.EqualFunc(first, again, func(a, b wire.Result) bool { return encode(t, a) == encode(t, b) }) {
		t.Errorf("got %v, %v; want the first answer %v", again, err, first)
	}
	jonas.Pull()
	if jonas.Base["case-1"] != first[0].Seq {
		t.Errorf("the space moved on to %d by a replay", jonas.Base["case-1"])
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestAClonedProfileIsAForkAndAHoleIsAGap(t *testing.T) {
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	c := jonas.Change(Make("note", "n1", "about", "c1-t08", "text", "a"))
	if _, err := jonas.Send(c); err != nil {
		t.Fatal(err)
	}
	clone := c
	clone.ID = "another"
	if _, err := jonas.Send(clone); err == nil || err.Error() != string(hub.Fork) {
		t.Errorf("another change under a used number: got %v, want fork", err)
	}
	skipped := jonas.Change(Make("note", "n2", "about", "c1-t08", "text", "b"))
	skipped.N += 3
	_, err := jonas.Send(skipped)
	if r, ok := err.(*hub.Refused); !ok || r.Reason != hub.Gap || r.Want != 2 {
		t.Errorf("a hole: got %#v, want a gap that waits for 2", err)
	}
	stolen := w.Phone("case-1", "c1-signe")
	stolen.Client = jonas.Client
	if got := stolen.Refused(Make("note", "n3", "about", "c1-t08", "text", "c")); got != hub.Fork {
		t.Errorf("a client of another person: got %s, want fork", got)
	}
}

func TestAFarAheadBaseIsParked(t *testing.T) { // row 62
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	jonas.Base["case-1"] = 1 << 40
	want(t, jonas.Do(Set("c1-t08", "title", "t")), wire.Parked, "change.baseAhead")
}

func TestDeletedIsNotGone(t *testing.T) {
	w := New(t)
	jonas, signe, birthe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-birthe")
	if !birthe.Sees("c1-t13") {
		t.Fatal("Birthe must see her own task")
	}
	want(t, jonas.Do(Set("c1-t13", "responsible", "c1-signe")), wire.OK, "")
	birthe.Pull()
	if birthe.Sees("c1-t13") {
		t.Error("a task that is no longer hers must be gone from her phone")
	}
	want(t, jonas.Do(merge.Op{Rec: "c1-t08", Del: true}), wire.OK, "")
	signe.Pull()
	if r := signe.Records["case-1"]["c1-t08"]; !r.Del {
		t.Error("a deleted task is deleted, not gone: everybody may still want it back")
	}
	want(t, jonas.Do(Set("c1-t08", "title", "t")), wire.Parked, "record.deleted")
}

func TestANewHelperGetsTheWholeTask(t *testing.T) {
	w := New(t)
	jonas, birthe := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-birthe")
	want(t, jonas.Do(Make("note", "n1", "about", "c1-t08", "text", "Kan Birthe hjælpe?")), wire.OK, "")
	want(t, jonas.Do(merge.Op{Rec: "c1-t08", Add: map[string][]string{"helpers": {"c1-birthe"}}}), wire.OK, "")
	birthe.Pull()
	if birthe.Get("c1-t08", "title") == "" || birthe.Get("c1-t08", "due") == "" {
		t.Error("a record that becomes visible must come whole, not only its changed field")
	}
	if !birthe.Sees("n1") {
		t.Error("a note has the readers of what it is about, today")
	}
	want(t, jonas.Do(merge.Op{Rec: "c1-t08", Remove: map[string][]string{"helpers": {"c1-birthe"}}}), wire.OK, "")
	birthe.Pull()
	if birthe.Sees("c1-t08") || birthe.Sees("n1") {
		t.Error("the task and its note must be gone again")
	}
}

func TestACursorOfAnybodyElseStartsAfresh(t *testing.T) { // rows 93-95
	w := New(t)
	signe, karen := w.Phone("case-1", "c1-signe"), w.Phone("case-1", "c1-karen")
	mine := cur(t, w, signe)
	for name, token := range map[string]string{
		"nonsense": "abc", "of another person": cur(t, w, karen), "with a bit turned": flip(mine), "cut": mine[:len(mine)-2],
	} {
		out, err := w.Hub.Pull(signe.Account, &wire.Pull{Client: "c", Schema: 1, Cur: map[plan.SpaceID]string{"case-1": token}})
		if err != nil || !out.Spaces["case-1"].Reset {
			t.Errorf("%s: got %v, %v; want a reset", name, out, err)
		}
	}
	w.Now = w.Now.Add(31 * 24 * time.Hour)
	out, err := w.Hub.Pull(signe.Account, &wire.Pull{Client: "c", Schema: 1, Cur: map[plan.SpaceID]string{"case-1": mine}})
	if err != nil || !out.Spaces["case-1"].Reset {
		t.Errorf("older than the horizon: got %v, %v; want a reset", out, err)
	}
}

func cur(t *testing.T, w *World, p *Phone) string {
	t.Helper()
	out, err := w.Hub.Pull(p.Account, &wire.Pull{Client: p.Client, Schema: 1})
	if err != nil {
		t.Fatal(err)
	}
	return out.Spaces["case-1"].Cur
}

func flip(token string) string {
	b := []byte(token)
	if b[20] == 'A' {
		b[20] = 'B'
	} else {
		b[20] = 'A'
	}
	return string(b)
}

func TestADeletedTaskComesBackAsItWas(t *testing.T) {
	w := New(t)
	jonas, karen := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-karen")
	want(t, jonas.Do(merge.Op{Rec: "c1-t08", Del: true}), wire.OK, "")
	late := karen.Do(Set("c1-t08", "state", "done"))
	want(t, late, wire.Parked, "record.deleted") // kept, with the way back
	want(t, karen.Do(merge.Op{Rec: "c1-t08", Restore: true}), wire.Parked, "task.notYours")
	want(t, jonas.Do(merge.Op{Rec: "c1-t08", Del: true, Restore: true}), wire.Parked, "change.malformed")
	want(t, jonas.Do(merge.Op{Rec: "c1-t08", Restore: true}), wire.OK, "")
	karen.Pull()
	if r := karen.Records["case-1"]["c1-t08"]; r.Del || karen.Get("c1-t08", "title") == "" {
		t.Errorf("the task is not back: %+v", r)
	}
	want(t, karen.Do(Set("c1-t08", "state", "done")), wire.OK, "")
	// Whoever gives up a parked change deletes it; nobody else sees it.
	want(t, karen.Do(merge.Op{Rec: late.Q, Del: true}), wire.OK, "")
	karen.Pull()
	if !karen.Records["case-1"][late.Q].Del {
		t.Error("the parked change was not given up")
	}
	want(t, jonas.Do(merge.Op{Rec: late.Q, Del: true}), wire.Parked, "record.missing")
}

func TestDoneStandsAgainstALateBeginning(t *testing.T) { // R51
	w := New(t)
	karen, jonas := w.Phone("case-1", "c1-karen"), w.Phone("case-1", "c1-jonas")
	want(t, jonas.Do(Set("c1-t08", "state", "done")), wire.OK, "")
	want(t, karen.Do(Set("c1-t08", "state", "in_progress")), wire.OK, "")
	karen.Pull()
	if got := karen.Get("c1-t08", "state"); got != "done" {
		t.Errorf("got %s, want done", got)
	}
}

func TestTwoParagraphsOfOneTextMeet(t *testing.T) { // long text merges by paragraph
	w := New(t)
	one, two := w.Phone("case-1", "c1-karen"), w.Phone("case-1", "c1-karen")
	const start = "Jeg kan ikke.\n\nKursus.\n\nJeg sender en note."
	want(t, one.Do(Set("c1-m3-c1-karen", "apology", start)), wire.OK, "")
	one.Pull()
	two.Pull()
	edit := func(text string) merge.Op {
		op := Set("c1-m3-c1-karen", "apology", text)
		op.Was = map[string]plan.Value{"apology": plan.String(start)}
		return op
	}
	want(t, one.Do(edit("Jeg kan desværre ikke.\n\nKursus.\n\nJeg sender en note.")), wire.OK, "")
	want(t, two.Do(edit("Jeg kan ikke.\n\nKursus.\n\nJeg sender tre linjer.")), wire.OK, "")
	two.Pull()
	if got := two.Get("c1-m3-c1-karen", "apology"); got != "Jeg kan desværre ikke.\n\nKursus.\n\nJeg sender tre linjer." {
		t.Errorf("both paragraphs must be there: %q", got)
	}
	told, err := w.Hub.History(two.Account, wire.Asked{Space: "case-1", Rec: "c1-m3-c1-karen"})
	if last := told.Entries[len(told.Entries)-1]; err != nil || len(last.Merged) != 1 {
		t.Errorf("a clean merge is marked: %+v, %v", last, err)
	}
	late := edit("Jeg kan slet ikke.\n\nKursus.\n\nJeg sender en note.")
	overlap := w.Phone("case-1", "c1-karen")
	overlap.Base["case-1"] = 2 // it had seen what both started from
	if r := overlap.Do(late); r.R != wire.Conflict {
		t.Errorf("one paragraph in two ways: got %+v, want a conflict", r)
	}
}

func TestAnOperationDoesOneThing(t *testing.T) { // of two, one would be lost without a word
	w := New(t)
	jonas := w.Phone("case-1", "c1-jonas")
	title := map[string]plan.Value{"title": plan.String("t"), "responsible": plan.String("c1-karen")}
	for name, op := range map[string]merge.Op{
		"new and set":      {Rec: "x", Kind: "task", New: title, Set: map[string]plan.Value{"due": plan.String("2026-12-01")}},
		"new and del":      {Rec: "x", Kind: "task", New: title, Del: true},
		"del and set":      {Rec: "c1-t08", Del: true, Set: map[string]plan.Value{"title": plan.String("t")}},
		"del and restore":  {Rec: "c1-t08", Del: true, Restore: true},
		"conflict and del": {Conflict: "x", Choose: merge.Mine, Del: true},
		"conflict and add": {Conflict: "x", Choose: merge.Mine, Add: map[string][]string{"helpers": {"c1-karen"}}},
	} {
		if r := jonas.Do(op); r.Code != "change.malformed" {
			t.Errorf("%s: got %s %s", name, r.R, r.Code)
		}
	}
	want(t, jonas.Do(Make("task", "x", "title", "a", "responsible", "c1-karen"), Make("task", "x", "title", "b", "responsible", "c1-karen")), wire.Parked, "change.twice")
	want(t, jonas.Do(Set("c1-t08", "title", "a"), Set("c1-t08", "title", "b")), wire.Parked, "change.twice")
}

func TestAQuietSpacesCursorIsRenewed(t *testing.T) {
	w := New(t)
	signe := w.Phone("case-1", "c1-signe")
	for range 5 {
		w.Now = w.Now.Add(16 * 24 * time.Hour)
		signe.Pull()
	}
	if signe.Resets["case-1"] != 1 {
		t.Errorf("a phone that asks every fortnight started afresh %d times", signe.Resets["case-1"])
	}
}

func TestTheLeaseIsThatOfEverythingAPersonIs(t *testing.T) {
	w := New(t)
	for who, hours := range map[string]int{"c1-signe": 72, "c1-karen": 24} {
		p := w.Phone("case-1", who)
		until, err := time.Parse(time.RFC3339, string(p.Last.Lease))
		if err != nil || until.Sub(w.Now) != time.Duration(hours)*time.Hour {
			t.Errorf("%s: got %s, want %d hours", who, p.Last.Lease, hours)
		}
		out, err := w.Hub.Pull(p.Account, &wire.Pull{Client: "c", Schema: 1, Only: []plan.SpaceID{"case-1"}})
		if err != nil || out.Lease != "" {
			t.Errorf("%s: a pull of one space knows only that: got %q, %v", who, out.Lease, err)
		}
	}
}
