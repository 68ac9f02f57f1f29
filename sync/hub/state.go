package hub

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/calendar"
	"samspor/sync/kv"
	"samspor/sync/models"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// head is where a space's order stands: its number and the hash of its history so far.
type head struct {
	Seq  uint64 `json:"seq"`
	Hash []byte `json:"hash,omitzero"`
}

// access is who is a member of a space, read off its records whenever they change,
// so that one small read decides a request. Everything that opens or closes a
// record to somebody is in here.
type access struct {
	Country plan.Country `json:"country,omitzero"`
	Closed  bool         `json:"closed,omitzero"`
	Erased  uint64       `json:"erased,omitzero"` // when something was last erased: every phone starts afresh then
	Gone    bool         `json:"gone,omitzero"`   // the whole space is erased, and stays so
	InOrg   bool         `json:"org,omitzero"`
	Members []member     `json:"members"`
	Holders []span       `json:"holders,omitzero"` // tovholdere
	Ways    []span       `json:"ways,omitzero"`    // contact persons

	Consents []opening `json:"consents,omitzero"` // what consents open, and when

	Calendar string   `json:"cal,omitzero"`     // whose working days count
	Closing  []string `json:"closing,omitzero"` // and a municipality's own days off
}

type member struct {
	Account plan.AccountID `json:"a,omitzero"`
	span
	Role   plan.Role   `json:"r"`
	Sector plan.Sector `json:"s,omitzero"`
}

// opening is what one consent opens from some sectors to some others, for a time (R36-R39).
type opening struct {
	From, To   []string `json:",omitzero"`
	Categories []string `json:"c,omitzero"`
	span
}

// opens gives what is open to a sector on a day, as category:from: what is its own,
// and what consents open to it.
func (a *access) opens(sector plan.Sector, day plan.Day) []string {
	open := []string{"health:" + string(sector), "social:" + string(sector)}
	for _, o := range a.Consents {
		if !o.on(day) || !slices.Contains(o.To, string(sector)) {
			continue
		}
		for _, c := range o.Categories {
			for _, from := range o.From {
				open = append(open, c+":"+from)
			}
		}
	}
	slices.Sort(open)
	return slices.Compact(open)
}

// span is a person for a time; both days count, an empty one is open.
type span struct {
	Person plan.PersonID `json:"p"`
	From   plan.Day      `json:"f,omitzero"`
	To     plan.Day      `json:"t,omitzero"`
}

func (s span) on(d plan.Day) bool {
	return (s.From == "" || s.From <= d) && (s.To == "" || d <= s.To)
}

// state is a snapshot of the store with the writes of one commit laid over it.
type state struct {
	r      kv.Reader
	spaces map[plan.SpaceID]*space
	owners map[plan.ClientID]plan.AccountID // clients bound by this commit
	seen   *accessCache
	last   *memory
	models map[plan.ModelID]models.Model // nil: those of the program
	bytes  int                           // of records and history to be written, roughly
}

// full says that the rest should wait for the next commit.
func (st *state) full() bool { return st.bytes >= maxBatch }

// space is what a commit has read and changed of one space.
type space struct {
	id      plan.SpaceID
	raw     []byte // the head's row: as it is on disk, and at last as it will be
	head    head
	was     uint64 // the number on disk, guarded
	access  access
	stale   bool // access has to be read off the records again
	records map[plan.RecordID]*plan.Record
	dirty   map[plan.RecordID]uint64       // changed records, with the number of their index row on disk
	due     map[plan.RecordID][]plan.Timer // and with their timers there
	history []kv.Entry
	clients map[plan.ClientID]*clientState
	known   *known // what an earlier commit left of it; nil when nobody remembers
	next    int64  // the earliest timer that was set, in seconds; 0 for none
}

func (c *Core) newState(r kv.Reader, last *memory) *state {
	return &state{
		r: r, seen: c.seen, last: last, models: c.Models, spaces: map[plan.SpaceID]*space{}, owners: map[plan.ClientID]plan.AccountID{},
	}
}

// load reads a space's head and access; a space that does not exist has number 0.
func (st *state) load(id plan.SpaceID) (*space, error) {
	if s, ok := st.spaces[id]; ok {
		return s, nil
	}
	s := &space{
		id: id, records: map[plan.RecordID]*plan.Record{}, dirty: map[plan.RecordID]uint64{},
		clients: map[plan.ClientID]*clientState{}, due: map[plan.RecordID][]plan.Timer{},
	}
	if err := s.read(st); err != nil {
		return nil, err
	}
	s.was = s.head.Seq
	st.spaces[id] = s
	return s, nil
}

func (s *space) read(st *state) (err error) {
	var rev uint64
	if s.raw, rev, err = st.r.Get(kv.Head(s.id)); err != nil || rev == 0 {
		return err
	}
	if s.known = st.last.of(s.id, s.raw); s.known != nil {
		s.head, s.access = s.known.head, s.known.access
		return nil
	}
	if err := json.Unmarshal(s.raw, &s.head); err != nil {
		return fmt.Errorf("decode a head: %w", err)
	}
	s.access, err = st.seen.read(st.r, s.id)
	return err
}

// record gives a record as this commit sees it; nil if there is none. The caller
// clones before it writes.
func (st *state) record(s *space, id plan.RecordID) (*plan.Record, error) {
	if r, ok := s.records[id]; ok || id == "" {
		return r, nil
	}
	if r := s.known.record(id); r != nil {
		s.records[id] = r
		return r, nil
	}
	r := &plan.Record{}
	found, err := get(st.r, kv.Record(s.id, id), r)
	if err != nil {
		return nil, err
	}
	if !found {
		r = nil
	} else {
		r.ID = id
	}
	s.records[id] = r
	return r, nil
}

// each gives every record of a space as this commit sees it.
func (st *state) each(s *space, yield func(*plan.Record)) error {
	prefix := kv.Records(s.id)
	var bad error
	err := st.r.Scan(prefix, nil, func(e kv.Entry) bool {
		id := plan.RecordID(e.Key[len(prefix):])
		if _, ok := s.records[id]; ok {
			return true
		}
		r := &plan.Record{}
		if bad = json.Unmarshal(e.Value, r); bad != nil {
			return false
		}
		r.ID = id
		s.records[id] = r
		return true
	})
	if err != nil || bad != nil {
		return fmt.Errorf("read records of %s: %w", s.id, firstError(err, bad))
	}
	for _, r := range s.records {
		if r != nil {
			yield(r)
		}
	}
	return nil
}

// owner gives the account a client is bound to; empty if it is new.
func (st *state) owner(c plan.ClientID) (plan.AccountID, error) {
	if a, ok := st.owners[c]; ok {
		return a, nil
	}
	if a := st.last.owner(c); a != "" {
		return a, nil
	}
	v, _, err := st.r.Get(kv.ClientOwner(c))
	return plan.AccountID(v), err
}

// batch turns what was changed into one atomic write.
func (st *state) batch() (kv.Batch, error) {
	var b kv.Batch
	put := func(key []byte, v any, rev uint64) error {
		raw, err := json.Marshal(v, json.Deterministic(true))
		if err != nil {
			return fmt.Errorf("encode: %w", err)
		}
		b.Put = append(b.Put, kv.Entry{Key: key, Value: raw, Rev: rev})
		return nil
	}
	for c, a := range st.owners {
		b.Guards = append(b.Guards, kv.Guard{Key: kv.ClientOwner(c)})
		b.Put = append(b.Put, kv.Entry{Key: kv.ClientOwner(c), Value: []byte(a), Rev: 1})
	}
	for _, s := range st.spaces {
		if s.head.Seq == s.was {
			continue
		}
		b.Guards = append(b.Guards, kv.Guard{Key: kv.Head(s.id), Rev: s.was})
		if err := s.write(&b, put); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (s *space) write(b *kv.Batch, put func([]byte, any, uint64) error) error {
	if err := put(kv.Head(s.id), s.head, s.head.Seq); err != nil {
		return err
	}
	s.raw = b.Put[len(b.Put)-1].Value
	if s.stale {
		if err := put(kv.Access(s.id), s.access, s.head.Seq); err != nil {
			return err
		}
		for _, m := range s.access.Members {
			if m.Account != "" {
				b.Put = append(b.Put, kv.Entry{Key: kv.AccountSpace(m.Account, s.id), Value: []byte(m.Person), Rev: s.head.Seq})
			}
		}
	}
	for id, old := range s.dirty {
		r := s.records[id]
		raw, err := r.Encode()
		if err != nil {
			return fmt.Errorf("encode a record: %w", err)
		}
		b.Put = append(b.Put, kv.Entry{Key: kv.Record(s.id, id), Value: raw, Rev: r.Seq})
		if old > 0 {
			b.Del = append(b.Del, kv.Index(s.id, old, id))
		}
		b.Put = append(b.Put, kv.Entry{Key: kv.Index(s.id, r.Seq, id), Rev: r.Seq})
		for _, t := range s.due[id] {
			if !slices.Contains(r.Timers, t) {
				b.Del = append(b.Del, kv.Due(s.id, id, t))
			}
		}
		for _, t := range r.Timers {
			if !slices.Contains(s.due[id], t) { // most changes leave the days as they are, and their rows
				b.Put = append(b.Put, kv.Entry{Key: kv.Due(s.id, id, t), Rev: r.Seq})
				if s.next == 0 || t.At < s.next {
					s.next = t.At
				}
			}
		}
	}
	b.Put = append(b.Put, s.history...)
	for id, c := range s.clients {
		if err := c.write(b, s, id); err != nil {
			return err
		}
	}
	return nil
}

// member finds what an account is in a space on a day. ok is false when it sees
// nothing there; was says that it once did, and m then names the person it was.
func (a *access) member(account plan.AccountID, now time.Time) (m rules.Member, ok, was bool) {
	today := calendar.DayOf(now, calendar.Zone(string(a.Country)))
	for _, x := range a.Members {
		if x.Account != account || !rules.Sees(x.Role) {
			continue
		}
		if !x.on(today) {
			if x.To != "" && x.To < today {
				m.Person, was = x.Person, true
			}
			continue
		}
		m = rules.Member{Account: account, Person: x.Person, Role: x.Role, InOrg: a.InOrg, Erased: a.Erased}
		if x.Role == plan.RoleProfessional || x.Role == plan.RoleProfessionalLead {
			m.Opens = a.opens(x.Sector, today)
		}
		for _, h := range a.Holders {
			if h.on(today) {
				m.Callable = append(m.Callable, h.Person)
				m.Tovholder = m.Tovholder || h.Person == x.Person
			}
		}
		for _, w := range a.Ways {
			if w.on(today) {
				m.Callable = append(m.Callable, w.Person)
			}
		}
		slices.Sort(m.Callable)
		m.Callable = slices.Compact(m.Callable)
		return m, true, true
	}
	return m, false, was
}

// readAccess reads a space's access off its records again.
func (st *state) readAccess(s *space) error {
	a, sectors := access{Erased: s.access.Erased}, map[plan.PersonID]plan.Sector{}
	err := st.each(s, func(r *plan.Record) {
		if r.Del {
			return
		}
		sp := span{Person: plan.PersonID(r.Str("person")), From: plan.Day(r.Str("from")), To: plan.Day(r.Str("to"))}
		switch r.Kind {
		case "case":
			a.Country, a.Closed = plan.Country(r.Str("country")), r.Str("state") == "closed"
			a.Calendar = profileOf(r)
		case "model":
			a.Closing = append(a.Closing, closingDays(r)...)
		case "organisation":
			a.Country, a.InOrg = plan.Country(r.Str("country")), true
		case "membership":
			a.Members = append(a.Members, member{Account: plan.AccountID(r.Str("account")), span: sp, Role: plan.Role(r.Str("role"))})
		case "person":
			sectors[plan.PersonID(r.ID)] = plan.Sector(r.Str("sector"))
		case "consent":
			if r.Str("state") == "given" {
				a.Consents = append(a.Consents, opening{
					From: plan.Members(r.Get("fromSectors")), To: plan.Members(r.Get("toSectors")), Categories: plan.Members(r.Get("categories")),
					span: span{Person: plan.PersonID(r.ID), From: plan.Day(r.Str("validFrom")), To: plan.Day(r.Str("validTo"))},
				})
			}
		case "tovholder":
			a.Holders = append(a.Holders, sp)
		case "contactPerson":
			a.Ways = append(a.Ways, sp)
		}
	})
	byPerson := func(x, y span) int {
		return bytes.Compare([]byte(x.Person+"/"+plan.PersonID(x.From)), []byte(y.Person+"/"+plan.PersonID(y.From)))
	}
	slices.SortFunc(a.Members, func(x, y member) int { return byPerson(x.span, y.span) })
	slices.SortFunc(a.Holders, byPerson)
	slices.SortFunc(a.Ways, byPerson)
	slices.SortFunc(a.Consents, func(x, y opening) int { return byPerson(x.span, y.span) })
	for i := range a.Members {
		a.Members[i].Sector = sectors[a.Members[i].Person]
	}
	slices.Sort(a.Closing)
	a.Closing = slices.Compact(a.Closing)
	s.access = a
	return err
}

// closingDays reads the days off that a pinned model brings with it.
func closingDays(r *plan.Record) []string {
	var local models.Local
	if v := r.Get("local"); v.Kind() == 'n' || json.Unmarshal(v, &local) != nil {
		return nil // version 1 of a model had none
	}
	var days []string
	for _, d := range local.ClosingDays {
		days = append(days, string(d))
	}
	return days
}

// get reads and decodes one value; found is false when the key is absent.
func get(r kv.Reader, key []byte, into any) (found bool, err error) {
	raw, rev, err := r.Get(key)
	if err != nil || rev == 0 {
		return false, err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return false, fmt.Errorf("decode a stored value: %w", err)
	}
	return true, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
