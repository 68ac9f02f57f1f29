package world_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"samspor/backend/casefile"
	. "samspor/backend/world"
	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/models"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// opens opens a new case that follows a model, and gives its phone.
func opens(t *testing.T, w *World, id plan.SpaceID) *Phone {
	t.Helper()
	org := string(casefile.OrgID("Gudenå Kommune (fiktiv)"))
	tea := w.Phone("case-4", "c4-tea")
	tea.Space = id
	ops := []merge.Op{
		Make("case", string(id), "kind", "named", "country", "DK", "title", "Ida, 1. klasse", "organisation", org),
		Make("child", "kid", "name", "Ida"), Make("person", "me", "name", "Tea"), Make("membership", "m1", "person", "me"),
	}
	ops[0].New["models"] = plan.Value(`["randers-5x2"]`)
	want(t, tea.Do(ops...), wire.OK, "")
	tea.Pull()
	return tea
}

// told reads one part of the model that a case carries.
func told(t *testing.T, p *Phone, part string, into any) {
	t.Helper()
	if err := json.Unmarshal(p.Records[p.Space]["randers-5x2"].F[part], into); err != nil {
		t.Fatalf("%s: %v", part, err)
	}
}

func TestACaseCarriesItsWholeModelOnThePhone(t *testing.T) { // LS29 EX4: also without network
	all, err := models.All()
	if err != nil {
		t.Fatal(err)
	}
	m := all["randers-5x2"]
	tea := opens(t, New(t), "k-models")
	for part, want := range map[string]any{
		"name": m.Name, "word": m.Word, "about": m.About, "local": m.Local, "levels": m.Levels, "meetings": m.Meetings,
		"rules": m.Rules, "legal": m.Legal, "concern": m.Concern, "guides": m.Guides, "terms": m.Terms, "version": m.Version,
	} {
		raw, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if got := canonical(t, tea.Records["k-models"]["randers-5x2"].F[part]); !bytes.Equal(got, canonical(t, raw)) {
			t.Errorf("%s: got %s, want %s", part, got, raw)
		}
	}
}

// canonical writes JSON with its names in order.
func canonical(t *testing.T, raw []byte) []byte {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%q: %v", raw, err)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAModelThatCasesShareTravelsOnce(t *testing.T) {
	w := New(t)
	tea := opens(t, w, "k-shared")
	asks := func(has []string) (models []wire.Record) {
		t.Helper()
		out, err := w.Hub.Pull(tea.Account, &wire.Pull{Client: tea.Client, Schema: wire.Schema, Has: has})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range slices.Sorted(maps.Keys(out.Spaces)) {
			for _, r := range out.Spaces[id].Put {
				if r.Kind == "model" {
					models = append(models, r)
				} else if r.F == nil || r.Sum != "" {
					t.Errorf("a %s came by a sum", r.Kind)
				}
			}
		}
		return models
	}
	old := asks(nil) // a phone that knows no sums
	if len(old) < 2 || slices.ContainsFunc(old, func(r wire.Record) bool { return r.F == nil || r.Sum != "" }) {
		t.Fatalf("a phone that knows no sums was sent %d models, one of them by its sum", len(old))
	}
	whole := map[string]map[string]plan.Value{}
	for i, r := range asks([]string{}) {
		if r.F != nil {
			whole[r.Sum] = r.F
		}
		if !reflect.DeepEqual(whole[r.Sum], old[i].F) {
			t.Errorf("model %d: its sum stands for something else", i)
		}
	}
	if len(whole) == 0 || len(whole) == len(old) {
		t.Errorf("of %d models %d came whole", len(old), len(whole))
	}
	for i, r := range asks(slices.Collect(maps.Keys(whole))) {
		if r.F != nil || r.Sum == "" {
			t.Errorf("model %d came whole to a phone that has it", i)
		}
	}
}

func TestANewCaseFollowsTheMunicipalitysOwnModel(t *testing.T) { // DESIGN 9
	w := New(t)
	before := opens(t, w, "k-before")
	changed, err := models.WithOverrides("local.json", []byte(`{ "randers-5x2": { "local": { "consentAge": 16 }, "levels": { "4": { "reviewEvery": 3 } } } }`))
	if err != nil {
		t.Fatal(err)
	}
	w.Hub.Models = changed
	after := opens(t, w, "k-after")
	for _, c := range []struct {
		phone       *Phone
		age, months int
	}{{before, 15, 6}, {after, 16, 3}} {
		var local models.Local
		var levels []models.Level
		told(t, c.phone, "local", &local)
		told(t, c.phone, "levels", &levels)
		if local.ConsentAge != c.age || levels[3].ReviewEvery != c.months {
			t.Errorf("%s: got %d years, %d months; a case keeps the model it was opened with", c.phone.Space, local.ConsentAge, levels[3].ReviewEvery)
		}
	}
}

func TestImportedCasesFollowTheMunicipalitysModel(t *testing.T) {
	changed, err := models.WithOverrides("local.json", []byte(`{ "randers-5x2": { "local": { "consentAge": 16 } } }`))
	if err != nil {
		t.Fatal(err)
	}
	file, err := casefile.Read(casefile.Sample, 0)
	if err != nil {
		t.Fatal(err)
	}
	w := New(t)
	w.Hub.Close()
	w.Hub = hub.New(hub.Config{Core: hub.Core{Store: kv.NewMem(), Now: func() time.Time { return w.Now }, CursorKey: []byte("a key for tests"), Models: changed}})
	in, err := file.Import(t.Context(), w.Hub)
	if err != nil {
		t.Fatal(err)
	}
	w.Accounts = in.Accounts
	var local models.Local
	told(t, w.Phone("case-1", "c1-signe"), "local", &local)
	if local.ConsentAge != 16 {
		t.Errorf("got %d years, want 16", local.ConsentAge)
	}
}
