package rules

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"samspor/sync/plan"
)

func TestMovesVectors(t *testing.T) {
	raw, err := os.ReadFile("vectors/moves.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name, Kind, Field, From, To string
		Want                        bool
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 20 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		if got := MayMove(v.Kind, v.Field, v.From, v.To); got != v.Want {
			t.Errorf("%s: got %v, want %v", v.Name, got, v.Want)
		}
	}
}

func TestStateTablesNameRealStates(t *testing.T) {
	for kind, fields := range Moves {
		for field, moves := range fields {
			f := plan.Kinds[kind].Field(field)
			if f == nil {
				t.Errorf("there is no field %s.%s", kind, field)
				continue
			}
			for _, m := range moves {
				for _, state := range []string{m.From, m.To} {
					if state == "" && state == m.From { // never written yet
						continue
					}
					if _, wrong := plan.Check(f, plan.String(state)); wrong != "" {
						t.Errorf("%s.%s has no state %q", kind, field, state)
					}
				}
			}
		}
	}
}

func TestOwnersAndHostsAreRealFields(t *testing.T) {
	for kind, fields := range Owners {
		for _, name := range fields {
			if f := plan.Kinds[kind].Field(name); f == nil || f.Ref != "person" {
				t.Errorf("%s.%s names no person", kind, name)
			}
		}
	}
	for kind, name := range Hosted {
		if f := plan.Kinds[kind].Field(name); f == nil || f.Ref != "meeting" {
			t.Errorf("%s.%s names no meeting", kind, name)
		}
	}
	for _, kind := range Deletable {
		if plan.Kinds[kind] == nil {
			t.Errorf("there is no kind %s", kind)
		}
	}
}

func TestRightsNameRealFields(t *testing.T) {
	check := func(kind string, may plan.May) {
		k := plan.Kinds[kind]
		if k == nil {
			t.Errorf("there is no kind %s", kind)
			return
		}
		for _, name := range slices.Concat(may.Set, may.Own, may.Host) {
			if name == "a." { // the answers of a form
				name = "a.x"
			}
			if f := k.Field(name); f == nil || f.Cat == "hidden" || f.Merge == plan.MergeOnce {
				t.Errorf("%s.%s is no field that anybody can write", kind, name)
			}
		}
	}
	for _, table := range []map[plan.Role]table{rights, inOrganisation} {
		for role, kinds := range table {
			if !Sees(role) {
				t.Errorf("%s writes in a space that it does not see", role)
			}
			for kind, may := range kinds {
				check(kind, may)
			}
		}
	}
}
