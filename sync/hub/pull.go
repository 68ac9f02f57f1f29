package hub

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/rules"
	"samspor/sync/wire"
)

// How long a phone may show what it holds without hearing from the server.
const (
	leaseFamily = 72 * time.Hour
	leaseStaff  = 24 * time.Hour
)

// puller answers one pull from one snapshot.
type puller struct {
	core    *Core
	r       kv.Reader
	account plan.AccountID
	req     *wire.Pull
	now     time.Time
	schema  int      // in which the phone is answered
	left    int      // records that still fit in the answer
	known   uint64   // the phone may hold what was visible up to here
	shared  []string // sums of what it holds, or is sent in this answer
	out     *wire.Pulled
	staff   bool
}

// Pull gives what is new to this account, from one snapshot.
func (c *Core) Pull(account plan.AccountID, req *wire.Pull) (*wire.Pulled, error) {
	limit := req.Limit
	if limit <= 0 || limit > wire.MaxPage {
		limit = wire.MaxPage
	}
	p := &puller{core: c, account: account, req: req, now: c.Now(), schema: wire.Serves(req.Schema), left: limit, shared: slices.Clone(req.Has), out: &wire.Pulled{Spaces: map[plan.SpaceID]*wire.Space{}}}
	if err := c.Store.View(func(r kv.Reader) error { p.r = r; return p.run() }); err != nil {
		return nil, fmt.Errorf("pull: %w", err)
	}
	p.out.Now = instant(p.now)
	if len(req.Only) == 0 { // a pull of some spaces does not see what else this person is
		lease := leaseFamily
		if p.staff {
			lease = leaseStaff
		}
		p.out.Lease = instant(p.now.Add(lease))
	}
	return p.out, nil
}

func (p *puller) run() error {
	spaces := p.req.Only
	if len(spaces) == 0 {
		mine, err := accountSpaces(p.r, p.account)
		if err != nil {
			return err
		}
		spaces = mine
		for s := range p.req.Cur { // a space that the phone holds and the account no longer has
			if !slices.Contains(mine, s) {
				spaces = append(spaces, s)
			}
		}
	}
	slices.Sort(spaces)
	for _, s := range slices.Compact(spaces) {
		if !plan.ValidID(string(s)) {
			continue
		}
		if err := p.space(s); err != nil {
			return fmt.Errorf("space %s: %w", s, err)
		}
	}
	return nil
}

func (p *puller) space(id plan.SpaceID) error {
	var hd head
	a, err := p.core.seen.read(p.r, id)
	if err != nil {
		return err
	}
	token, held := p.req.Cur[id]
	m, ok, was := a.member(p.account, p.now)
	if !ok {
		if held {
			why := "notMember"
			if was {
				why = "membershipEnded"
			}
			if a.Gone {
				why = "erased"
			}
			p.out.Removed = append(p.out.Removed, wire.Removed{Space: id, Why: why})
		}
		return nil
	}
	p.staff = p.staff || m.Role == plan.RoleProfessional || m.Role == plan.RoleProfessionalLead
	if _, err := get(p.r, kv.Head(id), &hd); err != nil {
		return err
	}
	cur, reset, aged := p.start(id, token, m, hd)
	if !held {
		p.out.Added = append(p.out.Added, id)
	}
	if !reset && cur.Since == hd.Seq && cur.Seq == hd.Seq && !aged {
		return nil // a cursor that grows old is renewed, or a quiet space would start afresh for nothing
	}
	sp := &wire.Space{Seq: hd.Seq, Reset: reset, Put: []wire.Record{}}
	p.out.Spaces[id] = sp
	if reset {
		sp.Me = &wire.Me{Person: m.Person, Role: m.Role, May: rules.Rights(m)}
	}
	var cl clientState
	if _, err := get(p.r, kv.Client(id, p.req.Client), &cl); err != nil {
		return err
	}
	sp.Ackn = cl.Last
	next, err := p.page(id, sp, cur, rules.SightOf(m))
	if err != nil {
		return err
	}
	if !sp.More {
		next.Since, next.Seq, next.Rec = hd.Seq, hd.Seq, ""
	}
	sp.Cur = next.seal(p.core.CursorKey, p.account, id)
	return nil
}

// start finds where to go on, or that the phone has to start afresh.
func (p *puller) start(id plan.SpaceID, token string, m rules.Member, hd head) (c cursor, reset, aged bool) {
	fresh := cursor{Epoch: rules.Epoch(m), Issued: p.now.Unix(), Schema: uint8(p.schema)}
	c, ok := openCursor(p.core.CursorKey, p.account, id, token)
	if token != "" && !ok {
		p.core.Log.Warn("cursor refused", "space", id)
	}
	old := p.now.Sub(time.Unix(c.Issued, 0)) > horizon
	if !ok || old || c.Epoch != fresh.Epoch && planted != "epochSkipped" || c.Schema != fresh.Schema || c.Since > hd.Seq || c.Seq > hd.Seq {
		return fresh, true, false
	}
	aged = p.now.Sub(time.Unix(c.Issued, 0)) > horizon/2
	c.Issued = fresh.Issued
	return c, false, aged
}

// page reads the change index from a cursor on, until the answer is full.
func (p *puller) page(id plan.SpaceID, sp *wire.Space, cur cursor, sight rules.Sight) (cursor, error) {
	from := append(kv.Index(id, cur.Seq, cur.Rec), 0)
	if cur.Rec == "" {
		from = kv.Index(id, cur.Seq+1, "")
	}
	if planted == "cursorByTime" && cur.Since > 0 && p.now.Nanosecond() < 5e8 {
		from = kv.Index(id, cur.Seq+2, "") // what happened in this half second is thought to be known
	}
	p.known = cur.Since
	if cur.Since == 0 { // half-way through a reset, what an earlier page gave may be gone by now (I4)
		p.known = cur.Seq - 1 // of the number it stopped at only a part was given; at the start, nothing is known
	}
	var bad error
	err := p.r.Scan(kv.Indexes(id), from, func(e kv.Entry) bool {
		if p.left == 0 {
			sp.More = true
			return false
		}
		seq, rec := kv.IndexAt(id, e.Key)
		if bad = p.record(id, rec, sp, cur.Since, sight); bad != nil {
			return false
		}
		cur.Seq, cur.Rec = seq, rec
		return true
	})
	return cur, firstError(err, bad)
}

// record adds one changed record to the answer: what is readable and new of it,
// or that it is gone for this member.
func (p *puller) record(id plan.SpaceID, rec plan.RecordID, sp *wire.Space, since uint64, sight rules.Sight) error {
	raw, rev, err := p.r.Get(kv.Record(id, rec))
	if err != nil {
		return err
	}
	if rev == 0 {
		return fmt.Errorf("record %s is in the index and not in the store", rec)
	}
	var r plan.Record
	if err := json.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("record %s: %w", rec, err)
	}
	fields, shown := rules.Project(&r, sight, since)
	if r.VisSeq > p.known && r.VisSeq != r.Born && sight.Meets(r.Seen) {
		// What this member may see of it has changed, or all of it: the phone lets go
		// of the record before it takes in what is left (I4).
		sp.Gone = append(sp.Gone, rec)
	}
	switch {
	case shown && (len(fields) > 0 || r.Del || r.DelSeq > since):
		put := wire.Record{ID: rec, Kind: r.Kind, Seq: rules.SeenSeq(&r, sight), F: fields, Del: r.Del}
		wire.Lower(p.schema, &put, p.now)
		if r.Kind == "model" && since < r.Born && p.req.Has != nil {
			p.share(&put)
		}
		sp.Put = append(sp.Put, put)
	case len(sp.Gone) == 0 || sp.Gone[len(sp.Gone)-1] != rec:
		return nil
	}
	p.left--
	return nil
}

// share names a record that comes whole by its sum, and leaves its fields out where the
// phone has them: a collaboration model is as long as the rest of a case, and the same
// in nearly all of them.
func (p *puller) share(put *wire.Record) {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(put.F)) {
		fmt.Fprintf(h, "%q:%s,", name, put.F[name])
	}
	put.Sum = base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
	if slices.Contains(p.shared, put.Sum) {
		put.F = nil
		return
	}
	p.shared = append(p.shared, put.Sum)
}

// accountSpaces gives every space that an account has or had a part in.
func accountSpaces(r kv.Reader, account plan.AccountID) ([]plan.SpaceID, error) {
	prefix := kv.AccountSpaces(account)
	var spaces []plan.SpaceID
	err := r.Scan(prefix, nil, func(e kv.Entry) bool {
		spaces = append(spaces, plan.SpaceID(e.Key[len(prefix):]))
		return true
	})
	return spaces, err
}
