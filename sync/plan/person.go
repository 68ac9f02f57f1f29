package plan

// Child is the child or young person that a named case is about.
type Child struct {
	Name      string   `json:"name" merge:"last" max:"80" cat:"core"` // first name or chosen name
	Person    PersonID `json:"person" merge:"once" cat:"core"`
	BirthYear int      `json:"birthYear" merge:"last" cat:"plan"`
	Remark    Text     `json:"remark" merge:"text" max:"20000" cat:"plan"`
}

// Person is anybody who stands around the child, with or without a sign-in.
type Person struct {
	Name         string `json:"name" merge:"last" max:"200" cat:"core"`
	Title        string `json:"title" merge:"last" max:"200" cat:"core"`
	Sector       Sector `json:"sector" merge:"last" cat:"core"`
	Organisation string `json:"organisation" merge:"last" max:"200" cat:"core"`
	Remark       Text   `json:"remark" merge:"text" max:"20000" cat:"plan"`
}

// Reach is how to get hold of a person: a record of its own, so that it can be gated and sealed apart (R42).
type Reach struct {
	Person           PersonID `json:"person" merge:"once" cat:"core"`
	Phone            string   `json:"phone" merge:"last" max:"40" cat:"core"`
	Email            string   `json:"email" merge:"last" max:"200" cat:"core"`
	BestTime         string   `json:"bestTime" merge:"last" max:"200" cat:"core"`
	Address          string   `json:"address" merge:"last" max:"200" cat:"plan"`
	AddressProtected bool     `json:"addressProtected" merge:"last" cat:"plan"`
	Household        string   `json:"household" merge:"last" max:"20" cat:"plan"`
	MessageChannel   string   `json:"messageChannel" merge:"last" max:"40" cat:"core"`
}

// Membership gives a person a role in a space for a time. One person has at most one in force.
type Membership struct {
	Person  PersonID  `json:"person" merge:"once" cat:"core"`
	Role    Role      `json:"role" merge:"last" cat:"core"`
	From    Day       `json:"from" merge:"last" cat:"core"` // empty: from the beginning
	To      Day       `json:"to" merge:"last" cat:"core"`   // the last day; empty: no end
	Custody Custody   `json:"custody" merge:"last" cat:"plan"`
	Account AccountID `json:"account" merge:"once" cat:"hidden"`
}

// Tovholder is one assignment as lead coordinator, for some tracks, for some time (R1).
type Tovholder struct {
	Person PersonID  `json:"person" merge:"once" cat:"core"`
	Scope  []TrackID `json:"scope" merge:"set" cat:"core"`
	From   Day       `json:"from" merge:"once" cat:"core"`
	To     Day       `json:"to" merge:"last" cat:"core"`

	LegalRole  LegalRole `json:"legalRole" merge:"once" cat:"core"`      // NO4: also the coordinator of a law
	Substitute PersonID  `json:"substitute" merge:"last" cat:"core"`     // TH6: who steps in meanwhile
	Unit       string    `json:"unit" merge:"last" max:"200" cat:"core"` // TH6: who answers when the person is gone
}

// Handover asks somebody to become tovholder; the old one stays until the new one has said yes (R2).
type Handover struct {
	From          PersonID      `json:"from" merge:"once" cat:"core"`
	To            PersonID      `json:"to" merge:"once" cat:"core"`
	ProposedAt    Instant       `json:"proposedAt" merge:"once" cat:"plan"`
	AcceptedAt    Instant       `json:"acceptedAt" merge:"once" cat:"plan"`
	EffectiveFrom Day           `json:"effectiveFrom" merge:"last" cat:"core"`
	State         HandoverState `json:"state" merge:"last" cat:"core"`
	Reason        Text          `json:"reason" merge:"last" max:"20000" cat:"plan"`
	Meeting       MeetingID     `json:"meeting" merge:"last" cat:"plan"`
	OpenTasks     []TaskID      `json:"openTasks" merge:"set" cat:"plan"`
	ImportantNow  Text          `json:"importantNow" merge:"text" max:"20000" cat:"plan"`
	FamilyWishes  Text          `json:"familyWishes" merge:"text" max:"20000" cat:"plan"`
	NextMeeting   Day           `json:"nextMeeting" merge:"last" cat:"plan"`

	Scope       []TrackID `json:"scope" merge:"set" cat:"plan"`        // empty: all that the outgoing one holds
	Moved       []TaskID  `json:"moved" merge:"set" cat:"plan"`        // of OpenTasks, those that go to the new one
	Ended       []TaskID  `json:"ended" merge:"set" cat:"plan"`        // those that end with the handover; the rest is kept
	ChildToldBy PersonID  `json:"childToldBy" merge:"last" cat:"plan"` // who tells the child
	ChildToldOn Day       `json:"childToldOn" merge:"last" cat:"plan"` // and when
}

// Acknowledgement says that one member knows who the new tovholder is (R3).
type Acknowledgement struct {
	Handover HandoverID `json:"handover" merge:"once" cat:"core"`
	Person   PersonID   `json:"person" merge:"once" cat:"core"`
	At       Instant    `json:"at" merge:"once" cat:"plan"`
	How      Told       `json:"how" merge:"once" cat:"plan"` // seen by themself, or told on the phone by the outgoing one
}

// ContactPerson is the one way into a sector on one level (CP1, CP3).
type ContactPerson struct {
	Sector   Sector   `json:"sector" merge:"once" cat:"core"`
	Model    ModelID  `json:"model" merge:"once" cat:"core"`
	Level    int      `json:"level" merge:"once" cat:"core"`
	Person   PersonID `json:"person" merge:"last" cat:"core"`
	BestTime string   `json:"bestTime" merge:"last" max:"200" cat:"core"`
	Single   bool     `json:"singleEntry" merge:"last" cat:"core"`
	Deputy   PersonID `json:"deputy" merge:"last" cat:"core"`
	Times    string   `json:"meetingTimes" merge:"last" max:"200" cat:"core"` // CP5: fixed times for a talk
	From     Day      `json:"from" merge:"last" cat:"core"`
	To       Day      `json:"to" merge:"last" cat:"core"`
}

// Sector is the part of society that a person speaks for.
type Sector string

// Role decides what a member may see and do (DOMAIN 2.1, accessRole).
type Role string

// LegalRole is a coordinator's role under Norwegian law (NO4).
type LegalRole string

// Told is how somebody came to know.
type Told string

// Custody is whether a parent holds custody.
type Custody string

// HandoverState is how far a handover has come.
type HandoverState string

// The states of a handover.
const (
	HandoverProposed  HandoverState = "proposed"
	HandoverAccepted  HandoverState = "accepted"
	HandoverCompleted HandoverState = "completed"
	HandoverDeclined  HandoverState = "declined"
	HandoverWithdrawn HandoverState = "withdrawn"
)

// The roles.
const (
	RoleChild            Role = "child"
	RoleGuardian         Role = "guardian"
	RoleGuardianLimited  Role = "guardian_limited" // a parent without custody: nothing until decided (R43)
	RoleCompanion        Role = "companion"
	RoleNetworkLimited   Role = "network_limited"
	RoleProfessional     Role = "professional"
	RoleProfessionalLead Role = "professional_lead"
	RoleContactOnly      Role = "contact_only" // listed, no sign-in (R45)
	RoleMeetingGuest     Role = "meeting_guest"
	RoleOrgAdmin         Role = "org_admin"
)

func (Sector) values() []string {
	return []string{
		"family", "network", "daycare", "school", "leisure", "educational_psychology", "health_visiting",
		"social_services", "municipal_treatment", "general_practice", "child_psychiatry", "hospital_paediatrics",
		"child_welfare", "coordinating_unit", "specialist", "other",
	}
}

func (Role) values() []string {
	return []string{
		"child", "guardian", "guardian_limited", "companion", "network_limited", "professional",
		"professional_lead", "contact_only", "meeting_guest", "org_admin",
	}
}
func (LegalRole) values() []string { return []string{"koordinator", "barnekoordinator"} }
func (Told) values() []string      { return []string{"seen", "phone"} }

func (Custody) values() []string { return []string{"joint", "sole", "none"} }
func (HandoverState) values() []string {
	return []string{"proposed", "accepted", "completed", "declined", "withdrawn"}
}
