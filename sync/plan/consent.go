package plan

// Consent asks the family whether some sectors may share some categories for one purpose (R33-R38).
type Consent struct {
	State         ConsentState `json:"state" merge:"last" cat:"plan"`
	Purpose       Text         `json:"purpose" merge:"once" max:"2000" cat:"plan"`
	FromSectors   []Sector     `json:"fromSectors" merge:"set" cat:"plan"`
	ToSectors     []Sector     `json:"toSectors" merge:"set" cat:"plan"`
	Categories    []Category   `json:"categories" merge:"set" cat:"plan"`
	RequiredFrom  []PersonID   `json:"requiredFrom" merge:"set" cat:"plan"`
	ChildAskedAt  Day          `json:"childAskedAt" merge:"last" cat:"plan"`
	ChildAnswer   Text         `json:"childAnswer" merge:"text" max:"2000" cat:"plan"`
	ValidFrom     Day          `json:"validFrom" merge:"last" cat:"plan"`
	ValidTo       Day          `json:"validTo" merge:"last" cat:"plan"`
	EffectRemarks Text         `json:"effect" merge:"text" max:"2000" cat:"plan"`
}

// ConsentAnswer is one person's answer to one consent; the consent is given only when all required have said yes (R34).
type ConsentAnswer struct {
	Consent    ConsentID     `json:"consent" merge:"once" cat:"plan"`
	Person     PersonID      `json:"person" merge:"once" cat:"plan"`
	Answer     Answer        `json:"answer" merge:"once" cat:"plan"`
	At         Day           `json:"at" merge:"once" cat:"plan"`
	Method     ConsentMethod `json:"method" merge:"once" cat:"plan"`
	RecordedBy PersonID      `json:"recordedBy" merge:"once" cat:"plan"`
}

// Message is one letter in or out of a mailbox, or in the plan's own thread.
type Message struct {
	Mailbox    string       `json:"mailbox" merge:"once" max:"80" cat:"plan"`
	Channel    Channel      `json:"channel" merge:"once" cat:"plan"`
	Direction  Direction    `json:"direction" merge:"once" cat:"plan"`
	From       PersonID     `json:"from" merge:"once" cat:"plan"`
	Category   string       `json:"category" merge:"once" max:"80" cat:"plan"`
	Topic      string       `json:"topic" merge:"once" max:"200" cat:"plan"`
	SentAt     Instant      `json:"sentAt" merge:"once" cat:"plan"`
	RoutedTo   string       `json:"routedTo" merge:"last" max:"80" cat:"plan"`
	AssignedTo PersonID     `json:"assignedTo" merge:"last" cat:"plan"`
	AssignedAt Instant      `json:"assignedAt" merge:"last" cat:"plan"`
	State      MessageState `json:"state" merge:"last" cat:"plan"`
	AnsweredAt Instant      `json:"answeredAt" merge:"last" cat:"plan"`
	Template   FormTemplate `json:"template" merge:"once" cat:"plan"`
}

// ConsentState is what a consent counts for today.
type ConsentState string

// Answer is yes, no, or a yes taken back.
type Answer string

// ConsentMethod is how an answer was given.
type ConsentMethod string

// Channel is the way a message travels.
type Channel string

// Direction is which way a message went.
type Direction string

// MessageState is how far a message has come.
type MessageState string

func (ConsentState) values() []string {
	return []string{"requested", "given", "declined", "withdrawn", "expired", "replaced"}
}
func (Answer) values() []string        { return []string{"yes", "no", "withdrawn"} }
func (ConsentMethod) values() []string { return []string{"digital", "written", "oral_recorded"} }
func (Channel) values() []string       { return []string{"in_app", "medcom", "phone_note"} }
func (Direction) values() []string     { return []string{"in", "out"} }
func (MessageState) values() []string {
	return []string{"draft", "queued", "sent", "delivered", "read", "answered", "closed"}
}
