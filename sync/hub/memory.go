package hub

import (
	"bytes"
	"maps"
	"slices"

	"samspor/sync/plan"
)

// memory is what the last commits left of the spaces they touched, decoded, so
// that the next change of a space reads its head and little more. By its hash a
// head covers every change before it: while the one in the store is the one that
// was left, nobody else has written, and all the rest is as it was left too.
type memory struct {
	spaces map[plan.SpaceID]*known
	owners map[plan.ClientID]plan.AccountID // a client is bound once, for good
	weight int                              // bytes of all spaces, roughly
}

// known is one space as a commit left it. Its records are never written into.
type known struct {
	raw     []byte // the head's row
	head    head
	access  access
	records map[plan.RecordID]*plan.Record // those that were looked at
	clients map[plan.ClientID]clientState  // as they were last written
	weight  int
}

// How much is remembered: bytes, roughly, and clients. More than that is forgotten
// all at once, and read again.
const (
	maxWeight = 8 << 20
	maxOwners = 20_000
)

func newMemory() *memory {
	return &memory{spaces: map[plan.SpaceID]*known{}, owners: map[plan.ClientID]plan.AccountID{}}
}

// of gives what is known of a space whose head has this row in the store.
func (m *memory) of(id plan.SpaceID, raw []byte) *known {
	if m == nil {
		return nil
	}
	k := m.spaces[id]
	if k == nil || !bytes.Equal(k.raw, raw) {
		return nil
	}
	return k
}

func (m *memory) owner(c plan.ClientID) plan.AccountID {
	if m == nil {
		return ""
	}
	return m.owners[c]
}

func (k *known) record(id plan.RecordID) *plan.Record {
	if k == nil {
		return nil
	}
	return k.records[id]
}

// client gives a copy, which may be added to.
func (k *known) client(id plan.ClientID) *clientState {
	if k == nil {
		return nil
	}
	c, ok := k.clients[id]
	if !ok {
		return nil
	}
	return &clientState{Last: c.Last, Recent: slices.Clone(c.Recent)}
}

// keep takes in a state that has just been stored.
func (m *memory) keep(st *state) {
	if m == nil {
		return
	}
	if m.weight > maxWeight {
		m.spaces, m.weight = map[plan.SpaceID]*known{}, 0
	}
	if len(m.owners) > maxOwners {
		clear(m.owners)
	}
	maps.Copy(m.owners, st.owners)
	for _, s := range st.spaces {
		if s.head.Seq > 0 && !s.access.Gone { // a space that is not there is not remembered
			m.keepSpace(s)
		}
	}
}

func (m *memory) keepSpace(s *space) {
	k := m.spaces[s.id]
	if k == nil || k != s.known { // what was known of it is no longer true
		k = &known{records: map[plan.RecordID]*plan.Record{}, clients: map[plan.ClientID]clientState{}}
	}
	if old := m.spaces[s.id]; old != nil {
		m.weight -= old.weight
	}
	k.take(s)
	m.spaces[s.id] = k
	m.weight += k.weight
}

// take lays what a commit has read and changed over what was known.
func (k *known) take(s *space) {
	k.raw, k.head, k.access = s.raw, s.head, s.access
	for id, r := range s.records {
		if r == nil {
			continue
		}
		if old := k.records[id]; old != nil {
			k.weight -= weight(old)
		}
		k.records[id] = r
		k.weight += weight(r)
	}
	for id, c := range s.clients {
		if _, ok := k.clients[id]; !ok {
			k.weight += 2*len(id) + 150*block
		}
		k.clients[id] = clientState{Last: c.Last, Recent: c.Recent}
	}
}
