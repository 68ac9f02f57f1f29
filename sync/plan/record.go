package plan

import "slices"

// Record is one record as the server keeps it.
type Record struct {
	ID     RecordID         `json:"-"`
	Kind   string           `json:"k"`
	F      map[string]Stamp `json:"f"`
	Seq    uint64           `json:"s"`          // the space's number at the last change of the record
	Born   uint64           `json:"n,omitzero"` // the number it was made with
	By     PersonID         `json:"b,omitzero"` // who made it; empty for an import
	Made   ChangeID         `json:"m,omitzero"` // the change that made it
	Vis    []string         `json:"v"`          // who may see it: the audience, as tokens of package rules
	VisSeq uint64           `json:"vs"`         // when Vis last changed; a phone behind it gets the record whole
	Seen   []string         `json:"sn"`         // everybody who ever could see it, so that `gone` reaches them
	Del    bool             `json:"d,omitzero"`
	Erased bool             `json:"e,omitzero"`  // for good: it has no values and no readers
	DelSeq uint64           `json:"ds,omitzero"` // when Del last changed: no field tells that a record came back
	Timers []Timer          `json:"t,omitzero"`  // its rows in the index of what is due
}

// Timer is a moment at which a record has to be looked at, in seconds of the server's clock.
type Timer struct {
	At   int64     `json:"a"`
	Kind TimerKind `json:"k"`
}

// TimerKind says why: "task.due", "meeting.agenda".
type TimerKind string

// Stamp is a field's value with the number, the person and the client of its last write.
// The person is shown to people, the client decides conflicts.
type Stamp struct {
	V   Value    `json:"v"`
	Seq uint64   `json:"s"`
	By  PersonID `json:"b,omitzero"`
	Cl  ClientID `json:"c,omitzero"`
}

// Get gives a field's value; null when it was never written.
func (r *Record) Get(field string) Value {
	if s, ok := r.F[field]; ok {
		return s.V
	}
	return Null
}

// Str gives a field's text; empty when it holds none.
func (r *Record) Str(field string) string { return Str(r.F[field].V) }

// Has says whether a set-like field holds a member.
func (r *Record) Has(field, member string) bool {
	return slices.Contains(Members(r.F[field].V), member)
}

// Clone gives a copy that can be changed without touching the original.
func (r *Record) Clone() *Record {
	c := *r
	c.F = make(map[string]Stamp, len(r.F)+2)
	for k, v := range r.F {
		c.F[k] = v
	}
	return &c
}

// May is what a member may write of one kind of record, as the phone is told it.
type May struct {
	New    bool     `json:"new,omitzero"`
	Set    []string `json:"set,omitzero"`    // on any record of the kind
	Own    []string `json:"own,omitzero"`    // where the member is responsible, helper or the one concerned
	Host   []string `json:"host,omitzero"`   // on what belongs to a meeting that the member hosts
	Others bool     `json:"others,omitzero"` // may make one for somebody else
}
