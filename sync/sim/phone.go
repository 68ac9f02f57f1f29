package sim

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// phone is one browser profile of one person. What stands in store survives a
// closed tab and is what a cloned profile copies; the rest does not.
type phone struct {
	w      *world
	index  int
	person *person
	rng    *rand.Rand    // of this phone's network
	skew   time.Duration // how wrong its clock is
	ids    int           // ids made here so far; a clone makes others

	store
	isOnline bool
	hears    bool // holds a live stream
	polls    int  // generation of the poll timer
	push     pushState
	pull     pullState
	lost     map[plan.SpaceID]bool   // refused with 404 or 410, until the server speaks of it again
	forks    map[plan.SpaceID]uint64 // from this number on another profile speaks under this client id
	handing  map[plan.SpaceID]bool   // its outbox is on its way to quarantine
}

// store is what IndexedDB holds.
type store struct {
	client plan.ClientID
	spaces map[plan.SpaceID]*held
	outbox []*row // in the order in which they were made
}

// held is one space on a phone.
type held struct {
	base    map[plan.RecordID]*plan.Record // what the server said; a record is replaced, never changed
	seq     uint64                         // what base includes
	cur     string
	me      *wire.Me
	isWhole bool // a first pull has come to its end
	last    uint64
	ackn    uint64
	stage   *stage
	removed bool // the membership has ended

	hashes map[plan.RecordID]uint64 // for the checkers: of each record in base
	sum    uint64                   // of all of base
	expect uint64                   // what the sum has to be
}

// stage keeps pages until the space is whole.
type stage struct {
	cur   string
	reset bool
	pages []*wire.Space
}

// row is one change in the outbox.
type row struct {
	space  plan.SpaceID
	n      uint64 // 0: its old number means nothing any more
	id     plan.ChangeID
	base   uint64
	at     plan.Instant
	ops    []merge.Op // nil when they are no operations at all
	raw    plan.Value
	answer *wire.Result
}

func newHeld() *held {
	return &held{base: map[plan.RecordID]*plan.Record{}, hashes: map[plan.RecordID]uint64{}}
}

// space gives what the phone holds of a space, from now on at the latest.
func (p *phone) space(id plan.SpaceID) *held {
	h := p.spaces[id]
	if h == nil {
		h = newHeld()
		p.spaces[id] = h
	}
	return h
}

// id makes an id that nobody else makes; on a real phone it is 128 random bits.
func (p *phone) id(prefix string) string {
	p.ids++
	return fmt.Sprintf("%s%d-%d", prefix, p.index, p.ids)
}

func (p *phone) String() string { return fmt.Sprintf("%s/%d", p.person.name, p.index%devices+1) }

// clock is the device's own, wrong as it may be.
func (p *phone) clock() plan.Instant {
	return plan.Instant(p.w.clock().Add(p.skew).Format(time.RFC3339))
}

// write makes a change: durable in the outbox first, sent afterwards.
func (p *phone) write(space plan.SpaceID, ops []merge.Op) {
	raw, err := json.Marshal(ops, json.Deterministic(true))
	if err != nil {
		p.w.breaks("phone", "encode: %v", err)
	}
	p.writeRaw(space, ops, raw)
}

func (p *phone) writeRaw(space plan.SpaceID, ops []merge.Op, raw plan.Value) {
	if len(raw) > wire.MaxChangeBytes {
		return // refused when it is made, not when it is sent
	}
	h := p.space(space)
	h.last++
	r := &row{space: space, n: h.last, id: plan.ChangeID(p.id("c")), base: h.seq, at: p.clock(), ops: ops, raw: raw}
	p.outbox = append(p.outbox, r)
	p.w.made[r.id] = &madeChange{space: r.space, author: p.person, raw: raw}
	p.w.counts["change"]++
	p.w.say("%s writes %s in %s as number %d on base %d: %s", p, r.id, space, r.n, r.base, raw)
	p.pushSoon(50 * time.Millisecond)
}

// goOnline starts everything that waited for the network.
func (p *phone) goOnline() {
	if p.w.isAbsent(p) {
		return
	}
	if !p.isOnline {
		p.w.say("%s is online", p)
	}
	p.isOnline = true
	p.pullAll()
	p.pushSoon(0)
	p.pollLater()
}

func (p *phone) goOffline() {
	p.w.say("%s is offline", p)
	p.w.counts["offline span"]++
	p.isOnline = false
	p.push.abandon()
	p.pull.abandon()
}

// restart closes the app and opens it again: what was under way is forgotten.
func (p *phone) restart() {
	p.w.say("%s starts again", p)
	p.w.counts["app restarted"]++
	p.push, p.pull, p.lost = pushState{call: p.push.call + 1, count: startCount}, pullState{call: p.pull.call + 1}, map[plan.SpaceID]bool{}
	p.handing, p.forks = map[plan.SpaceID]bool{}, map[plan.SpaceID]uint64{}
	if p.isOnline {
		p.goOnline()
	}
}

// copyFrom makes this phone a clone of another: one client id, one outbox, twice.
func (p *phone) copyFrom(o *phone) {
	p.w.say("%s becomes a copy of %s (%s, %d waiting)", p, o, o.client, len(o.outbox))
	p.w.counts["clone"]++
	if p.w.shared[o.client] {
		p.w.spare(o) // a copy of a copy: see made
	}
	p.w.shared[o.client] = true
	p.store = store{client: o.client, spaces: map[plan.SpaceID]*held{}}
	for id, h := range o.spaces {
		c := *h
		c.base, c.hashes = maps.Clone(h.base), maps.Clone(h.hashes)
		if h.stage != nil {
			c.stage = &stage{h.stage.cur, h.stage.reset, slices.Clone(h.stage.pages)}
		}
		p.spaces[id] = &c
	}
	for _, r := range o.outbox {
		c := *r
		p.outbox = append(p.outbox, &c)
	}
	p.restart()
}
