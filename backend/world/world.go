// Package world builds a whole system in memory, with its sample cases, a clock
// that only a test moves and as many phones as a story needs.
//
// Its one rule: a rule reads as a story. A Phone speaks the real hub through the
// real messages; only the network and the disk are missing. Start with New.
package world

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/backend/casefile"
	"samspor/backend/store"
	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// DemoNow is the moment at which the sample cases are to be looked at.
var DemoNow = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// World is one system and its clock.
type World struct {
	T        testing.TB
	Hub      *hub.Hub
	Store    kv.Engine
	Now      time.Time
	Accounts map[string]plan.AccountID // "case-1/c1-signe" → who signs in
	phones   int
}

// New makes a system that holds the sample cases.
func New(t testing.TB) *World {
	w := &World{T: t, Store: store.Framed(kv.NewMem()), Now: DemoNow}
	w.start()
	file, err := casefile.Read(casefile.Sample, 0)
	if err != nil {
		t.Fatal(err)
	}
	in, err := file.Import(context.Background(), w.Hub)
	if err != nil {
		t.Fatal(err)
	}
	w.Accounts = in.Accounts
	t.Cleanup(func() { w.Hub.Close() })
	return w
}

func (w *World) start() {
	w.Hub = hub.New(hub.Config{
		Core:      hub.Core{Store: w.Store, Now: func() time.Time { return w.Now }, CursorKey: []byte("a key for tests"), Log: slog.New(slog.DiscardHandler)},
		OnFailure: func(err error) { w.T.Errorf("the store failed: %v", err) },
	})
}

// Restart stops the hub and starts another on the same store.
func (w *World) Restart() {
	w.Hub.Close()
	w.start()
}

// Phone is one browser profile of one person, with what it has pulled.
type Phone struct {
	w       *World
	Account plan.AccountID
	Client  plan.ClientID
	Space   plan.SpaceID // the one it writes in
	Base    map[plan.SpaceID]uint64
	Records map[plan.SpaceID]map[plan.RecordID]wire.Record
	Me      map[plan.SpaceID]*wire.Me
	Last    *wire.Pulled         // the last page pulled
	Resets  map[plan.SpaceID]int // how often it started afresh
	Schema  int                  // of what it pushes
	n       map[plan.SpaceID]uint64
	cur     map[plan.SpaceID]string
}

// Phone gives a new phone of a person in a case, which has pulled once.
func (w *World) Phone(space, person string) *Phone {
	w.T.Helper()
	w.phones++
	account := w.Accounts[space+"/"+person]
	if account == "" {
		w.T.Fatalf("%s does not sign in to %s", person, space)
	}
	p := &Phone{
		w: w, Account: account, Schema: wire.Schema, Space: plan.SpaceID(space), Client: plan.ClientID(fmt.Sprintf("c_%d", w.phones)),
		Base: map[plan.SpaceID]uint64{}, Records: map[plan.SpaceID]map[plan.RecordID]wire.Record{}, Me: map[plan.SpaceID]*wire.Me{}, Resets: map[plan.SpaceID]int{},
		n: map[plan.SpaceID]uint64{}, cur: map[plan.SpaceID]string{},
	}
	p.Pull()
	return p
}

// Pull takes in what is new, page by page.
func (p *Phone) Pull() {
	p.w.T.Helper()
	for more := true; more; {
		out, err := p.w.Hub.Pull(p.Account, &wire.Pull{Client: p.Client, Schema: wire.Schema, Cur: p.cur, Limit: 40})
		if err != nil {
			p.w.T.Fatal(err)
		}
		p.Last, more = out, false
		for id, s := range out.Spaces {
			p.take(id, s)
			more = more || s.More
		}
		for _, r := range out.Removed {
			delete(p.Records, r.Space)
			delete(p.Me, r.Space)
			delete(p.cur, r.Space)
		}
	}
}

func (p *Phone) take(id plan.SpaceID, s *wire.Space) {
	if s.Reset || p.Records[id] == nil {
		p.Records[id] = map[plan.RecordID]wire.Record{}
	}
	if s.Reset {
		p.Resets[id]++
	}
	if s.Me != nil {
		p.Me[id] = s.Me
	}
	for _, gone := range s.Gone {
		delete(p.Records[id], gone)
	}
	for _, r := range s.Put {
		old := p.Records[id][r.ID]
		for name, v := range old.F {
			if _, ok := r.F[name]; !ok {
				r.F[name] = v
			}
		}
		p.Records[id][r.ID] = r
	}
	p.cur[id] = s.Cur
	if !s.More {
		p.Base[id] = s.Seq
	}
}

// Change makes the next change of this phone in its space, without sending it.
func (p *Phone) Change(ops ...merge.Op) wire.Change {
	p.w.T.Helper()
	p.n[p.Space]++
	raw, err := json.Marshal(ops, json.Deterministic(true))
	if err != nil {
		p.w.T.Fatal(err)
	}
	n := p.n[p.Space]
	return wire.Change{
		Space: p.Space, N: n, ID: plan.ChangeID(fmt.Sprintf("%s-%s-%d", p.Client, p.Space, n)), Base: p.Base[p.Space],
		At: plan.Instant(p.w.Now.Format(time.RFC3339)), Ops: raw,
	}
}

// Send pushes changes and gives the answers.
func (p *Phone) Send(changes ...wire.Change) ([]wire.Result, error) {
	out, err := p.w.Hub.Push(context.Background(), p.Account, wire.Push{
		Client: p.Client, Schema: p.Schema, Now: plan.Instant(p.w.Now.Format(time.RFC3339)), Changes: changes,
	})
	if err != nil {
		return nil, err
	}
	results := make([]wire.Result, len(out.Results))
	for i, raw := range out.Results {
		if err := json.Unmarshal(raw, &results[i]); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// Do makes and sends one change and gives its answer. One that is parked must leave
// every record of the plan as it was, whatever a test looks at.
func (p *Phone) Do(ops ...merge.Op) wire.Result {
	p.w.T.Helper()
	before := p.w.state(p.Space)
	results, err := p.Send(p.Change(ops...))
	if err != nil {
		p.w.T.Fatalf("push: %v", err)
	}
	if results[0].R == wire.Parked {
		if p.w.state(p.Space) != before {
			p.w.T.Errorf("a change that was parked as %s changed the plan", results[0].Code)
		}
		parked.Store(results[0].Code, true)
	}
	return results[0]
}

// parked holds the codes of all changes that were parked and changed nothing, in all worlds.
var parked sync.Map

// Parked says whether a change was parked with this code, in any world so far.
func Parked(code string) bool {
	_, ok := parked.Load(code)
	return ok
}

// state is a hash over every record of a space but the parked changes.
func (w *World) state(space plan.SpaceID) string {
	w.T.Helper()
	sum := sha256.New()
	err := w.Store.View(func(r kv.Reader) error {
		return r.Scan(kv.Records(space), nil, func(e kv.Entry) bool {
			var rec plan.Record
			if err := json.Unmarshal(e.Value, &rec); err != nil {
				w.T.Fatal(err)
			}
			if rec.Kind != "parked" {
				fmt.Fprintf(sum, "%q %d %s\n", e.Key, e.Rev, e.Value)
			}
			return true
		})
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return string(sum.Sum(nil))
}

// Refused makes and sends one change that is refused with the whole push, and gives the reason.
func (p *Phone) Refused(ops ...merge.Op) hub.Reason {
	p.w.T.Helper()
	_, err := p.Send(p.Change(ops...))
	var r *hub.Refused
	if !errors.As(err, &r) {
		p.w.T.Fatalf("push: got %v, want it refused", err)
	}
	p.n[p.Space]--
	return r.Reason
}

// Get gives a field of a record as this phone sees it; empty when it does not.
func (p *Phone) Get(record, field string) string {
	v := p.Records[p.Space][plan.RecordID(record)].F[field]
	if s, ok := plan.Unquote(v); ok {
		return s
	}
	return string(v)
}

// Sees says whether this phone holds a record of its space.
func (p *Phone) Sees(record string) bool {
	_, ok := p.Records[p.Space][plan.RecordID(record)]
	return ok
}

// Set is an operation that sets one text field.
func Set(record, field, value string) merge.Op {
	return merge.Op{Rec: plan.RecordID(record), Set: map[string]plan.Value{field: plan.String(value)}}
}

// Make is an operation that makes a record of text fields, given as name, value, name, value.
func Make(kind, record string, pairs ...string) merge.Op {
	f := map[string]plan.Value{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f[pairs[i]] = plan.String(pairs[i+1])
	}
	return merge.Op{Rec: plan.RecordID(record), Kind: kind, New: f}
}

// F are the fields of a record, as a test writes them down.
type F map[string]any

func (f F) values() map[string]plan.Value {
	out := map[string]plan.Value{}
	for name, v := range f {
		raw, err := json.Marshal(v, json.Deterministic(true))
		if err != nil {
			panic(err) // strings, numbers and lists always encode
		}
		out[name] = raw
	}
	return out
}

// Record is an operation that makes a record.
func Record(kind, record string, f F) merge.Op {
	return merge.Op{Rec: plan.RecordID(record), Kind: kind, New: f.values()}
}

// Edit is an operation that writes fields of a record; nil clears one.
func Edit(record string, f F) merge.Op {
	return merge.Op{Rec: plan.RecordID(record), Set: f.values()}
}

// Wants makes and sends one change and holds its answer against a code; empty means that it is taken.
func (p *Phone) Wants(code string, ops ...merge.Op) {
	p.w.T.Helper()
	r := p.Do(ops...)
	if r.Code != code || (r.R == wire.Parked) != (code != "") {
		p.w.T.Errorf("got %s %q, want %q", r.R, r.Code, code)
	}
	p.Pull()
}
