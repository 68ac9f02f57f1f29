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
	// RecordErased: the record has been erased for good, and what was written with it.
	RecordErased = refuse(Conflict, "record.erased")

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

	// MeetingNotConvenor: this kind of meeting is called by somebody else (R15).
	MeetingNotConvenor = refuse(Denied, "meeting.notConvenor")
	// MeetingNotYours: only those who host a meeting write this part of it.
	MeetingNotYours = refuse(Denied, "meeting.notYours")
	// MeetingNoPurpose: an invitation says what the meeting is for (R16, MT4).
	MeetingNoPurpose = refuse(Invalid, "meeting.noPurpose")
	// MeetingNoAgenda: an invitation has an agenda (R16, MT4).
	MeetingNoAgenda = refuse(Invalid, "meeting.noAgenda")
	// MeetingNoTime: an invitation says when.
	MeetingNoTime = refuse(Invalid, "meeting.noTime")
	// MeetingNoForm: an invitation says whether people meet in a room or on a screen (R16, R17).
	MeetingNoForm = refuse(Invalid, "meeting.noForm")
	// MeetingNoParticipants: nobody is asked to come.
	MeetingNoParticipants = refuse(Invalid, "meeting.noParticipants")
	// MeetingNoRole: everybody knows what they are there to do (R16, MT5).
	MeetingNoRole = refuse(Invalid, "meeting.noRole")
	// MeetingNotChosen: the circle is chosen with the family (R16, MT6).
	MeetingNotChosen = refuse(Invalid, "meeting.notChosen")
	// MeetingFormNotChosen: the form is chosen with the family (R17, MT10b).
	MeetingFormNotChosen = refuse(Invalid, "meeting.formNotChosen")
	// MeetingChildNotAsked: the child is asked how to take part (R22).
	MeetingChildNotAsked = refuse(Invalid, "meeting.childNotAsked")
	// MeetingNotRelevant: the leader says that only relevant people are asked (R20, MT17b).
	MeetingNotRelevant = refuse(Invalid, "meeting.notRelevant")
	// MeetingNoGPTalk: a GP is asked first whether it makes sense (R19, MT9).
	MeetingNoGPTalk = refuse(Invalid, "meeting.noGpTalk")
	// MeetingAgendaLate: the agenda goes out after its day: people are told why (R13, DL2).
	MeetingAgendaLate = refuse(Invalid, "meeting.agendaLate")
	// MeetingHeldLate: the meeting is later than its day: people are told why (R14, DL1).
	MeetingHeldLate = refuse(Invalid, "meeting.heldLate")
	// MeetingNoReason: who calls a meeting off says why.
	MeetingNoReason = refuse(Invalid, "meeting.noReason")
	// MinutesEmpty: there is nothing to share.
	MinutesEmpty = refuse(Invalid, "minutes.empty")
	// MinutesTaskIncomplete: each agreement has one responsible and a date (R23).
	MinutesTaskIncomplete = refuse(Invalid, "minutes.taskIncomplete")
	// MinutesChildAbsent: the child was not there, and nobody says why (MT19).
	MinutesChildAbsent = refuse(Invalid, "minutes.childAbsent")
	// RequestNoBackground: a wish for a meeting says what it is about (MT12).
	RequestNoBackground = refuse(Invalid, "request.noBackground")
	// RequestNoReason: no wish for a meeting is refused without a reason (R21).
	RequestNoReason = refuse(Invalid, "request.noReason")
	// LevelNotYours: the leader, the tovholder or the service in charge changes the level (R8).
	LevelNotYours = refuse(Denied, "level.notYours")
	// LevelUnknown: the model has no such level.
	LevelUnknown = refuse(Invalid, "level.unknown")
	// LevelTooEarly: it begins before the one it follows.
	LevelTooEarly = refuse(Invalid, "level.tooEarly")
	// LevelNoReason: a level is chosen for a reason (LS30).
	LevelNoReason = refuse(Invalid, "level.noReason")
	// LevelNoSkipReason: a level is skipped for a written reason (R5, LS11).
	LevelNoSkipReason = refuse(Invalid, "level.noSkipReason")
	// LevelNoLeader: the nearest leader is part of the move from 1 to 2 (R6, LS15).
	LevelNoLeader = refuse(Invalid, "level.noLeader")
	// LevelNoLeaderRole: the leader's part is settled before the move (LS15).
	LevelNoLeaderRole = refuse(Invalid, "level.noLeaderRole")
	// LevelNoTovholder: who holds the rope from here is settled (LS15).
	LevelNoTovholder = refuse(Invalid, "level.noTovholder")
	// LevelNoDiscussion: the problem is expected on level 2 first (R5, LS12).
	LevelNoDiscussion = refuse(Invalid, "level.noDiscussion")
	// LevelNoAssessments: the assessments to obtain first are named (LS20b).
	LevelNoAssessments = refuse(Invalid, "level.noAssessments")
	// LevelNoFollowUp: a date to follow up is agreed (LS20c).
	LevelNoFollowUp = refuse(Invalid, "level.noFollowUp")
	// LevelNoStartingPoint: a specialised effort begins at a meeting or after an assessment (LS21).
	LevelNoStartingPoint = refuse(Invalid, "level.noStartingPoint")
	// LevelNoAdviser: a fremskudt rådgiver is expected before level 5, or a reason (LS23).
	LevelNoAdviser = refuse(Invalid, "level.noAdviser")
	// LevelNoEntryWay: level 5 is entered in one of three ways (LS24).
	LevelNoEntryWay = refuse(Invalid, "level.noEntryWay")
	// LevelNoReferral: step 3 is a referral to somebody (LS5).
	LevelNoReferral = refuse(Invalid, "level.noReferral")
	// LevelNotConveyed: step 3 stays open until its results are told (LS6).
	LevelNotConveyed = refuse(Invalid, "level.notConveyed")
	// LevelReviewLate: a specialised effort is looked at within half a year (R9, DL3).
	LevelReviewLate = refuse(Invalid, "level.reviewLate")
	// HandoverNotYours: the tovholder hands over, the one who is asked answers (R2).
	HandoverNotYours = refuse(Denied, "handover.notYours")
	// HandoverNoAccess: the new one has no access to the plan (R4).
	HandoverNoAccess = refuse(Denied, "handover.noAccess")
	// HandoverWaiting: somebody has been asked already.
	HandoverWaiting = refuse(Conflict, "handover.waiting")
	// HandoverTasksOpen: each open agreement of the outgoing one is kept, moved or ended (TH2).
	HandoverTasksOpen = refuse(Invalid, "handover.tasksOpen")
	// HandoverNotAllTold: it is complete when everybody knows (R3, TH2).
	HandoverNotAllTold = refuse(Conflict, "handover.notAllTold")
	// HandoverNoReason: who says no, or asks somebody else, says why.
	HandoverNoReason = refuse(Invalid, "handover.noReason")
	// TaskNoReason: who is stuck or calls a task off says why.
	TaskNoReason = refuse(Invalid, "task.noReason")
	// TaskNotYoursToTake: only the responsible says yes to a task (PT8).
	TaskNotYoursToTake = refuse(Denied, "task.notYoursToTake")
	// TaskDoneTooLong: what was done more than 14 days ago is not undone.
	TaskDoneTooLong = refuse(Conflict, "task.doneTooLong")
	// ReferralNoFollowUp: an end or a refusal has an owned follow-up with a date (NO6).
	ReferralNoFollowUp = refuse(Invalid, "referral.noFollowUp")
	// ContactTaken: one contact for each sector and step (CP1).
	ContactTaken = refuse(Conflict, "contact.taken")
	// GroupPersonNumber: a group without names holds no person number (R11).
	GroupPersonNumber = refuse(Invalid, "group.personNumber")
	// GroupNoFamily: a group without names has no child and no family (R11).
	GroupNoFamily = refuse(Invalid, "group.noFamily")
	// GroupNoHealth: a group without names holds no health data (R11).
	GroupNoHealth = refuse(Invalid, "group.noHealth")
	// CaseNoReason: a plan is closed, or opened again, for a reason.
	CaseNoReason = refuse(Invalid, "case.noReason")
	// MembershipTasksOpen: who leaves has no open agreements left behind.
	MembershipTasksOpen = refuse(Conflict, "membership.tasksOpen")
	// MembershipHoldsRope: who holds the rope hands it over before leaving (R1).
	MembershipHoldsRope = refuse(Conflict, "membership.holdsRope")
	// MembershipTwice: one person has one membership in force.
	MembershipTwice = refuse(Conflict, "membership.twice")
	// ConsentNotAsked: only who is asked answers, and only they take it back (R34, R38).
	ConsentNotAsked = refuse(Denied, "consent.notAsked")
)
