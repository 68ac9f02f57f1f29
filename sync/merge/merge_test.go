package merge_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-json-experiment/json"

	"samspor/sync/merge"
	"samspor/sync/plan"
)

// space is a space in a map.
type space map[plan.RecordID]*plan.Record

func (s space) Get(id plan.RecordID) (*plan.Record, error) { return s[id], nil }
func (s space) Put(r *plan.Record)                         { s[r.ID] = r }

type vectorRecord struct {
	Kind string                `json:"kind"`
	F    map[string]plan.Value `json:"f"`
	Del  bool                  `json:"del"`
}

type vector struct {
	Name    string                         `json:"name"`
	Records map[plan.RecordID]vectorRecord `json:"records"`
	Ops     []merge.Op                     `json:"ops"`
	Want    map[plan.RecordID]vectorRecord `json:"want"`
}

func TestVectors(t *testing.T) {
	files, err := filepath.Glob("vectors/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	count := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var vectors []vector
		if err := json.Unmarshal(raw, &vectors); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, v := range vectors {
			count++
			t.Run(v.Name, func(t *testing.T) { v.run(t) })
		}
	}
	if count < 30 {
		t.Errorf("only %d vectors", count)
	}
}

func (v vector) run(t *testing.T) {
	s := space{}
	for id, r := range v.Records {
		rec := &plan.Record{ID: id, Kind: r.Kind, F: map[string]plan.Stamp{}, Del: r.Del}
		for name, value := range r.F {
			rec.F[name] = plan.Stamp{V: canonical(t, value)}
		}
		s[id] = rec
	}
	for i := range v.Ops {
		// The phone replays onto what it has seen: nothing is ever late.
		clashes, err := merge.Apply(s, &v.Ops[i], merge.Write{Seq: 1, Base: 1 << 40})
		if err != nil || len(clashes) > 0 {
			t.Fatalf("op %d: clashes %v, %v", i, clashes, err)
		}
	}
	if got, want := slices.Sorted(maps.Keys(s)), slices.Sorted(maps.Keys(v.Want)); !slices.Equal(got, want) {
		t.Fatalf("records: got %v, want %v", got, want)
	}
	for id, want := range v.Want {
		got := s[id]
		if got.Kind != want.Kind || got.Del != want.Del {
			t.Errorf("%s: got kind %s del %v, want %s %v", id, got.Kind, got.Del, want.Kind, want.Del)
		}
		names := map[string]bool{}
		for n := range got.F {
			names[n] = true
		}
		for n := range want.F {
			names[n] = true
		}
		for n := range names {
			w := want.F[n]
			if len(w) == 0 {
				w = plan.Null // a cleared field and one never written look the same
			}
			if g := got.Get(n); string(canonical(t, g)) != string(canonical(t, w)) {
				t.Errorf("%s.%s: got %s, want %s", id, n, g, w)
			}
		}
	}
}

func canonical(t *testing.T, v plan.Value) plan.Value {
	t.Helper()
	c := v.Clone()
	if err := c.Canonicalize(); err != nil {
		t.Fatalf("%s: %v", v, err)
	}
	return c
}

// TestLateVectors are for the server alone: on a phone nothing is ever late.
func TestLateVectors(t *testing.T) { // R51, I5
	raw, err := os.ReadFile("vectors/late/late.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name    string      `json:"name"`
		Kind    string      `json:"kind"`
		Field   string      `json:"field"`
		Kept    *plan.Stamp `json:"kept"`
		Base    uint64      `json:"base"`
		Claimed plan.Value  `json:"claimed"`
		Want    plan.Value  `json:"want"`
		Clash   bool        `json:"clash"`
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 20 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			s := space{"r": {ID: "r", Kind: v.Kind, F: map[string]plan.Stamp{}}}
			if v.Kept != nil {
				s["r"].F[v.Field] = *v.Kept
			}
			was := plan.String("what both started from")
			op := &merge.Op{Rec: "r", Set: map[string]plan.Value{v.Field: v.Claimed}, Was: map[string]plan.Value{v.Field: was}}
			clashes, err := merge.Apply(s, op, merge.Write{Seq: 10, Base: v.Base, Client: "me"})
			if err != nil || (len(clashes) == 1) != v.Clash {
				t.Fatalf("got clashes %v, %v", clashes, err)
			}
			if v.Clash && (string(clashes[0].Claimed) != string(v.Claimed) || string(clashes[0].Was) != string(was)) {
				t.Errorf("the clash lost a value: %+v", clashes[0])
			}
			if got := s["r"].Get(v.Field); string(got) != string(v.Want) {
				t.Errorf("the record holds %s, want %s", got, v.Want)
			}
		})
	}
}

func TestWhatIsMergedIsNewToItsWriterToo(t *testing.T) { // I5: the writer's next change was made before the merge
	text := func(s string) plan.Value { return plan.String(s) }
	s := space{"g": {ID: "g", Kind: "goal", F: map[string]plan.Stamp{"childWords": {V: text("one\n\ntwo\n\nthree"), Seq: 9}}}}
	write := func(client plan.ClientID, seq uint64, was, now string) []merge.Clash {
		t.Helper()
		op := &merge.Op{Rec: "g", Set: map[string]plan.Value{"childWords": text(now)}, Was: map[string]plan.Value{"childWords": text(was)}}
		clashes, err := merge.Apply(s, op, merge.Write{Seq: seq, Base: 10, Client: client})
		if err != nil {
			t.Fatal(err)
		}
		return clashes
	}
	write("other", 12, "one\n\ntwo\n\nthree", "one\n\ntwo\n\nTHREE")
	write("me", 13, "one\n\ntwo\n\nthree", "ONE\n\ntwo\n\nthree")
	write("me", 14, "ONE\n\ntwo\n\nthree", "ONE again\n\ntwo\n\nthree")
	if got := s["g"].Str("childWords"); got != "ONE again\n\ntwo\n\nTHREE" {
		t.Errorf("got %q: the other's paragraph must stay", got)
	}
}
