// Package fault names every refusal that a change can meet.
//
// Its one rule: a refusal is a value with a kind and a stable code; the phone has
// a sentence for each code, in every language, and a code without one does not
// compile there. A refused change is parked, never dropped. Start with All.
package fault

// Kind groups refusals by what the caller can do about them.
type Kind int

// The kinds, with the HTTP status they become outside a push.
const (
	Invalid  Kind = 422
	Denied   Kind = 403
	Missing  Kind = 404
	Conflict Kind = 409
	Busy     Kind = 503
)

// Fault is one refusal.
type Fault struct {
	Kind Kind
	Code string
}

func (f *Fault) Error() string { return f.Code }

// All lists every refusal, for the generated list of codes and the test that each has a text.
var All []*Fault

func refuse(k Kind, code string) *Fault {
	f := &Fault{Kind: k, Code: code}
	All = append(All, f)
	return f
}

// What a change can be refused for.
var (
	// ChangeMalformed: the operations are not the JSON of SYNC.
	ChangeMalformed = refuse(Invalid, "change.malformed")
	// ChangeTooLarge: one change is over 64 KiB.
	ChangeTooLarge = refuse(Invalid, "change.tooLarge")
	// ChangeTwice: two operations of one change write the same field.
	ChangeTwice = refuse(Invalid, "change.twice")
	// ChangeNewer: the phone speaks a newer version than this server.
	ChangeNewer = refuse(Invalid, "change.newer")
	// BaseAhead: the phone says it has seen more than there is.
	BaseAhead = refuse(Invalid, "change.baseAhead")

	// FieldUnknown: no such field or kind (row 52-54).
	FieldUnknown = refuse(Invalid, "field.unknown")
	// FieldNotAllowed: the field exists and is not this member's to write.
	FieldNotAllowed = refuse(Denied, "field.notAllowed")
	// FieldFixed: the field is written when the record is made, and never again.
	FieldFixed = refuse(Invalid, "field.fixed")

	// ValueWrongType: the value has another shape than the field.
	ValueWrongType = refuse(Invalid, "value.wrongType")
	// ValueTooLong: the text is longer than the field holds.
	ValueTooLong = refuse(Invalid, "value.tooLong")
	// ValueBadCharacter: the text holds control characters or a pile of accents.
	ValueBadCharacter = refuse(Invalid, "value.badCharacter")
	// ValueMissing: a record is made without what it cannot be without.
	ValueMissing = refuse(Invalid, "value.missing")

	// RecordMissing: the record, or one it points to, is not there for this member.
	RecordMissing = refuse(Missing, "record.missing")
	// RecordExists: another change has already made a record with this id.
	RecordExists = refuse(Conflict, "record.exists")
	// RecordDeleted: the record has been deleted.
	RecordDeleted = refuse(Conflict, "record.deleted")

	// MoveNotAllowed: a state does not lead to the one asked for.
	MoveNotAllowed = refuse(Conflict, "move.notAllowed")
	// CaseClosed: a closed case takes no changes.
	CaseClosed = refuse(Conflict, "case.closed")
	// CaseNotOpened: this person's organisation may not open cases, or the opening change is incomplete.
	CaseNotOpened = refuse(Denied, "case.notOpened")

	// TaskNotYours: only the responsible, the helpers, the tovholder and a leader change a task.
	TaskNotYours = refuse(Denied, "task.notYours")
	// TaskOnlyOwn: this member may only make tasks for themself.
	TaskOnlyOwn = refuse(Denied, "task.onlyOwn")
	// TaskNoResponsible: a task has exactly one responsible (R23).
	TaskNoResponsible = refuse(Invalid, "task.noResponsible")

	// ConflictSettled: somebody else has already chosen.
	ConflictSettled = refuse(Conflict, "conflict.settled")
)
