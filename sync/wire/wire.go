// Package wire is what travels between phone and server: the messages of SYNC,
// their limits and the strict decoder.
//
// Its one rule: the envelope is read strictly (no unknown, doubled or differently
// spelled key), but what one change contains is never a reason to refuse a push;
// it is parked. Start with Push and Pull.
package wire

import (
	"samspor/sync/merge"
	"samspor/sync/plan"
)

// Schema is the version of the records this server speaks.
const Schema = 2

// Limits of one push and one change.
const (
	MaxChanges     = 200
	MaxPushBytes   = 192 << 10
	MaxChangeBytes = 64 << 10
	MaxOps         = 500 // operations in one change
	MaxPage        = 500 // records in one answer to a pull
	MaxHas         = 100 // sums in one pull
)

// Push hands changes to the server.
type Push struct {
	Client  plan.ClientID `json:"client"`
	Schema  int           `json:"schema"`
	Now     plan.Instant  `json:"now"` // the device's clock: for people, never for order
	Changes []Change      `json:"changes"`
}

// Change is one action of one person: atomic, within one space.
type Change struct {
	Space plan.SpaceID  `json:"space"`
	N     uint64        `json:"n"` // runs per client and space, from 1
	ID    plan.ChangeID `json:"id"`
	Base  uint64        `json:"base"` // the space's number that the phone had seen
	At    plan.Instant  `json:"at"`
	Ops   plan.Value    `json:"ops"` // []merge.Op, read apart so that a bad one parks only its change
}

// Outcome is what became of a change; every change of a well-formed push gets exactly one.
type Outcome string

// The outcomes.
const (
	OK       Outcome = "ok"
	Conflict Outcome = "conflict"
	Parked   Outcome = "parked"
)

// Result answers one change, with the same bytes each time it is asked.
type Result struct {
	Space plan.SpaceID    `json:"space"`
	N     uint64          `json:"n"`
	R     Outcome         `json:"r"`
	Seq   uint64          `json:"seq"`
	X     []plan.RecordID `json:"x,omitzero"`    // the conflicts it opened
	Q     plan.RecordID   `json:"q,omitzero"`    // the parked record
	Code  string          `json:"code,omitzero"` // why it is parked
}

// Results answers a push. Each element is a Result as it was first encoded.
type Results struct {
	Results []plan.Value `json:"results"`
}

// Encode writes the answer; its elements are JSON already.
func (r Results) Encode() []byte {
	body := []byte(`{"results":[`)
	for i, one := range r.Results {
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, one...)
	}
	return append(body, "]}"...)
}

// Pull asks for what is new.
type Pull struct {
	Client plan.ClientID           `json:"client"`
	Schema int                     `json:"schema"`
	Cur    map[plan.SpaceID]string `json:"cur"`
	Only   []plan.SpaceID          `json:"only,omitzero"`
	Limit  int                     `json:"limit,omitzero"` // records in the answer
	Has    []string                `json:"has,omitzero"`   // sums of what the phone holds in any space; nil: it knows no sums
}

// Pulled answers a pull.
type Pulled struct {
	Spaces  map[plan.SpaceID]*Space `json:"spaces"`
	Added   []plan.SpaceID          `json:"added,omitzero"`
	Removed []Removed               `json:"removed,omitzero"`
	Now     plan.Instant            `json:"now"`            // the server's clock, so that a device's clock set back is noticed
	Lease   plan.Instant            `json:"lease,omitzero"` // until when the phone may show what it holds; not with `only`
}

// Space is what is new in one space.
type Space struct {
	Cur   string          `json:"cur"`
	Seq   uint64          `json:"seq"`
	Reset bool            `json:"reset"`
	Put   []Record        `json:"put"`
	Gone  []plan.RecordID `json:"gone,omitzero"`
	Ackn  uint64          `json:"ackn"`
	More  bool            `json:"more"`
	Me    *Me             `json:"me,omitzero"`
}

// Record is one record as a member may see it: plain values by field name, null for a cleared one.
// What many spaces hold alike has a sum; a phone that holds it already is sent the sum alone.
type Record struct {
	ID   plan.RecordID         `json:"id"`
	Kind string                `json:"kind"`
	Seq  uint64                `json:"seq"`
	F    map[string]plan.Value `json:"f,omitzero"`
	Sum  string                `json:"sum,omitzero"`
	Del  bool                  `json:"del,omitzero"`
}

// Removed names a space the member has lost.
type Removed struct {
	Space plan.SpaceID `json:"space"`
	Why   string       `json:"why"`
}

// Me is what a member is and may do, already decided by the server.
type Me struct {
	Person plan.PersonID       `json:"person"`
	Role   plan.Role           `json:"role"`
	May    map[string]plan.May `json:"may"`
}

// Poke is one line of the live stream: a space and its number, nothing else (I11).
type Poke struct {
	K plan.SpaceID `json:"k"`
	S uint64       `json:"s"`
}

// Handover hands over the outbox of a space that this account has lost.
type Handover struct {
	Client  plan.ClientID `json:"client"`
	Space   plan.SpaceID  `json:"space"`
	Changes []Change      `json:"changes"`
}

// Receipt says that it is kept, for whom to look through and until when.
type Receipt struct {
	Receipt plan.RecordID `json:"receipt"`
	Changes int           `json:"changes"`
	Until   plan.Instant  `json:"until"`
}

// Asked asks for the history of one record.
type Asked struct {
	Space plan.SpaceID  `json:"space"`
	Rec   plan.RecordID `json:"rec"`
}

// Told is a record's history, the oldest first, as far as this member may see its fields.
type Told struct {
	Entries []Entry `json:"entries"`
}

// Entry is what one change did to the record.
type Entry struct {
	Seq  uint64                `json:"seq"`
	At   plan.Instant          `json:"at"`            // the server's clock
	Made plan.Instant          `json:"made,omitzero"` // the device's clock
	By   plan.PersonID         `json:"by,omitzero"`   // empty: an import or the server
	New  bool                  `json:"new,omitzero"`
	Del  bool                  `json:"del,omitzero"`
	Back bool                  `json:"back,omitzero"` // restored
	Set  map[string]plan.Value `json:"set,omitzero"`
	Was  map[string]plan.Value `json:"was,omitzero"` // what the writer saw
	Add  map[string][]string   `json:"add,omitzero"`
	Rem  map[string][]string   `json:"remove,omitzero"`
	// Late names the fields whose value waits as a conflict beside the one that stands.
	Late []string `json:"late,omitzero"`
	// Merged names the long texts that came late and were merged by paragraph.
	Merged []string `json:"merged,omitzero"`
	// Chose says that this change settled a conflict about the record.
	Chose merge.Choice `json:"chose,omitzero"`
}
