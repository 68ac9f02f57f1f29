package plan

// Conflict keeps two answers to the same question side by side until somebody settles it.
// The kept value stands in the record; the claimed one waits here. Only the server makes one.
// Its fields are core because who may read the field it is about may read all of it;
// its audience keeps everybody else out.
type Conflict struct {
	Record    RecordID      `json:"record" merge:"once" cat:"core"`
	Field     string        `json:"field" merge:"once" max:"80" cat:"core"`
	Kept      Data          `json:"kept" merge:"once" cat:"core"`
	KeptBy    PersonID      `json:"keptBy" merge:"once" cat:"core"`
	Claimed   Data          `json:"claimed" merge:"once" cat:"core"`
	ClaimedBy PersonID      `json:"claimedBy" merge:"once" cat:"core"`
	ClaimedAt Instant       `json:"claimedAt" merge:"once" cat:"core"` // the device's clock: for people, never for order
	Was       Data          `json:"was" merge:"once" cat:"core"`       // what both started from
	State     ConflictState `json:"state" merge:"last" cat:"core"`
}

// Parked keeps a change that the server could not accept, whole, until its author decides.
type Parked struct {
	Person PersonID `json:"person" merge:"once" cat:"plan"`
	Code   string   `json:"code" merge:"once" max:"80" cat:"plan"` // a code of package fault
	Change Data     `json:"change" merge:"once" cat:"plan"`        // as it was pushed
	At     Instant  `json:"at" merge:"once" cat:"plan"`
}

// Quarantine keeps what somebody wrote offline before they heard that their access
// had ended: handed over unread, for the tovholder to look through, for 30 days.
type Quarantine struct {
	Person  PersonID `json:"person" merge:"once" cat:"plan"`
	Changes Data     `json:"changes" merge:"once" cat:"plan"` // as they stood in the outbox
	At      Instant  `json:"at" merge:"once" cat:"plan"`
	Until   Instant  `json:"until" merge:"once" cat:"plan"`
}

// ConflictState is open until somebody has chosen.
type ConflictState string

// The states of a conflict.
const (
	ConflictOpen    ConflictState = "open"
	ConflictSettled ConflictState = "settled"
)

func (ConflictState) values() []string { return []string{"open", "settled"} }
