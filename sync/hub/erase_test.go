package hub

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// TestWhatIsErasedIsInNoRow writes about how somebody can be reached in every way that
// is kept: as a value, in history, beside it as a conflict, as a note, parked, and in
// the outbox of somebody who is out. After the erasure no row holds any of it (I8).
func TestWhatIsErasedIsInNoRow(t *testing.T) {
	const at = plan.Instant("2026-11-23T08:00:00Z")
	store, c, _ := nodes(t)
	person := func(id, account string) []Seed {
		return []Seed{
			{plan.RecordID(id), "person", map[string]plan.Value{"name": text("Somebody")}},
			{plan.RecordID("m-" + id), "membership", map[string]plan.Value{"person": text(id), "role": text("professional_lead"), "account": text(account)}},
		}
	}
	seeds := append(person("p1", "acc"), person("p2", "out")...)
	seeds = append(seeds,
		Seed{"k8", "case", map[string]plan.Value{"kind": text("named"), "state": text("active"), "country": text("DK")}},
		Seed{"reach1", "reach", map[string]plan.Value{"person": text("p1"), "phone": text("secret 1")}},
		Seed{"task1", "task", map[string]plan.Value{"title": text("stays 1"), "state": text("open"), "responsible": text("p1")}},
	)
	if err := c.Seed("k8", seeds); err != nil {
		t.Fatal(err)
	}
	n := map[string]uint64{}
	do := func(client string, base uint64, ops string) wire.Result {
		t.Helper()
		n[client]++
		return push(t, c, "k8", client, n[client], base, ops)
	}
	want := func(r wire.Result, outcome wire.Outcome, code string) {
		t.Helper()
		if r.R != outcome || r.Code != code {
			t.Errorf("got %+v, want %s %s", r, outcome, code)
		}
	}
	want(do("one", 1, `[{"rec":"reach1","set":{"phone":"secret 2"},"was":{"phone":"secret 1"}},{"rec":"task1","set":{"title":"stays 2"}}]`), wire.OK, "")
	want(do("two", 1, `[{"rec":"reach1","set":{"phone":"secret 3"},"was":{"phone":"secret 1"}}]`), wire.Conflict, "")
	want(do("one", 2, `[{"rec":"note1","kind":"note","new":{"about":"reach1","text":"secret 4"}}]`), wire.OK, "")
	want(do("one", 2, `[{"rec":"reach1","set":{"phone":"secret 5","nothing":"x"}},{"rec":"task1","set":{"title":"stays 3"}}]`), wire.Parked, "field.unknown")
	want(do("one", 2, `[{"rec":"reach1","set":{"phone":"secret 9"},"shout":true},{"rec":"task1","set":{"title":"stays 5"}}]`), wire.Parked, "change.malformed")
	if _, err := c.Amend("k8", ended("m-p2")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.QuarantineNow("out", wire.Handover{Client: "three", Space: "k8", Changes: []wire.Change{
		{Space: "k8", N: 1, ID: "q1", Base: 1, At: at, Ops: plan.Value(`[{"rec":"reach1","set":{"phone":"secret 6"}},{"rec":"task1","set":{"title":"stays 4"}}]`)},
	}}); err != nil {
		t.Fatal(err)
	}
	before := pullAll(t, c, "k8", "")
	if got := rowsWith(t, store, "secret"); len(got) < 8 {
		t.Fatalf("the test has written secrets into %d rows only: %v", len(got), got)
	}

	receipt, err := c.EraseNow("k8", []plan.RecordID{"reach1"})
	if err != nil {
		t.Fatal(err)
	}
	if len(receipt.Records) != 3 || len(receipt.Blanked) != 3 || len(receipt.Entries) < 7 {
		t.Errorf("the receipt: %+v", receipt)
	}
	want(do("one", 4, `[{"rec":"reach1","set":{"phone":"secret 7"}}]`), wire.Parked, "record.erased")
	want(do("one", 4, `[{"rec":"reach1","kind":"reach","new":{"person":"p1","phone":"secret 8"}}]`), wire.Parked, "record.erased")
	want(do("one", 4, `[{"rec":"reach1","set":{"phone":"secret 10"},"shout":true}]`), wire.Parked, "change.malformed")
	if got := rowsWith(t, store, "secret"); len(got) > 0 {
		t.Errorf("erased, and still in %v", got)
	}
	for _, said := range []string{"stays 1", "stays 2", "stays 3", "stays 4", "stays 5"} {
		if len(rowsWith(t, store, said)) == 0 {
			t.Errorf("%q went with what was erased", said)
		}
	}
	after := pullAll(t, c, "k8", before.Spaces["k8"].Cur)
	if s := after.Spaces["k8"]; !s.Reset || len(s.Gone) > 0 {
		t.Errorf("every phone starts afresh: got %+v", s)
	}
	for _, r := range after.Spaces["k8"].Put {
		if r.ID == "reach1" || r.ID == "note1" {
			t.Errorf("%s is sent again", r.ID)
		}
	}
	var refused *Refused
	for name, ids := range map[string][]plan.RecordID{"twice": {"reach1"}, "unknown": {"nobody"}, "nothing": nil} {
		if _, err := c.EraseNow("k8", ids); !errors.As(err, &refused) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := c.EraseNow("k8", []plan.RecordID{"m-p1"}); !errors.Is(err, ErrKept) {
		t.Errorf("a membership alone: got %v", err)
	}
}

// TestAnErasedCaseLeavesNothingButThatItIsGone erases a whole case beside another one.
func TestAnErasedCaseLeavesNothingButThatItIsGone(t *testing.T) { // I8
	store, c, _ := nodes(t)
	if err := c.Seed("k8", []Seed{
		{"k8", "case", map[string]plan.Value{"kind": text("named"), "state": text("active"), "country": text("DK"), "title": text("secret 1")}},
		{"p1", "person", map[string]plan.Value{"name": text("secret 2")}},
		{"m1", "membership", map[string]plan.Value{"person": text("p1"), "role": text("professional_lead"), "account": text("acc")}},
		{"t1", "task", map[string]plan.Value{"title": text("secret 3"), "state": text("open"), "responsible": text("p1"), "due": text("2027-01-04")}},
	}); err != nil {
		t.Fatal(err)
	}
	cur := pullAll(t, c, "k8", "").Spaces["k8"].Cur
	h := New(Config{Core: *c})
	defer h.Close()
	receipt, err := h.EraseSpace(t.Context(), "k8")
	if err != nil || len(receipt.Chain) != 32 || receipt.Rows < 10 {
		t.Fatalf("the receipt: %+v, %v", receipt, err)
	}
	var left []string
	if err := store.View(func(r kv.Reader) error {
		return r.Scan(nil, nil, func(e kv.Entry) bool {
			if strings.Contains(string(e.Key), "k8") {
				left = append(left, string(e.Key))
			}
			return true
		})
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{string(kv.Access("k8")), string(kv.Head("k8"))}; !slices.Equal(left, want) || len(rowsWith(t, store, "secret")) > 0 {
		t.Errorf("left: %q, and secrets in %q", left, rowsWith(t, store, "secret"))
	}
	if got := pullAll(t, c, "k8", cur); len(got.Spaces) > 0 || len(got.Removed) != 1 || got.Removed[0].Why != "erased" {
		t.Errorf("a phone that held it: got %+v", got)
	}
	again := []wire.Change{{Space: "k8", N: 1, ID: "again", At: "2026-11-23T08:00:00Z", Ops: plan.Value(`[{"rec":"k8","kind":"case","new":{"kind":"named","country":"DK"}}]`)}}
	var refused *Refused
	if _, err := h.Push(t.Context(), "acc", wire.Push{Client: "c", Schema: wire.Schema, Now: "2026-11-23T08:00:00Z", Changes: again}); !errors.As(err, &refused) || refused.Reason != NotFound {
		t.Errorf("opened again: got %v", err)
	}
	if twice, err := h.EraseSpace(t.Context(), "k8"); err != nil || twice.Seq != receipt.Seq || twice.Rows != 0 {
		t.Errorf("erased twice: got %+v, %v", twice, err)
	}
	if s := pullAll(t, c, "k7", "").Spaces["k7"]; s == nil || len(s.Put) == 0 {
		t.Error("the case beside it has lost something")
	}
}

// rowsWith gives the keys of the rows that hold a text.
func rowsWith(t *testing.T, store kv.Engine, said string) (keys []string) {
	t.Helper()
	err := store.View(func(r kv.Reader) error {
		return r.Scan(nil, nil, func(e kv.Entry) bool {
			if strings.Contains(string(e.Value), said) {
				keys = append(keys, string(e.Key))
			}
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func pullAll(t *testing.T, c *Core, space plan.SpaceID, cur string) *wire.Pulled {
	t.Helper()
	out, err := c.Pull("acc", &wire.Pull{Client: "reader", Schema: wire.Schema, Only: []plan.SpaceID{space}, Cur: map[plan.SpaceID]string{space: cur}, Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func ended(membership plan.RecordID) []merge.Op {
	return []merge.Op{{Rec: membership, Kind: "membership", Set: map[string]plan.Value{"to": text("2026-11-20")}}}
}
