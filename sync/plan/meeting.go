package plan

// Meeting is one network meeting from its first draft to its minutes.
type Meeting struct {
	Kind            MeetingKind  `json:"kind" merge:"once" cat:"core"`
	Model           ModelID      `json:"model" merge:"once" cat:"plan"`
	Level           int          `json:"level" merge:"last" cat:"plan"`
	Track           TrackID      `json:"track" merge:"last" cat:"plan"`
	Template        FormTemplate `json:"template" merge:"once" cat:"plan"`
	Title           string       `json:"title" merge:"last" max:"200" cat:"core"`
	Start           Instant      `json:"start" merge:"last" cat:"core"`
	End             Instant      `json:"end" merge:"last" cat:"core"`
	Form            MeetingForm  `json:"form" merge:"last" cat:"core"`
	Place           string       `json:"place" merge:"last" max:"200" cat:"core"`
	Convenor        PersonID     `json:"convenor" merge:"last" cat:"core"`
	Chair           PersonID     `json:"chair" merge:"last" cat:"plan"`
	MinuteTaker     PersonID     `json:"minuteTaker" merge:"last" cat:"plan"`
	InvitedAt       Instant      `json:"invitedAt" merge:"last" cat:"core"`
	AgendaSentAt    Instant      `json:"agendaSentAt" merge:"last" cat:"plan"`
	AgendaDeadline  Day          `json:"agendaDeadline" merge:"last" cat:"plan"`
	HeldByDeadline  Day          `json:"heldByDeadline" merge:"last" cat:"plan"`
	State           MeetingState `json:"state" merge:"last" cat:"core"`
	Purpose         Text         `json:"purpose" merge:"text" max:"20000" cat:"plan"`
	ChosenAt        Day          `json:"chosenAt" merge:"last" cat:"plan"` // participants chosen with the family (R16)
	ChosenBy        PersonID     `json:"chosenBy" merge:"last" cat:"plan"`
	ChosenWith      []PersonID   `json:"chosenWith" merge:"set" cat:"plan"`
	ChosenRemark    Text         `json:"chosenRemark" merge:"text" max:"20000" cat:"plan"`
	ChildAsked      bool         `json:"childAsked" merge:"last" cat:"plan"`
	GPDialogueHeld  bool         `json:"gpDialogueHeld" merge:"last" cat:"plan"` // R19
	MinutesState    MinutesState `json:"minutesState" merge:"last" cat:"plan"`
	MinutesSharedAt Instant      `json:"minutesSharedAt" merge:"last" cat:"plan"`
	DecidesSupport  bool         `json:"decisionsOnMunicipalSupport" merge:"last" cat:"plan"` // R24: as a rule false
	Goals           []GoalID     `json:"goals" merge:"set" cat:"plan"`
	Tasks           []TaskID     `json:"tasks" merge:"set" cat:"plan"`

	Need         Text       `json:"need" merge:"text" max:"2000" cat:"plan"`        // MT2: why it is called
	FormChosenAt Day        `json:"formChosenAt" merge:"last" cat:"plan"`           // MT10b: with the family
	RelevantAt   Day        `json:"relevantAt" merge:"last" cat:"plan"`             // R20: only relevant professions, says the convenor
	AgendaLate   Text       `json:"agendaLate" merge:"last" max:"2000" cat:"plan"`  // R13: why it was sent late
	HeldLate     Text       `json:"heldLate" merge:"last" max:"2000" cat:"plan"`    // R14: why it is not sooner
	ChildHow     ChildHow   `json:"childHow" merge:"last" cat:"plan"`               // R22
	ChildAbsent  Text       `json:"childAbsent" merge:"last" max:"2000" cat:"plan"` // MT19: why the child is not there
	Cancelled    Text       `json:"cancelled" merge:"last" max:"2000" cat:"core"`   // why it is cancelled
	Follows      MeetingID  `json:"follows" merge:"once" cat:"plan"`                // MT21: the meeting before, with the same circle
	Recurring    Recurring  `json:"recurring" merge:"last" cat:"plan"`              // MT24
	Access       Text       `json:"access" merge:"text" max:"2000" cat:"plan"`      // interpreter, lift, breaks
	Invited      []PersonID `json:"invited" merge:"set" cat:"hidden"`               // whom it was sent to, for the gate

	NoFollowUp Text `json:"noFollowUp" merge:"last" max:"2000" cat:"plan"` // why there is no next date
}

// MeetingRequest is somebody's wish for a meeting; an answer with a reason is owed (R21, MT12).
type MeetingRequest struct {
	Person     PersonID      `json:"person" merge:"once" cat:"plan"`
	Background Text          `json:"background" merge:"once" max:"2000" cat:"plan"`
	At         Instant       `json:"at" merge:"once" cat:"plan"`
	Owner      PersonID      `json:"owner" merge:"last" cat:"plan"`     // who owes the answer
	AnswerDue  Day           `json:"answerDue" merge:"last" cat:"plan"` // the server counts it
	Answer     RequestAnswer `json:"answer" merge:"last" cat:"plan"`
	Reason     Text          `json:"reason" merge:"last" max:"2000" cat:"plan"`
	Meeting    MeetingID     `json:"meeting" merge:"last" cat:"plan"`
}

// Participant is one person at one meeting: the answer, the role, how it went.
type Participant struct {
	Meeting    MeetingID  `json:"meeting" merge:"once" cat:"core"`
	Person     PersonID   `json:"person" merge:"once" cat:"core"`
	Role       Text       `json:"role" merge:"text" max:"20000" cat:"plan"` // what this person is there to do (MT5)
	InvitedAt  Instant    `json:"invitedAt" merge:"last" cat:"core"`
	Reply      Reply      `json:"reply" merge:"last" cat:"core"`
	Apology    Text       `json:"apology" merge:"text" max:"2000" cat:"plan"`
	Attendance Attendance `json:"attendance" merge:"last" cat:"plan"`

	Joins      MeetingForm `json:"joins" merge:"last" cat:"plan"`                // R17: each can be there or on a screen
	Substitute string      `json:"substitute" merge:"last" max:"200" cat:"plan"` // who comes instead
	Relevance  Text        `json:"relevance" merge:"text" max:"2000" cat:"plan"` // MT17b: why this person
}

// Wish asks for somebody else to join a meeting; the convenor owes an answer (R18).
type Wish struct {
	Meeting MeetingID `json:"meeting" merge:"once" cat:"plan"`
	Person  PersonID  `json:"person" merge:"once" cat:"plan"`
	Wish    Text      `json:"wish" merge:"once" max:"2000" cat:"plan"`
	Outcome Text      `json:"outcome" merge:"text" max:"2000" cat:"plan"`
	Due     Day       `json:"due" merge:"last" cat:"plan"` // when the answer is owed; the server counts it
}

// AgendaItem is one point of a meeting's agenda.
type AgendaItem struct {
	Meeting MeetingID `json:"meeting" merge:"once" cat:"plan"`
	Order   Order     `json:"order" merge:"order" max:"40" cat:"plan"`
	Title   string    `json:"title" merge:"last" max:"200" cat:"plan"`
	Minutes int       `json:"minutes" merge:"last" cat:"plan"` // how long it may take
	Lead    PersonID  `json:"lead" merge:"last" cat:"plan"`
	By      PersonID  `json:"proposedBy" merge:"once" cat:"plan"` // the family too
}

// MinutesSection is one part of a meeting's minutes.
type MinutesSection struct {
	Meeting MeetingID `json:"meeting" merge:"once" cat:"plan"`
	Order   Order     `json:"order" merge:"order" max:"40" cat:"plan"`
	Heading string    `json:"heading" merge:"last" max:"200" cat:"plan"`
	Text    Text      `json:"text" merge:"text" max:"20000" cat:"plan"`

	Item AgendaItemID `json:"item" merge:"once" cat:"plan"` // the point of the agenda it is about
}

// Remark stands beside shared minutes and never changes them (R25).
type Remark struct {
	Meeting MeetingID `json:"meeting" merge:"once" cat:"plan"`
	Person  PersonID  `json:"person" merge:"once" cat:"plan"`
	Text    Text      `json:"text" merge:"once" max:"20000" cat:"plan"`
	At      Instant   `json:"at" merge:"once" cat:"plan"`
}

// Receipt says that somebody has read a record: shared minutes, a routine (NO9).
type Receipt struct {
	About  RecordID `json:"about" merge:"once" cat:"plan"`
	Person PersonID `json:"person" merge:"once" cat:"plan"`
	At     Instant  `json:"at" merge:"once" cat:"plan"`
}

// Form is one filled-in form; its answers are the fields a.<fieldId>.
type Form struct {
	Template FormTemplate `json:"template" merge:"once" cat:"plan"`
	Version  int          `json:"version" merge:"once" cat:"plan"` // of the template; empty: an import
	State    FormState    `json:"state" merge:"last" cat:"plan"`
	Track    TrackID      `json:"track" merge:"once" cat:"plan"`
	Person   PersonID     `json:"person" merge:"once" cat:"plan"` // who began it
	Meeting  MeetingID    `json:"meeting" merge:"once" cat:"plan"`
	Handover HandoverID   `json:"handover" merge:"once" cat:"plan"`
	Message  MessageID    `json:"message" merge:"once" cat:"plan"`
	Answers  Answers      `json:"a." merge:"text" max:"20000" cat:"plan"`
}

// MeetingKind picks form, convenor and clocks (TN1).
type MeetingKind string

// MeetingForm is how people meet.
type MeetingForm string

// MeetingState is how far a meeting has come.
type MeetingState string

// MinutesState is how far the minutes have come.
type MinutesState string

// Reply is what an invited person answered.
type Reply string

// ChildHow is how the child wants to be heard (R22).
type ChildHow string

// RequestAnswer is what came of a wish for a meeting.
type RequestAnswer string

// Attendance is whether and how somebody was there.
type Attendance string

// FormTemplate names one of the common forms (DOMAIN 4).
type FormTemplate string

// FormState is how far a form has come.
type FormState string

// The states of a meeting and of its minutes.
const (
	MeetingDraft         MeetingState = "draft"
	MeetingInvited       MeetingState = "invited"
	MeetingHeld          MeetingState = "held"
	MeetingMinutesShared MeetingState = "minutes_shared"
	MeetingClosed        MeetingState = "closed"
	MeetingCancelled     MeetingState = "cancelled"

	MinutesDraft  MinutesState = "draft"
	MinutesShared MinutesState = "shared"
)

// The answers to an invitation.
const (
	ReplyNotInvited Reply = "not_invited"
	ReplyNone       Reply = "no_reply"
	ReplyAccepted   Reply = "accepted"
	ReplyTentative  Reply = "tentative"
	ReplyDeclined   Reply = "declined"
)

// AttendanceAbsent is somebody who was not there.
const AttendanceAbsent Attendance = "absent"

func (MeetingKind) values() []string {
	return []string{
		"konsultativt_moede", "tvaerfagligt_netvaerksmoede", "tvaersektorielt_netvaerksmoede",
		"inddragende_netvaerksmoede", "samarbeidsmote", "ansvarsgruppe", "droftingsmote",
	}
}
func (MeetingForm) values() []string { return []string{"physical", "video", "phone", "hybrid"} }
func (MeetingState) values() []string {
	return []string{"draft", "invited", "held", "minutes_shared", "closed", "cancelled"}
}
func (MinutesState) values() []string { return []string{"draft", "shared", "final"} }
func (Reply) values() []string {
	return []string{"not_invited", "no_reply", "accepted", "tentative", "declined"}
}
func (Attendance) values() []string { return []string{"present", "present_remote", "partly", "absent"} }
func (FormTemplate) values() []string {
	return []string{
		"groent-skema", "gult-skema", "netvaerksmoedeskabelon", "orientering-kommune-buc", "overdragelsesnotat", "stafettlogg",
		"moedeindkaldelse",
	}
}
func (ChildHow) values() []string {
	return []string{"in_the_room", "part_of_it", "remote", "in_writing", "through_adult", "not_now"}
}
func (RequestAnswer) values() []string { return []string{"meeting", "talk", "no"} }
func (FormState) values() []string     { return []string{"draft", "final", "sent"} }
