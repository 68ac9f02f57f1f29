package merge_test

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"
	"testing"

	"github.com/go-json-experiment/json"

	"samspor/sync/merge"
	"samspor/sync/plan"
)

// smallSpace is a space of every sort of record: one that others have just
// written, one that nobody has, a deleted one, an open conflict and a settled one.
func smallSpace() space {
	stamps := func(seq uint64, values map[string]string) map[string]plan.Stamp {
		f := map[string]plan.Stamp{}
		for name, v := range values {
			f[name] = plan.Stamp{V: plan.Value(v), Seq: seq, By: "p2", Cl: "other"}
		}
		return f
	}
	conflict := func(state string) map[string]string {
		return map[string]string{"record": `"t1"`, "field": `"title"`, "kept": `"b"`, "claimed": `"c"`, "was": `"a"`, "state": state}
	}
	return space{
		"t1": {ID: "t1", Kind: "task", F: stamps(9, map[string]string{"title": `"b"`, "state": `"open"`, "helpers": `["p1","p2"]`})},
		"t2": {ID: "t2", Kind: "task", F: map[string]plan.Stamp{}},
		"t3": {ID: "t3", Kind: "task", F: stamps(3, map[string]string{"title": `"d"`}), Del: true},
		"g1": {ID: "g1", Kind: "goal", F: stamps(9, map[string]string{"childWords": `"one\n\ntwo"`, "title": `"g"`})},
		"i1": {ID: "i1", Kind: "agendaItem", F: stamps(9, map[string]string{"order": `"m"`})},
		"u1": {ID: "u1", Kind: "ofANewerSchema", F: stamps(9, map[string]string{"x": `{"y":[1]}`})},
		"x1": {ID: "x1", Kind: "conflict", F: stamps(4, conflict(`"open"`))},
		"x2": {ID: "x2", Kind: "conflict", F: stamps(4, conflict(`"settled"`))},
	}
}

// applyAll applies the operations one after another, and gives what came late in an order of its own.
func applyAll(t *testing.T, s space, ops []merge.Op, w merge.Write) (late []merge.Clash) {
	t.Helper()
	for i := range ops {
		clashes, err := merge.Apply(s, &ops[i], w)
		if err != nil {
			t.Fatalf("operation %d: %v", i, err)
		}
		for _, c := range clashes {
			if ops[i].Add[c.Field] != nil || ops[i].Remove[c.Field] != nil {
				continue // one field written in two ways, which the server refuses
			}
			if got := s[c.Record.ID].Get(c.Field); !bytes.Equal(got, c.Record.Get(c.Field)) {
				t.Errorf("operation %d: %s.%s is late and was written all the same: %s", i, c.Record.ID, c.Field, got)
			}
		}
		// Apply goes through the fields of one operation in no order.
		slices.SortFunc(clashes, func(a, b merge.Clash) int { return cmp.Compare(a.Field, b.Field) })
		late = append(late, clashes...)
	}
	return late
}

// FuzzApply applies any operations that can be read, checked by nobody.
func FuzzApply(f *testing.F) {
	for _, ops := range []string{
		`[{"rec":"t1","set":{"title":"c","state":"done"},"was":{"title":"a"}}]`,
		`[{"rec":"t1","add":{"helpers":["p3"]},"remove":{"helpers":["p1"]}},{"rec":"t1","del":true},{"rec":"t1","set":{"title":"e"}}]`,
		`[{"rec":"t4","kind":"task","new":{"title":"d","helpers":["p2","p1","p2"],"due":null}},{"rec":"t4","kind":"task","new":{}}]`,
		`[{"conflict":"x1","choose":"mine"},{"conflict":"x1","choose":"theirs"}]`,
		`[{"conflict":"x1","choose":"value","set":{"title":{"a":1}}},{"conflict":"x2","choose":"mine"},{"conflict":"t1"}]`,
		`[{"rec":"g1","set":{"childWords":"one\n\nthree"},"was":{"childWords":"one\n\ntwo"}},{"rec":"i1","set":{"order":"z"}}]`,
		`[{"rec":"u1","set":{"x":[]},"add":{"x":["p1"]}},{"rec":"x1","set":{"record":"x1","field":"state","claimed":"open"}},{"conflict":"x1","choose":"mine"}]`,
		`[{"rec":"t2","kind":"case","new":null,"set":null,"add":{"helpers":null},"remove":{"title":[]}},{}]`,
	} {
		f.Add(ops, uint64(5), "me")
	}
	f.Fuzz(func(t *testing.T, raw string, base uint64, client string) {
		read := func() (ops []merge.Op) {
			if json.Unmarshal([]byte(raw), &ops, json.RejectUnknownMembers(true)) != nil {
				t.Skip("no operations")
			}
			return ops
		}
		w := merge.Write{Seq: 10, Base: base, Person: "p1", Client: plan.ClientID(client)}
		before, once, twice := smallSpace(), smallSpace(), smallSpace()
		for id, r := range before {
			once[id] = r // shared, so that a change of it is seen below
		}
		late, again := applyAll(t, once, read(), w), applyAll(t, twice, read(), w)
		if !reflect.DeepEqual(before, smallSpace()) {
			t.Error("a record has been changed in place")
		}
		if !reflect.DeepEqual(once, twice) {
			t.Errorf("the same operations gave two spaces: %v and %v", once, twice)
		}
		if !reflect.DeepEqual(late, again) {
			t.Errorf("the same operations came late in two ways: %v and %v", late, again)
		}
		if base >= w.Seq && len(late) > 0 {
			t.Errorf("nothing is late for one who has seen everything: %v", late)
		}
	})
}
