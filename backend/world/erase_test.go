package world_test

import (
	"testing"

	. "samspor/backend/world"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

func TestHowSomebodyCanBeReachedIsErasedOnEveryPhone(t *testing.T) { // I8, T17
	w := New(t)
	jonas, karen := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-karen")
	if jonas.Get("r-c1-karen", "phone") == "" {
		t.Fatal("the sample case has no number of hers")
	}
	if _, err := w.Hub.ErasePerson(t.Context(), "case-1", "c1-karen"); err != nil {
		t.Fatal(err)
	}
	karen.Wants("record.erased", Edit("r-c1-karen", F{"phone": "00 00 00 01"})) // her phone has not heard of it
	for _, p := range []*Phone{jonas, karen} {
		p.Pull()
		if p.Sees("r-c1-karen") {
			t.Error("it is still on a phone")
		}
	}
	if jonas.Get("r-c1-signe", "phone") == "" || !jonas.Sees("c1-karen") {
		t.Error("more went than was asked for")
	}
}

func TestAPhoneThatWasNotUpdatedIsAnsweredInItsOwnSchema(t *testing.T) { // SYNC, "Versions"
	w := New(t)
	pull := func(schema int, cur string) *wire.Space {
		t.Helper()
		out, err := w.Hub.Pull(w.Accounts["case-1/c1-jonas"], &wire.Pull{
			Client: "old", Schema: schema, Only: []plan.SpaceID{"case-1"}, Cur: map[plan.SpaceID]string{"case-1": cur}, Limit: 500,
		})
		if err != nil {
			t.Fatal(err)
		}
		return out.Spaces["case-1"]
	}
	shows := func(s *wire.Space, has, lacks string) {
		t.Helper()
		for _, r := range s.Put {
			if r.Kind == "child" {
				if r.F[has] == nil || r.F[lacks] != nil {
					t.Errorf("the child is %v, want %s and no %s", r.F, has, lacks)
				}
				return
			}
		}
		t.Error("there is no child")
	}
	old := pull(wire.Schema-1, "")
	shows(old, "age", "birthYear")
	updated := pull(wire.Schema, old.Cur)
	if !updated.Reset {
		t.Error("an update of the phone starts afresh")
	}
	shows(updated, "birthYear", "age")
}
