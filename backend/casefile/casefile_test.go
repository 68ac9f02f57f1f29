package casefile

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/hub"
	"samspor/sync/plan"
)

func read(t *testing.T, weeks int) *File {
	t.Helper()
	f, err := Read(Sample, weeks)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func record(t *testing.T, f *File, space, id string) hub.Seed {
	t.Helper()
	for _, s := range f.Spaces {
		for _, r := range s.Records {
			if string(s.ID) == space && string(r.ID) == id {
				return r
			}
		}
	}
	t.Fatalf("no record %s in %s", id, space)
	return hub.Seed{}
}

func TestTheSampleIsCarriedWhole(t *testing.T) {
	f := read(t, 0)
	counts := map[string]map[string]int{}
	for _, s := range f.Spaces {
		if err := hub.CheckSeeds(s.Records); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
		counts[string(s.ID)] = map[string]int{}
		for _, r := range s.Records {
			counts[string(s.ID)][r.Kind]++
		}
	}
	// Counted in the file itself.
	want := map[string]int{
		"case": 1, "track": 3, "person": 14, "membership": 14, "reach": 14, "child": 1, "levelEntry": 8, "tovholder": 2,
		"handover": 2, "acknowledgement": 5, "contactPerson": 7, "goal": 4, "meeting": 4, "task": 14, "consent": 7,
		"message": 3, "form": 7, "legalMarker": 1, "model": 2,
	}
	for kind, n := range want {
		if got := counts["case-1"][kind]; got != n {
			t.Errorf("case-1 has %d records of kind %s, want %d", got, kind, n)
		}
	}
	if got := plan.Str(record(t, f, "case-1", "c1-t10").F["responsible"]); got == "" {
		t.Error("c1-t10 has lost its responsible")
	}
	if got := string(record(t, f, "case-1", "c1-tv2").F["scope"]); got != `["home","institution","pathway"]` {
		t.Errorf("scope of c1-tv2: got %s", got)
	}
}

func TestEveryTextOfTheSampleArrivesSomewhere(t *testing.T) {
	f := read(t, 0)
	raw, err := json.Marshal(f.Spaces)
	if err != nil {
		t.Fatal(err)
	}
	have := string(raw)
	var lost []string
	var walk func(key string, v any)
	walk = func(key string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				if k != "testExpectations" && k != "pushTextKey" { // push texts are the program's own
					walk(k, x)
				}
			}
		case []any:
			for _, x := range v {
				walk(key, x)
			}
		case string:
			if quoted := strings.Trim(string(plan.String(v)), `"`); len(v) > 6 && key != "scope" && !strings.Contains(v, ":") && !strings.Contains(have, quoted) {
				lost = append(lost, key+": "+v)
			}
		}
	}
	var top map[string]any
	if err := json.Unmarshal(Sample, &top); err != nil {
		t.Fatal(err)
	}
	walk("", top["cases"])
	if len(lost) > 0 {
		t.Errorf("%d texts did not arrive, the first: %s", len(lost), lost[0])
	}
}

func TestPeopleOfTwoCasesAreOnePerson(t *testing.T) {
	same := map[string]string{}
	for _, p := range read(t, 0).People {
		if p.Same != "" && strings.HasPrefix(string(p.Space), "case-") {
			same[p.Key()] = p.Same
		}
	}
	for key, want := range map[string]string{
		"case-4/c4-jonas": "case-1/c1-jonas", "case-4/c4-nadia": "case-1/c1-nadia", "case-4/c4-ulla": "case-1/c1-ulla",
	} {
		if same[key] != want {
			t.Errorf("%s: got %q, want %q", key, same[key], want)
		}
	}
}

func TestTheMunicipalityHasItsProfessionalsAndNobodyElse(t *testing.T) {
	names := map[string]bool{}
	for _, p := range read(t, 0).People {
		if p.Space == OrgID("Gudenå Kommune (fiktiv)") {
			names[p.Name] = true
		}
	}
	for _, in := range []string{"Jonas Brandt", "Karen Lyhne", "Nadia Elmasry", "Tea Lindgaard", "Mette Damsgaard"} {
		if !names[in] {
			t.Errorf("%s works for the municipality and is missing", in)
		}
	}
	for _, out := range []string{"Signe Rosenvang", "Line Skovbo", "Henrik Aagaard", "Birthe Rosenvang"} {
		if names[out] {
			t.Errorf("%s does not work for the municipality", out)
		}
	}
}

func TestDaysMoveByWholeWeeksAndKeepTheirHour(t *testing.T) {
	now := time.Date(2027, 7, 14, 12, 0, 0, 0, time.UTC) // a Wednesday, in summer time
	weeks, err := Weeks(Sample, now)
	if err != nil || weeks != 33 {
		t.Fatalf("got %d weeks, %v; want 33", weeks, err)
	}
	f := read(t, weeks)
	m := record(t, f, "case-1", "c1-m4")
	if got := plan.Str(m.F["start"]); got != "2027-07-22T14:00:00+02:00" { // was Thursday 3 December, 14:00+01:00
		t.Errorf("the meeting moved to %s", got)
	}
	if got := plan.Str(m.F["agendaDeadline"]); got != "2027-07-15" {
		t.Errorf("the deadline moved to %s", got)
	}
	for _, c := range []struct {
		now  string
		want int
	}{{"2026-11-23T00:00:00Z", 0}, {"2026-11-29T22:00:00Z", 0}, {"2026-11-30T08:00:00Z", 1}, {"2026-11-22T12:00:00Z", -1}, {"2025-11-24T12:00:00Z", -52}} {
		at, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Weeks(Sample, at); err != nil || got != c.want {
			t.Errorf("at %s: got %d weeks, %v; want %d", c.now, got, err, c.want)
		}
	}
}

func TestWhatIsWrongWithAFileIsNamedByItsPlace(t *testing.T) {
	for name, c := range map[string]struct{ old, new, pointer string }{
		"an unknown key":         {`"custody": "joint"`, `"kustody": "joint"`, "/cases/0/parties/1/kustody"},
		"a missing reference":    {`"responsibleId": "c1-karen"`, `"responsibleId": "c1-nobody"`, "/cases/0/tasks/0/responsibleId"},
		"a reference elsewhere":  {`"goalId": "c1-g1"`, `"goalId": "c1-m1"`, ""},
		"a word not in the list": {`"access": "professional_lead"`, `"access": "boss"`, ""},
		"a day that is none":     {`"due": "2026-06-26"`, `"due": "2026-06-31"`, "/cases/0/tasks/0/due"},
		"an id twice":            {`"id": "c1-g2"`, `"id": "c1-g1"`, ""},
		"an unknown model":       {`"sst-buc-4"`, `"sst-buc-9"`, ""},
		"an unknown top key":     {`"notice"`, `"notize"`, "/notize"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(string(Sample), c.old, c.new, 1)
			if broken == string(Sample) {
				t.Fatal("the sample no longer holds what this test breaks")
			}
			f, err := Read([]byte(broken), 0)
			var bad *Bad
			if !errors.As(err, &bad) || f != nil && len(f.Spaces) > 0 && err == nil {
				t.Fatalf("got %v, want a named place", err)
			}
			if c.pointer != "" && bad.Pointer != c.pointer {
				t.Errorf("got %s (%s), want %s", bad.Pointer, bad.Why, c.pointer)
			}
		})
	}
}
