package hub

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// counting is a store that counts the keys that are read.
type counting struct {
	kv.Engine
	reads int
}

func (c *counting) View(read func(kv.Reader) error) error {
	return c.Engine.View(func(r kv.Reader) error { return read(countingReader{r, c}) })
}

type countingReader struct {
	kv.Reader
	of *counting
}

func (r countingReader) Get(key []byte) ([]byte, uint64, error) {
	r.of.reads++
	return r.Reader.Get(key)
}

// node is one server on a store that others may write into as well.
func node(store kv.Engine) *Core {
	c := &Core{
		Store: store, Now: func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) },
		CursorKey: []byte("key"), Log: slog.New(slog.DiscardHandler),
	}
	c.Remember()
	return c
}

// nodes gives a store with a case of two tasks, and two servers on it.
func nodes(t *testing.T) (*counting, *Core, *Core) {
	t.Helper()
	store := &counting{Engine: kv.NewMem()}
	a, b := node(store), node(store)
	task := map[string]plan.Value{
		"title": text("t"), "state": text("open"), "responsible": text("p1"), "sector": text("school"), "sensitivity": text("plan"),
	}
	err := a.Seed("k7", []Seed{
		{"k7", "case", map[string]plan.Value{"kind": text("named"), "state": text("active"), "country": text("DK")}},
		{"p1", "person", map[string]plan.Value{"name": text("Somebody")}},
		{"m1", "membership", map[string]plan.Value{"person": text("p1"), "role": text("professional_lead"), "account": text("acc")}},
		{"t1", "task", task},
		{"t2", "task", task},
	})
	if err != nil {
		t.Fatal(err)
	}
	return store, a, b
}

// title has a client write a task's title on a node, having seen the space up to base.
func title(t *testing.T, c *Core, task, client string, n, base uint64) wire.Result {
	t.Helper()
	return push(t, c, "k7", client, n, base, fmt.Sprintf(`[{"rec":"%s","kind":"task","set":{"title":"%s %d"}}]`, task, client, n))
}

// push has a client push one change and gives the answer.
func push(t *testing.T, c *Core, space plan.SpaceID, client string, n, base uint64, ops string) wire.Result {
	t.Helper()
	at := plan.Instant("2026-11-23T08:00:00Z")
	out, err := c.CommitPushes([]Sent{{"acc", wire.Push{Client: plan.ClientID(client), Schema: wire.Schema, Now: at, Changes: []wire.Change{
		{Space: space, N: n, ID: plan.ChangeID(fmt.Sprintf("%s-%d", client, n)), Base: base, At: at, Ops: plan.Value(ops)},
	}}}})
	if err != nil || out[0].Err != nil {
		t.Fatal(err, out[0].Err)
	}
	var r wire.Result
	if err := json.Unmarshal(out[0].Results.Results[0], &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheNextChangeOfASpaceReadsItsHeadAlone(t *testing.T) {
	store, a, _ := nodes(t)
	title(t, a, "t1", "c", 1, 1)
	store.reads = 0
	title(t, a, "t1", "c", 2, 2)
	if store.reads != 1 {
		t.Errorf("got %d reads, want 1", store.reads)
	}
}

func TestWhatAnotherNodeWroteIsSeen(t *testing.T) { // I5: what is remembered never hides a value
	_, a, b := nodes(t)
	title(t, a, "t1", "c", 1, 1)
	title(t, a, "t2", "c", 2, 2)
	if r := title(t, b, "t2", "d", 1, 3); r.R != wire.OK || r.Seq != 4 {
		t.Fatalf("on the other node: got %+v, want ok with number 4", r)
	}
	title(t, a, "t1", "c", 3, 3)
	if r := title(t, a, "t2", "c", 4, 3); r.R != wire.Conflict || r.Seq != 6 {
		t.Errorf("got %+v, want a conflict with what the other node wrote, and number 6", r)
	}
	if r := title(t, b, "t2", "c", 4, 3); r.R != wire.Conflict || r.Seq != 6 {
		t.Errorf("got %+v, want the answer that the first node gave", r)
	}
	if r := title(t, b, "t2", "c", 5, 6); r.R != wire.OK || r.Seq != 7 {
		t.Errorf("got %+v, want the next number of a client that came over", r)
	}
}

func TestMoreThanTheMemoryHoldsIsForgottenAndReadAgain(t *testing.T) {
	_, a, _ := nodes(t)
	title(t, a, "t1", "c", 1, 1)
	one := a.last.weight
	if one == 0 {
		t.Fatal("nothing is remembered")
	}
	a.last.weight += maxWeight
	title(t, a, "t1", "c", 2, 2)
	if got := a.last.weight; got > 2*one {
		t.Errorf("got a weight of %d after forgetting, want about %d", got, one)
	}
	if r := title(t, a, "t1", "d", 1, 2); r.R != wire.Conflict {
		t.Errorf("got %+v, want a conflict with what was written before", r)
	}
}
