package hub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/fault"
	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// flaky is a store whose commits can be made to fail.
type flaky struct {
	*kv.Mem
	mu     sync.Mutex
	fail   error
	guards int // how many commits still lose against another node
	count  int

	largest int // bytes
}

func (f *flaky) Commit(b kv.Batch) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count++
	size := 0
	for _, e := range b.Put {
		size += len(e.Key) + len(e.Value)
	}
	f.largest = max(f.largest, size)
	if f.guards > 0 {
		f.guards--
		return kv.ErrGuard
	}
	if f.fail != nil {
		return f.fail
	}
	return f.Mem.Commit(b)
}

func text(s string) plan.Value { return plan.String(s) }

// fixture is a hub with one case of one lead.
func fixture(t *testing.T) (*Hub, *flaky, chan error) {
	t.Helper()
	store, failed := &flaky{Mem: kv.NewMem()}, make(chan error, 1)
	h := New(Config{
		Core: Core{
			Store: store, Now: func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) },
			CursorKey: []byte("key"), Log: slog.New(slog.DiscardHandler),
		},
		OnFailure: func(err error) { failed <- err },
	})
	t.Cleanup(h.Close)
	err := h.Seed("k7", []Seed{
		{"k7", "case", map[string]plan.Value{"kind": text("named"), "state": text("active"), "country": text("DK")}},
		{"p1", "person", map[string]plan.Value{"name": text("Somebody")}},
		{"m1", "membership", map[string]plan.Value{"person": text("p1"), "role": text("professional_lead"), "account": text("acc")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h, store, failed
}

func newTask(client string, n uint64) wire.Push {
	ops := fmt.Sprintf(`[{"rec":"t-%s-%d","kind":"task","new":{"title":"t","responsible":"p1"}}]`, client, n)
	at := plan.Instant("2026-11-23T08:00:00Z")
	return wire.Push{Client: plan.ClientID(client), Schema: 1, Now: at, Changes: []wire.Change{
		{Space: "k7", N: n, ID: plan.ChangeID(fmt.Sprintf("%s-%d", client, n)), Base: 1, At: at, Ops: plan.Value(ops)},
	}}
}

func TestManyWritersShareCommitsAndGetTheirNumbersInOrder(t *testing.T) { // I6
	h, store, _ := fixture(t)
	before := store.count
	const writers, each = 20, 25
	seqs := make(chan uint64, writers*each)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range uint64(each) {
				out, err := h.Push(context.Background(), "acc", newTask(fmt.Sprintf("c%d", w), n+1))
				if err != nil {
					t.Errorf("push: %v", err)
					return
				}
				var r wire.Result
				if err := json.Unmarshal(out.Results[0], &r); err != nil || r.R != wire.OK {
					t.Errorf("got %+v, %v", r, err)
				}
				seqs <- r.Seq
			}
		})
	}
	wg.Wait()
	close(seqs)
	seen := map[uint64]bool{}
	for s := range seqs {
		if seen[s] {
			t.Errorf("number %d was given twice", s)
		}
		seen[s] = true
	}
	for s := uint64(2); s < 2+writers*each; s++ {
		if !seen[s] {
			t.Errorf("number %d is missing", s)
		}
	}
	if commits := store.count - before; commits > writers*each {
		t.Errorf("%d commits for %d changes", commits, writers*each)
	}
}

func TestAStoreThatFailsIsNeverAnsweredFrom(t *testing.T) { // SECURITY rule: any commit error stops the process
	h, store, failed := fixture(t)
	store.mu.Lock()
	store.fail = errors.New("input/output error")
	store.mu.Unlock()
	if _, err := h.Push(context.Background(), "acc", newTask("c", 1)); !errors.Is(err, ErrStopped) {
		t.Errorf("got %v, want ErrStopped", err)
	}
	if err := <-failed; err == nil {
		t.Error("the failure was not told")
	}
	var f *fault.Fault
	if _, err := h.Push(context.Background(), "acc", newTask("c", 1)); !errors.As(err, &f) || f.Kind != fault.Busy {
		t.Errorf("after a failure: got %v, want busy", err)
	}
}

func TestACommitThatLosesAgainstAnotherNodeIsTriedAgain(t *testing.T) {
	h, store, _ := fixture(t)
	store.mu.Lock()
	store.guards = 3
	store.mu.Unlock()
	if _, err := h.Push(context.Background(), "acc", newTask("c", 1)); err != nil {
		t.Errorf("got %v, want it through", err)
	}
}

func TestAHubThatIsClosedTakesNothingMore(t *testing.T) {
	h, _, _ := fixture(t)
	h.Close()
	if _, err := h.Push(context.Background(), "acc", newTask("c", 1)); !errors.Is(err, ErrStopped) {
		t.Errorf("got %v, want ErrStopped", err)
	}
	if _, _, err := h.Listen("acc"); !errors.Is(err, ErrStopped) {
		t.Errorf("a stream on a closed hub: got %v", err)
	}
}

func TestAStreamHearsWhereAndHowFar(t *testing.T) { // I11
	h, _, _ := fixture(t)
	s, heads, err := h.Listen("acc")
	if err != nil || heads["k7"] != 1 {
		t.Fatalf("got %v, %v", heads, err)
	}
	defer s.Close()
	if _, err := h.Push(context.Background(), "acc", newTask("c", 1)); err != nil {
		t.Fatal(err)
	}
	<-s.Wake()
	if pokes, scoped := s.Take(); pokes["k7"] != 2 || scoped {
		t.Errorf("got %v, scope %v", pokes, scoped)
	}
	if other, heads, err := h.Listen("nobody"); err != nil || len(heads) > 0 {
		t.Errorf("an account without a case hears of %v, %v", heads, err)
	} else {
		other.Close()
	}
}

func TestAnImportIsCheckedBeforeAnythingIsWritten(t *testing.T) {
	h, _, _ := fixture(t)
	for name, seeds := range map[string][]Seed{
		"an unknown kind":        {{"a", "rumour", nil}},
		"an unknown field":       {{"a", "task", map[string]plan.Value{"rank": text("1")}}},
		"a value of wrong shape": {{"a", "task", map[string]plan.Value{"due": text("soon")}}},
		"a reference to nothing": {{"a", "task", map[string]plan.Value{"responsible": text("p9")}}},
		"a reference elsewhere":  {{"a", "task", map[string]plan.Value{"responsible": text("b")}}, {"b", "goal", nil}},
		"an id twice":            {{"a", "goal", nil}, {"a", "goal", nil}},
		"an id that is none":     {{"a/b", "goal", nil}},
	} {
		if err := h.Seed("k8", seeds); err == nil || errors.Is(err, ErrExists) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := h.Seed("k7", nil); !errors.Is(err, ErrExists) {
		t.Errorf("a space that is there: got %v", err)
	}
}

func TestAPushThatIsTooMuchForOneCommitTakesSeveral(t *testing.T) { // the engine's limit must never be met
	h, store, _ := fixture(t)
	long := strings.Repeat("å", 19_000)
	var seeds []Seed
	seeds = append(seeds, Seed{"k8", "case", map[string]plan.Value{"kind": text("named"), "state": text("active"), "country": text("DK")}},
		Seed{"p1", "person", nil}, Seed{"m1", "membership", map[string]plan.Value{"person": text("p1"), "role": text("professional_lead"), "account": text("acc")}},
		Seed{"g1", "goal", map[string]plan.Value{"title": text("t"), "childWords": text(long)}})
	for i := range 120 {
		seeds = append(seeds, Seed{plan.RecordID(fmt.Sprintf("n%d", i)), "note", map[string]plan.Value{"about": text("g1"), "text": text(long)}})
	}
	if err := h.Seed("k8", seeds); err != nil { // itself larger than one commit
		t.Fatal(err)
	}
	before := store.count
	p := newTask("c", 1)
	p.Changes = nil
	for n := range uint64(60) {
		c := newTask("c", n+1).Changes[0]
		c.Space = "k8"
		c.Ops = plan.Value(fmt.Sprintf(`[{"rec":"t%d","kind":"task","new":{"title":"t","responsible":"p1"}},{"rec":"q%d","kind":"note","new":{"about":"g1","text":%q}}]`, n, n, strings.Repeat("x", 19_000)))
		p.Changes = append(p.Changes, c)
	}
	out, err := h.Push(t.Context(), "acc", p)
	if err != nil || len(out.Results) != 60 {
		t.Fatalf("got %d answers, %v", len(out.Results), err)
	}
	if commits := store.count - before; commits < 2 || store.largest > 3*maxBatch {
		t.Errorf("%d commits, the largest of %d bytes", commits, store.largest)
	}
	again, err := h.Push(t.Context(), "acc", p)
	if err != nil || !slices.EqualFunc(out.Results, again.Results, func(a, b plan.Value) bool { return bytes.Equal(a, b) }) {
		t.Errorf("a replay of it: %v", err)
	}
}
