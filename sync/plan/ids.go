package plan

// Every kind of id has its own type, so that two cannot be swapped. Ids are 128
// random bits as 22 base64url characters, without order or meaning; those of an
// import file are kept as they are (IDPattern).
type (
	// SpaceID names a space: a case or an organisation.
	SpaceID string
	// AccountID names a person's sign-in; it lives outside every space.
	AccountID string
	// ClientID names one browser profile of one person.
	ClientID string
	// ChangeID names one change, made on the phone.
	ChangeID string
	// NoticeID names one thing that one person is told of; outside of every space, and opaque.
	NoticeID string
	// RecordID names a record of any kind inside its space.
	RecordID string

	PersonID     string // PersonID names a person in one space.
	TrackID      string // TrackID names the part of life that a level is about.
	ModelID      string // ModelID names a collaboration model.
	GoalID       string // GoalID names a goal.
	TaskID       string // TaskID names a task.
	MeetingID    string // MeetingID names a meeting.
	HandoverID   string // HandoverID names a handover of the tovholder's role.
	ConsentID    string // ConsentID names a consent.
	EvaluationID string // EvaluationID names an evaluation.
	MessageID    string // MessageID names a message.
	AgendaItemID string // AgendaItemID names a point of an agenda.
	ReferralID   string // ReferralID names a referral.
)

// ValidID says whether s may be an id: 1 to 40 characters of A-Z a-z 0-9 _ -.
func ValidID(s string) bool {
	if len(s) == 0 || len(s) > 40 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-':
		default:
			return false
		}
	}
	return true
}
