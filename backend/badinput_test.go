package backend_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"samspor/sync/hub"
	"samspor/sync/plan"
)

// What a phone can get wrong inside a well-formed request. Whether the case moved
// is seen from the hash of its history, over everything that was ever written.

// logged keeps what the server logs.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// take gives what was logged since the last call.
func (l *logged) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.buf.Reset()
	return l.buf.String()
}

func (s *system) hash(space string) string {
	s.t.Helper()
	h, err := s.server.Hub.Hash(plan.SpaceID(space))
	if err != nil {
		s.t.Fatal(err)
	}
	return h
}

// post writes a request of this client byte by byte.
func (x *stranger) post(path string, v any) string {
	x.s.t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		x.s.t.Fatal(err)
	}
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
		path, x.s.addr, x.token, len(body), body)
}

// rawPush pushes over a bare connection; a refusal gives its status and problem.
func (x *stranger) rawPush(push any) (out struct {
	Results            []result
	Status             int
	Type, Code, Detail string
	Pointer            string
}) {
	x.s.t.Helper()
	status, _, body := x.s.raw(x.post("/api/v1/sync/push", push))
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		x.s.t.Fatalf("%d %q: %v", status, body, err)
	}
	if out.Status = status; status == 200 {
		return out
	}
	if out.Type != "/problems/"+out.Code {
		x.s.t.Errorf("the problem %s is of type %s", out.Code, out.Type)
	}
	return out
}

// sees gives a member's whole view of a space, as the bytes of its records.
func (x *stranger) sees(space string) map[string]string {
	x.s.t.Helper()
	var out struct {
		Spaces map[string]struct {
			Put  []json.RawMessage
			More bool
		}
	}
	x.decode(x.send("/api/v1/sync/pull", obj{"client": x.client, "schema": 1, "only": []string{space}}), 200, &out)
	view := map[string]string{}
	for _, raw := range out.Spaces[space].Put {
		var r struct{ ID string }
		if err := json.Unmarshal(raw, &r); err != nil {
			x.s.t.Fatal(err)
		}
		view[r.ID] = string(raw)
	}
	if len(view) == 0 || out.Spaces[space].More {
		x.s.t.Fatalf("%d records of %s, more: %v", len(view), space, out.Spaces[space].More)
	}
	return view
}

// field gives a field of a record as a member sees it.
func (x *stranger) field(space, rec, name string) string {
	x.s.t.Helper()
	var r struct{ F map[string]any }
	if err := json.Unmarshal([]byte(x.sees(space)[rec]), &r); err != nil {
		x.s.t.Fatalf("%s of %s: %v", name, rec, err)
	}
	text, ok := r.F[name].(string)
	if !ok {
		x.s.t.Fatalf("%s of %s is %v", name, rec, r.F[name])
	}
	return text
}

func TestABadChangeIsParkedAndNothingElseMoves(t *testing.T) { // rows 11, 52-55, 62, 73-74
	s := start(t)
	signe, karen := s.signIn("case-1/c1-signe", "c_signe"), s.signIn("case-1/c1-karen", "c_karen")
	s.closedCase()
	task := obj{"title": "Ringe til BUC", "responsible": "c1-signe"}
	made, _ := signe.push(signe.change("case-1", 1, 1, "t1", obj{"rec": "mine", "kind": "task", "new": task}))
	if made[0].R != "ok" {
		t.Fatalf("got %+v", made)
	}
	next := map[string]int{"case-1": 2, "closed": 1}
	for _, c := range []struct {
		name  string
		space string
		base  int
		op    obj
		code  string
	}{
		{"52 a field outside the role", "case-1", 1, set("c1-t08", "title", "Min titel"), "task.notYours"},
		{"52 a field of a kind that nobody writes", "case-1", 1, set("case-1", "title", "Min sag"), "field.notAllowed"},
		{"53 a role raised", "case-1", 1, set("m-c1-signe", "role", "professional_lead"), "field.notAllowed"},
		{"53 a role raised where there is none", "case-1", 2, set("mine", "role", "professional_lead"), "field.unknown"},
		{"53 an account taken over", "case-1", 1, set("m-c1-karen", "account", "a1"), "field.unknown"},
		{"54 a note in another's name", "case-1", 1, obj{"rec": "n1", "kind": "note", "new": obj{"about": "mine", "text": "x", "person": "c1-karen"}}, "field.notAllowed"},
		{"54 an operation in another's name", "case-1", 1, obj{"rec": "mine", "set": obj{"state": "done"}, "by": "c1-karen"}, "change.malformed"},
		{"54 work for another", "case-1", 1, obj{"rec": "t2", "kind": "task", "new": obj{"title": "x", "responsible": "c1-karen"}}, "task.onlyOwn"},
		{"55 a closed case", "closed", 1, note("n1", "Efter lukning"), "case.closed"},
		{"62 a base that is not there yet", "case-1", 1 << 40, set("mine", "state", "done"), "change.baseAhead"},
		{"73 a text of 20,001 characters", "case-1", 1, note("n1", strings.Repeat("ø", 20_001)), "value.tooLong"},
		{"73 a title of 201 characters", "case-1", 1, obj{"rec": "t2", "kind": "task", "new": obj{"title": strings.Repeat("a", 201), "responsible": "c1-signe"}}, "value.tooLong"},
		{"74 a pile of accents", "case-1", 1, note("n1", "a"+strings.Repeat("\u0301", 1000)), "value.badCharacter"},
		{"12 a NUL in a text", "case-1", 1, note("n1", "a\x00b"), "value.badCharacter"},
		{"12 an escape in a text", "case-1", 1, note("n1", "\x1b[2J"), "value.badCharacter"},
		{"a kind that is not there", "case-1", 1, obj{"rec": "x1", "kind": "journal", "new": obj{"text": "x"}}, "field.unknown"},
		{"an id that is none", "case-1", 1, obj{"rec": "../x", "kind": "note", "new": obj{"about": "mine", "text": "x"}}, "field.unknown"},
		{"a record that is not there", "case-1", 1, set("nobody", "state", "done"), "record.missing"},
		{"an operation that says nothing", "case-1", 1, obj{"rec": "mine"}, "change.malformed"},
		{"a record that another change has made", "case-1", 1, obj{"rec": "mine", "kind": "task", "new": task}, "record.exists"},
		{"more than 64 KiB", "case-1", 1, note("n1", strings.Repeat("a", 64<<10)), "change.tooLarge"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, theirs, mine := s.hash(c.space), karen.sees(c.space), signe.sees(c.space)
			n := next[c.space]
			next[c.space]++
			push := signe.pushBody(signe.change(c.space, n, c.base, fmt.Sprintf("bad%d", n), c.op))
			out := signe.rawPush(push)
			if len(out.Results) != 1 || out.Results[0].R != "parked" || out.Results[0].Code != c.code {
				t.Fatalf("got %+v, want it parked as %s", out, c.code)
			}
			parked := s.hash(c.space)
			if parked == before {
				t.Error("what is parked is history too")
			}
			if again := signe.rawPush(push); s.hash(c.space) != parked || again.Results[0].Q != out.Results[0].Q {
				t.Errorf("sent again it has the same answer and no effect: %+v", again)
			}
			if got := karen.sees(c.space); !maps.Equal(got, theirs) {
				t.Error("another member sees something else than before")
			}
			got := signe.sees(c.space)
			kept := got[out.Results[0].Q]
			delete(got, out.Results[0].Q)
			if !maps.Equal(got, mine) {
				t.Error("its author sees another plan than before")
			}
			var r struct {
				F struct {
					Code   string
					Change obj
				}
			}
			if err := json.Unmarshal([]byte(kept), &r); err != nil {
				t.Fatal(err)
			}
			ops, err := json.Marshal(r.F.Change["ops"])
			if err != nil {
				t.Fatal(err)
			}
			want, err := json.Marshal([]obj{c.op})
			if err != nil {
				t.Fatal(err)
			}
			if r.F.Code != c.code || string(ops) != string(want) {
				t.Errorf("parked is %s %s, want %s whole", r.F.Code, ops[:min(len(ops), 200)], c.code)
			}
		})
	}
}

// closedCase makes a case that is closed, with two of the people of case-1.
func (s *system) closedCase() {
	s.t.Helper()
	s.seed("closed", "closed", obj{"c1-signe": obj{"role": "guardian"}, "c1-karen": obj{"role": "professional"}})
}

// seed makes a case with some people of case-1 and what their memberships say.
func (s *system) seed(space, state string, members obj) {
	s.t.Helper()
	records := []hub.Seed{
		{ID: "case", Kind: "case", F: map[string]plan.Value{"kind": plan.String("named"), "state": plan.String(state), "country": plan.String("DK")}},
		{ID: "c1-t08", Kind: "track", F: map[string]plan.Value{"label": plan.String("Skole")}},
	}
	for id, v := range members {
		m := hub.Seed{ID: plan.RecordID("m-" + id), Kind: "membership", F: map[string]plan.Value{
			"person": plan.String(id), "account": plan.String(s.accounts["case-1/"+id]),
		}}
		fields, ok := v.(obj)
		if !ok {
			s.t.Fatalf("%s has %v", id, v)
		}
		for name, value := range fields {
			m.F[name] = plan.String(fmt.Sprint(value))
		}
		records = append(records, m, hub.Seed{ID: plan.RecordID(id), Kind: "person", F: map[string]plan.Value{"name": plan.String(id)}})
	}
	if err := s.server.Hub.Seed(plan.SpaceID(space), records); err != nil {
		s.t.Fatal(err)
	}
}

func TestABadPushMovesNothing(t *testing.T) { // rows 7, 54, 56-60, 63-64, 69
	s := start(t)
	s.seed("other", "active", obj{
		"c1-karen": obj{"role": "professional"},
		"c1-signe": obj{"role": "guardian", "from": s.now().AddDate(0, 0, 7).Format(time.DateOnly)},
		"c1-jonas": obj{"role": "professional", "to": s.now().AddDate(0, 0, -7).Format(time.DateOnly)},
	})
	signe, jonas := s.signIn("case-1/c1-signe", "c_signe"), s.signIn("case-1/c1-jonas", "c_jonas")
	push := func(x *stranger, space string, n int, id string, change obj) obj {
		c := x.change(space, n, 1, id, note("n-"+id, "x"))
		maps.Copy(c, change)
		return x.pushBody(c)
	}
	with := func(more obj) obj {
		p := push(signe, "case-1", 2, "s2", nil)
		maps.Copy(p, more)
		return p
	}
	if first := signe.rawPush(push(signe, "case-1", 1, "s1", nil)); first.Status != 200 || first.Results[0].R != "ok" {
		t.Fatalf("got %+v", first)
	}
	many := make([]obj, 201)
	for i := range many {
		many[i] = signe.change("case-1", i+2, 1, fmt.Sprintf("m%d", i), note(fmt.Sprintf("nm%d", i), "x"))
	}
	for _, c := range []struct {
		name    string
		who     *stranger
		push    obj
		status  int
		code    string
		pointer string
	}{
		{"54 a push in another's name", signe, with(obj{"person": "c1-karen"}), 422, "unknown-field", "/person"},
		{"54 a change in another's name", signe, push(signe, "case-1", 2, "s2", obj{"by": "c1-karen"}), 422, "unknown-field", "/changes/0/by"},
		{"56 before the membership begins", signe, push(signe, "other", 1, "s2", nil), 404, "not-found", ""},
		{"57 after the membership has ended", jonas, push(jonas, "other", 1, "j1", nil), 410, "gone", ""},
		{"59 the same number, another change", signe, push(signe, "case-1", 1, "s9", nil), 409, "fork", ""},
		{"60 the same client, another person", jonas, with(nil), 409, "fork", ""},
		{"a number left out", signe, push(signe, "case-1", 3, "s3", nil), 409, "gap", ""},
		{"the number 0", signe, push(signe, "case-1", 0, "s3", nil), 409, "gap", ""},
		{"63 a negative base", signe, push(signe, "case-1", 2, "s2", obj{"base": -1}), 422, "wrong-type", "/changes/0/base"},
		{"63 a base that is a text", signe, push(signe, "case-1", 2, "s2", obj{"base": "1"}), 422, "wrong-type", "/changes/0/base"},
		{"64 201 changes", signe, with(obj{"changes": many}), 413, "batch-too-large", ""},
		{"69 a device's clock that is none", signe, with(obj{"now": "i går"}), 422, "bad-time", "/now"},
		{"69 no clock", signe, with(obj{"now": ""}), 422, "bad-time", "/now"},
		{"69 a month that is none", signe, push(signe, "case-1", 2, "s2", obj{"at": "2026-13-01T08:00:00Z"}), 422, "bad-time", "/changes/0/at"},
		{"69 a time without its zone", signe, push(signe, "case-1", 2, "s2", obj{"at": "2026-11-23T08:00:00"}), 422, "bad-time", "/changes/0/at"},
		{"a change without an id", signe, push(signe, "case-1", 2, "", nil), 422, "wrong-type", "/changes/0/id"},
		{"one bad change beside a good one", signe, with(obj{"changes": []obj{
			signe.change("case-1", 2, 1, "s2", note("n2", "x")), signe.change("other", 1, 1, "s3", note("n3", "x")),
		}}), 404, "not-found", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := s.hash("case-1") + s.hash("other")
			out := c.who.rawPush(c.push)
			if out.Status != c.status || out.Code != c.code || out.Pointer != c.pointer {
				t.Errorf("got %d %s at %q, want %d %s at %q", out.Status, out.Code, out.Pointer, c.status, c.code, c.pointer)
			}
			if after := s.hash("case-1") + s.hash("other"); after != before {
				t.Errorf("the cases were at %s and are at %s", before, after)
			}
		})
	}
	// 57: a pull says that the phone is to let go of it, after what was written is handed over.
	jonas.cur["other"] = "AAAA"
	if out := jonas.pull("other"); len(out.Removed) != 1 || out.Removed[0].Why != "membershipEnded" || len(out.Spaces) > 0 {
		t.Errorf("got %+v", out)
	}
	karen := s.signIn("case-1/c1-karen", "c_karen")
	view := karen.sees("other")
	outbox := obj{"client": "c_jonas", "space": "other", "changes": []obj{jonas.change("other", 1, 1, "j1", note("n1", "x"))}}
	_, _, first := s.raw(jonas.post("/api/v1/sync/quarantine", outbox))
	kept := s.hash("other")
	if _, _, again := s.raw(jonas.post("/api/v1/sync/quarantine", outbox)); again != first || s.hash("other") != kept {
		t.Errorf("handed over again: got %s, first %s", again, first)
	}
	if status, _, body := s.raw(signe.post("/api/v1/sync/quarantine", outbox)); status != 404 || s.hash("other") != kept {
		t.Errorf("who has never been there hands over: got %d %s", status, body)
	}
	if got := karen.sees("other"); !strings.Contains(first, `"receipt"`) || !maps.Equal(got, view) {
		t.Errorf("the receipt is %s, and the plan has changed or not: %v", first, maps.Equal(got, view))
	}
}

func TestTheSameChangeAgain(t *testing.T) { // rows 58-60
	s := start(t)
	karen, tablet, signe := s.signIn("case-1/c1-karen", "c_karen"), s.signIn("case-1/c1-karen", "c_tablet"), s.signIn("case-1/c1-signe", "c_signe")
	push := karen.pushBody(karen.change("case-1", 1, 1, "k1", note("n1", "Det første")))
	_, _, first := s.raw(karen.post("/api/v1/sync/push", push))
	before, seen := s.hash("case-1"), signe.sees("case-1")
	if _, _, again := s.raw(karen.post("/api/v1/sync/push", push)); again != first || s.hash("case-1") != before {
		t.Errorf("58 the same body: got %s, first %s", again, first)
	}
	other := karen.pushBody(karen.change("case-1", 1, 1, "k1", note("n1", "Noget andet")))
	if _, _, again := s.raw(karen.post("/api/v1/sync/push", other)); again != first || s.hash("case-1") != before {
		t.Errorf("59 another body: got %s, first %s", again, first)
	}
	// 60: on another device it is a change of its own, and what it made is there already.
	out := tablet.rawPush(tablet.pushBody(tablet.change("case-1", 1, 1, "k1", note("n1", "Noget tredje"))))
	if len(out.Results) != 1 || out.Results[0].R != "ok" || out.Results[0].Seq != 3 || s.hash("case-1") == before {
		t.Errorf("60 another device: got %+v", out)
	}
	if got := signe.sees("case-1"); !maps.Equal(got, seen) {
		t.Error("the plan has changed")
	}
	if got := signe.field("case-1", "n1", "text"); got != "Det første" {
		t.Errorf("the note says %q", got)
	}
}

func TestWhatLooksOddIsTakenAsItIs(t *testing.T) { // rows 61, 65, 67-68, 73, 75-76
	s := start(t)
	signe := s.signIn("case-1/c1-signe", "c_signe")
	for i, c := range []struct {
		name string
		now  string
		base int
		text string
	}{
		{"61 a base before anything", "2026-11-23T08:00:00Z", 0, "Skrevet uden at have set noget"},
		{"67 a clock ten years ahead", s.now().AddDate(10, 0, 0).Format(time.RFC3339), 1, "Fra fremtiden"},
		{"68 a clock before 2020", "1970-01-01T00:00:00Z", 1, "Fra fortiden"},
		{"68 a clock in year 1", "0001-01-01T00:00:00Z", 1, "Fra før fortiden"},
		{"73 a text of 20,000 characters", "2026-11-23T08:00:00Z", 1, strings.Repeat("ø", 20_000)},
		{"74 as many accents as a language needs", "2026-11-23T08:00:00Z", 1, "a" + strings.Repeat("\u0301", 12)},
		{"75 a bidi override", "2026-11-23T08:00:00Z", 1, "a\u202egnp.exe\u2066x\u2069"},
		{"76 a script", "2026-11-23T08:00:00Z", 1, `<script>alert("x")</script><img src=x onerror=alert(1)>&amp;`},
		{"76 lines and tabs", "2026-11-23T08:00:00Z", 1, "a\n\tb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, id := s.hash("case-1"), fmt.Sprintf("n%d", i)
			change := signe.change("case-1", i+1, c.base, id, note(id, c.text))
			change["at"] = c.now
			push := signe.pushBody(change)
			push["now"] = c.now
			out := signe.rawPush(push)
			if len(out.Results) != 1 || out.Results[0].R != "ok" || s.hash("case-1") == before {
				t.Fatalf("got %+v", out)
			}
			if got := signe.field("case-1", id, "text"); got != c.text {
				t.Errorf("the note says %q, want %q", got, c.text)
			}
			if got, want := signe.field("case-1", id, "at"), s.now().UTC().Format(time.RFC3339); got != want {
				t.Errorf("the note is from %s by the server's clock, want %s", got, want)
			}
		})
	}
	jonas := s.signIn("case-1/c1-jonas", "c_jonas") // in two cases
	out := jonas.rawPush(jonas.pushBody(
		jonas.change("case-1", 1, 1, "j1", note("j1", "x")),
		jonas.change("case-4", 1, 1, "j2", obj{"rec": "j2", "kind": "note", "new": obj{"about": "c4-jonas", "text": "x"}}),
	))
	if len(out.Results) != 2 || out.Results[0].R != "ok" || out.Results[1].R != "ok" || out.Results[1].Space != "case-4" || out.Results[1].Seq != 2 {
		t.Errorf("65 two cases in one push: got %+v", out)
	}
}

func TestOneBadChangeOfAHundredIsParkedAlone(t *testing.T) { // row 66
	s := start(t)
	signe := s.signIn("case-1/c1-signe", "c_signe")
	changes := make([]obj, 100)
	for i := range changes {
		id := fmt.Sprintf("n%d", i)
		changes[i] = signe.change("case-1", i+1, 1, id, note(id, "x"))
	}
	changes[41]["ops"] = []obj{set("c1-t08", "title", "Min titel")}
	out := signe.rawPush(signe.pushBody(changes...))
	if len(out.Results) != 100 {
		t.Fatalf("got %d results, %+v", len(out.Results), out)
	}
	for i, r := range out.Results {
		want := "ok"
		if i == 41 {
			want = "parked"
		}
		if r.R != want || r.N != i+1 || r.Seq != i+2 {
			t.Errorf("change %d: got %+v, want %s", i, r, want)
		}
	}
	view := signe.sees("case-1")
	for i := range changes {
		if _, ok := view[fmt.Sprintf("n%d", i)]; ok == (i == 41) {
			t.Errorf("note %d is there: %v", i, ok)
		}
	}
}

func TestACursorThatIsNotOursStartsAfresh(t *testing.T) { // rows 93-95
	s := start(t)
	signe, karen := s.signIn("case-1/c1-signe", "c_signe"), s.signIn("case-1/c1-karen", "c_karen")
	mine, theirs := signe.pull("case-1").Spaces["case-1"].Cur, karen.pull("case-1").Spaces["case-1"].Cur
	turned := []byte(mine)
	turned[10] ^= 1
	before := s.hash("case-1")
	pull := func(cursor string, more obj) (reset bool, records int) {
		t.Helper()
		ask := obj{"client": "c_signe", "schema": 1, "cur": obj{"case-1": cursor}}
		maps.Copy(ask, more)
		status, _, body := s.raw(signe.post("/api/v1/sync/pull", ask))
		var out pulled
		if err := json.Unmarshal([]byte(body), &out); err != nil || status != 200 {
			t.Fatalf("got %d %s, %v", status, body, err)
		}
		return out.Spaces["case-1"].Reset, len(out.Spaces["case-1"].Put)
	}
	_, all := pull("", nil)
	for _, c := range []struct {
		name, cursor string
		later        time.Duration
		reset        bool
		line         string
	}{
		{"its own", mine, 0, false, ""},
		{"93 with a bit turned", string(turned), 0, true, "cursor refused"},
		{"93 cut", mine[:len(mine)-2], 0, true, "cursor refused"},
		{"93 nonsense", "' OR 1=1 --", 0, true, "cursor refused"},
		{"95 of another person", theirs, 0, true, "cursor refused"},
		{"94 of 29 days ago", mine, 29 * 24 * time.Hour, false, ""},
		{"94 of 31 days ago", mine, 31 * 24 * time.Hour, true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			was := s.now()
			s.turn(was.Add(c.later))
			defer func() { s.turn(was) }()
			signe.token = s.signIn("case-1/c1-signe", "c_signe").token
			s.log.take()
			reset, records := pull(c.cursor, nil)
			if reset != c.reset || reset && records != all {
				t.Errorf("got reset %v with %d of %d records, want %v", reset, records, all, c.reset)
			}
			if line := s.log.take(); strings.Contains(line, "cursor refused") != (c.line != "") || strings.Contains(line, c.cursor) {
				t.Errorf("the log says %q, want %q", line, c.line)
			}
			if s.hash("case-1") != before {
				t.Error("reading has moved the case")
			}
		})
	}
}
