package hub

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"samspor/sync/fault"
	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/rules"
	"samspor/sync/wire"
)

// Refused says why a request was not looked at. Change is the index of the first
// change concerned, -1 outside a push; Want is the number a gap waits for.
type Refused struct {
	Reason Reason
	Change int
	Want   uint64
}

// Reason is one of the four ways a push as a whole can be refused.
type Reason string

// The reasons. Absent, forbidden and malformed spaces are the same answer, so
// that nobody learns what exists (T8).
const (
	NotFound Reason = "not-found"
	Gone     Reason = "gone"
	Fork     Reason = "fork"
	Gap      Reason = "gap"
)

func (r *Refused) Error() string { return string(r.Reason) }

// pushed is one push with who sent it.
type pushed struct {
	account plan.AccountID
	wire.Push
}

// apply is the heart: it lays one push over the state, at one moment, and gives
// an answer for each change. It starts no goroutine, asks no clock and no network;
// the same state, push and moment give the same bytes.
func apply(st *state, p pushed, now time.Time) ([]plan.Value, error) {
	if err := check(st, p, now); err != nil {
		return nil, err
	}
	answers := make([]plan.Value, 0, len(p.Changes))
	for i := range p.Changes {
		if i > 0 && st.full() {
			return answers, errMore
		}
		a, err := applyOne(st, p, &p.Changes[i], now)
		if err != nil {
			return nil, fmt.Errorf("apply change %d: %w", i, err)
		}
		answers = append(answers, a)
	}
	return answers, nil
}

// check looks at access and numbers of every change before any is applied.
func check(st *state, p pushed, now time.Time) error {
	owner, err := st.owner(p.Client)
	if err != nil {
		return err
	}
	if owner != "" && owner != p.account { // a client belongs to one person
		return &Refused{Reason: Fork}
	}
	next := map[plan.SpaceID]uint64{}
	for i := range p.Changes {
		c := &p.Changes[i]
		if !plan.ValidID(string(c.Space)) {
			return &Refused{Reason: NotFound, Change: i}
		}
		s, err := st.load(c.Space)
		if err != nil {
			return err
		}
		if err := checkAccess(s, p.account, c, next[c.Space] > 0, now); err != nil {
			return atChange(err, i)
		}
		cl, err := st.client(s, p.Client)
		if err != nil {
			return err
		}
		if next[c.Space] == 0 {
			next[c.Space] = cl.Last + 1
			if s.head.Seq == 0 {
				if err := tryOpening(st, s, p, c, now); err != nil {
					return atChange(err, i)
				}
			}
		}
		switch want := next[c.Space]; {
		case c.N == want:
			next[c.Space]++
		case c.N > want || c.N == 0:
			return &Refused{Reason: Gap, Change: i, Want: want}
		default:
			a, err := st.answered(s, p.Client, cl, c.N)
			if err != nil {
				return err
			}
			isOther := a.ID != c.ID && planted != "dedupByClientOnly"
			if c.N > cl.Last || a.ID == "" || isOther {
				return &Refused{Reason: Fork, Change: i}
			}
		}
	}
	return nil
}

// atChange says which change a refusal is about; other errors pass.
func atChange(err error, i int) error {
	var r *Refused
	if errors.As(err, &r) {
		r.Change = i
	}
	return err
}

// tryOpening lets nobody open a case that would then be refused: there would be
// no space to park the change in. The phone keeps it, as for any unknown space.
func tryOpening(st *state, s *space, p pushed, c *wire.Change, now time.Time) error {
	err := newDraft(st, s, p, c, now).run()
	var refused *fault.Fault
	if errors.As(err, &refused) {
		return &Refused{Reason: NotFound}
	}
	return err
}

func checkAccess(s *space, account plan.AccountID, c *wire.Change, opened bool, now time.Time) error {
	if s.head.Seq == 0 {
		if opened || c.N == 1 && c.Base == 0 && opens(c) {
			return nil
		}
		return &Refused{Reason: NotFound}
	}
	if _, ok, was := s.access.member(account, now); !ok {
		if was {
			return &Refused{Reason: Gone}
		}
		return &Refused{Reason: NotFound}
	}
	return nil
}

// opens says whether a change is the first of a new case: its first operation
// makes the case record under the space's own id.
func opens(c *wire.Change) bool {
	ops, err := c.Operations()
	return err == nil && len(ops) > 0 && ops[0].Kind == "case" && ops[0].New != nil && string(ops[0].Rec) == string(c.Space)
}

// applyOne gives the answer to one change: the one it had, or a new one.
func applyOne(st *state, p pushed, c *wire.Change, now time.Time) (plan.Value, error) {
	s, err := st.load(c.Space)
	if err != nil {
		return nil, err
	}
	cl, err := st.client(s, p.Client)
	if err != nil {
		return nil, err
	}
	if c.N <= cl.Last {
		a, err := st.answered(s, p.Client, cl, c.N)
		return a.Result, err
	}
	d := newDraft(st, s, p, c, now)
	res := wire.Result{Space: c.Space, N: c.N, R: wire.OK, Seq: d.write.Seq}
	err = d.run()
	var refused *fault.Fault
	if errors.As(err, &refused) {
		err = d.park(refused, &res)
	}
	if err != nil {
		return nil, err
	}
	if len(d.conflicts) > 0 {
		res.R, res.X = wire.Conflict, d.conflicts
	}
	return st.settle(s, p, c, cl, d, res, now)
}

// settle lays a finished draft over the state, with its index rows, its history
// entry and its answer.
func (st *state) settle(s *space, p pushed, c *wire.Change, cl *clientState, d *draft, res wire.Result, now time.Time) (plan.Value, error) {
	if err := d.commit(); err != nil {
		return nil, err
	}
	st.bytes += len(c.Ops)
	raw, err := wire.Encode(res)
	if err != nil {
		return nil, err
	}
	if err := d.remember(p.Client, res); err != nil {
		return nil, err
	}
	cl.add(answer{c.ID, c.N, raw})
	if owner, err := st.owner(p.Client); err != nil {
		return nil, err
	} else if owner == "" {
		st.owners[p.Client] = p.account
	}
	return raw, nil
}

// entry is one line of a space's history: what was asked, by whom, what became of
// it, and the hash of everything before.
type entry struct {
	Seq    uint64        `json:"seq"`
	Prev   []byte        `json:"prev,omitempty"`
	Sum    []byte        `json:"sum,omitempty"` // of what it was before something in it was erased; Prev of the next one
	At     plan.Instant  `json:"at"`            // the server's clock
	By     plan.PersonID `json:"by,omitzero"`
	Client plan.ClientID `json:"client,omitzero"`
	N      uint64        `json:"n,omitzero"`
	ID     plan.ChangeID `json:"id,omitzero"`
	Base   uint64        `json:"base,omitzero"`
	Made   plan.Instant  `json:"made,omitzero"` // the device's clock
	Ops    plan.Value    `json:"ops"`
	// Back leads from each record that was changed to the entry before about it; 0: there is none.
	Back   map[plan.RecordID]uint64 `json:"back,omitempty"`
	Merged []string                 `json:"merged,omitempty"` // record.field of texts merged by paragraph
	Result wire.Outcome             `json:"r"`
	Code   string                   `json:"code,omitzero"`
}

// encode writes the entry as its tags say. What was asked stands in it to the byte.
func (e *entry) encode() ([]byte, error) {
	w := plan.NewWriter(512 + len(e.Ops))
	w.Number(`{"seq":`, e.Seq)
	if len(e.Prev) > 0 {
		w.Text(`,"prev":`, base64.StdEncoding.EncodeToString(e.Prev))
	}
	if len(e.Sum) > 0 {
		w.Text(`,"sum":`, base64.StdEncoding.EncodeToString(e.Sum))
	}
	w.Text(`,"at":`, string(e.At))
	w.Given(`,"by":`, string(e.By))
	w.Given(`,"client":`, string(e.Client))
	w.Count(`,"n":`, e.N)
	w.Given(`,"id":`, string(e.ID))
	w.Count(`,"base":`, e.Base)
	w.Given(`,"made":`, string(e.Made))
	w.Raw(`,"ops":`)
	w.Value(e.Ops)
	if len(e.Back) > 0 {
		w.Raw(`,"back":{`)
		for i, id := range slices.Sorted(maps.Keys(e.Back)) {
			w.Comma(i)
			w.Text("", string(id))
			w.Number(":", e.Back[id])
		}
		w.Raw("}")
	}
	if len(e.Merged) > 0 {
		plan.WriteTexts(w, `,"merged":`, e.Merged)
	}
	w.Text(`,"r":`, string(e.Result))
	w.Given(`,"code":`, e.Code)
	w.Raw("}")
	return w.End()
}

// remember adds the draft's entry to the history. What no client sent has none.
func (d *draft) remember(client plan.ClientID, res wire.Result) error {
	s, c := d.s, d.c
	s.head.Seq = res.Seq
	raw, err := (&entry{
		Seq: res.Seq, Prev: s.head.Hash, At: instant(d.now), By: d.write.Person, Client: client, N: c.N, ID: c.ID,
		Base: c.Base, Made: c.At, Ops: c.Ops, Back: d.back, Merged: d.merged, Result: res.R, Code: res.Code,
	}).encode()
	if err != nil {
		return fmt.Errorf("encode history: %w", err)
	}
	sum := sha256.Sum256(raw)
	s.head.Hash = sum[:]
	s.history = append(s.history, kv.Entry{Key: kv.History(s.id, res.Seq), Value: raw, Rev: res.Seq})
	return nil
}

// derive makes the id of a record that the server makes because of a change; the
// same change gives the same id, so that a replayed simulation agrees with itself.
func derive(parts ...string) plan.RecordID {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return plan.RecordID(base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16]))
}

func instant(t time.Time) plan.Instant { return plan.Instant(t.UTC().Format(time.RFC3339)) }

// memberOf finds the member behind a push; an opening change has none yet.
func memberOf(s *space, account plan.AccountID, now time.Time) rules.Member {
	m, _, _ := s.access.member(account, now)
	return m
}
