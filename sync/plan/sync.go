package plan

// Conflict keeps two answers to the same question side by side until somebody settles it.
// The kept value stands in the record; the claimed one waits here. Only the server makes one.
type Conflict struct {
	Record    RecordID      `json:"record" merge:"once" cat:"plan"`
	Field     string        `json:"field" merge:"once" max:"80" cat:"plan"`
	Kept      Data          `json:"kept" merge:"once" cat:"plan"`
	KeptBy    PersonID      `json:"keptBy" merge:"once" cat:"plan"`
	Claimed   Data          `json:"claimed" merge:"once" cat:"plan"`
	ClaimedBy PersonID      `json:"claimedBy" merge:"once" cat:"plan"`
	ClaimedAt Instant       `json:"claimedAt" merge:"once" cat:"plan"` // the device's clock: for people, never for order
	Was       Data          `json:"was" merge:"once" cat:"plan"`       // what both started from
	State     ConflictState `json:"state" merge:"last" cat:"plan"`
}

// Parked keeps a change that the server could not accept, whole, until its author decides.
type Parked struct {
	Person PersonID `json:"person" merge:"once" cat:"plan"`
	Code   string   `json:"code" merge:"once" max:"80" cat:"plan"` // a code of package fault
	Change Data     `json:"change" merge:"once" cat:"plan"`        // as it was pushed
	At     Instant  `json:"at" merge:"once" cat:"plan"`
}

// ConflictState is open until somebody has chosen.
type ConflictState string

// The states of a conflict.
const (
	ConflictOpen    ConflictState = "open"
	ConflictSettled ConflictState = "settled"
)

func (ConflictState) values() []string { return []string{"open", "settled"} }
