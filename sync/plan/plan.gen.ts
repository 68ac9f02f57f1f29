// Written by cmd/typegen from the Go sources beside it. Do not edit: run `go generate ./...`.

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type AccountID = Id<"AccountID">;
export type AgendaItemID = Id<"AgendaItemID">;
export type ChangeID = Id<"ChangeID">;
export type ClientID = Id<"ClientID">;
export type ConsentID = Id<"ConsentID">;
export type EvaluationID = Id<"EvaluationID">;
export type GoalID = Id<"GoalID">;
export type HandoverID = Id<"HandoverID">;
export type MeetingID = Id<"MeetingID">;
export type MessageID = Id<"MessageID">;
export type ModelID = Id<"ModelID">;
export type PersonID = Id<"PersonID">;
export type RecordID = Id<"RecordID">;
export type ReferralID = Id<"ReferralID">;
export type SpaceID = Id<"SpaceID">;
export type TaskID = Id<"TaskID">;
export type TrackID = Id<"TrackID">;

/** A calendar day, "2026-03-04". */
export type Day = string;
/** A moment with its offset, RFC 3339. */
export type Instant = string;
/** A fractional index, sorted as bytes. */
export type Order = string;
/** A whole JSON value that only the server writes. */
export type Data = unknown;

export type Answer = "yes" | "no" | "withdrawn";
export type Arena = "institution" | "home" | "pathway";
export type Attendance = "present" | "present_remote" | "partly" | "absent";
export type CaseKind = "named" | "anonymous_group";
export type CaseState = "draft" | "active" | "paused" | "closed";
export type Category = "core" | "plan" | "health" | "social";
export type Channel = "in_app" | "medcom" | "phone_note";
export type ChildHow = "in_the_room" | "part_of_it" | "remote" | "in_writing" | "through_adult" | "not_now";
export type ConflictState = "open" | "settled";
export type ConsentMethod = "digital" | "written" | "oral_recorded";
export type ConsentState = "requested" | "given" | "declined" | "withdrawn" | "expired" | "replaced";
export type Country = "DK" | "NO";
export type Custody = "joint" | "sole" | "none";
export type Direction = "in" | "out";
export type Effort = "social" | "psychological" | "pedagogical";
export type EntryWay = "family" | "adviser" | "report";
export type EvaluationNext = "stop" | "continue" | "continue_adjust" | "step_up" | "step_down";
export type FormState = "draft" | "final" | "sent";
export type FormTemplate = "groent-skema" | "gult-skema" | "netvaerksmoedeskabelon" | "orientering-kommune-buc" | "overdragelsesnotat" | "stafettlogg" | "moedeindkaldelse";
export type GoalState = "draft" | "proposed" | "active" | "achieved" | "adjusted" | "dropped";
export type Grade = "light" | "moderate" | "severe";
export type HandoverState = "proposed" | "accepted" | "completed" | "declined" | "withdrawn";
export type LegalRole = "koordinator" | "barnekoordinator";
export type LevelOutcome = "sufficient" | "progress_continue" | "insufficient" | "step_down" | "changed" | "action_own_service";
export type MeetingForm = "physical" | "video" | "phone" | "hybrid";
export type MeetingKind = "konsultativt_moede" | "tvaerfagligt_netvaerksmoede" | "tvaersektorielt_netvaerksmoede" | "inddragende_netvaerksmoede" | "samarbeidsmote" | "ansvarsgruppe" | "droftingsmote";
export type MeetingState = "draft" | "invited" | "held" | "minutes_shared" | "closed" | "cancelled";
export type MessageState = "draft" | "queued" | "sent" | "delivered" | "read" | "answered" | "closed";
export type MinutesState = "draft" | "shared" | "final";
export type Programme = "anxiety_depression" | "adhd" | "eating_disorder";
export type RatingValue = "worse" | "no_change" | "some_progress" | "good_progress" | "achieved";
export type Recurring = "daily" | "weekly" | "monthly";
export type ReferralState = "sent" | "accepted" | "refused" | "ended";
export type Reply = "not_invited" | "no_reply" | "accepted" | "tentative" | "declined";
export type RequestAnswer = "meeting" | "talk" | "no";
export type Role = "child" | "guardian" | "guardian_limited" | "companion" | "network_limited" | "professional" | "professional_lead" | "contact_only" | "meeting_guest" | "org_admin";
export type Sector = "family" | "network" | "daycare" | "school" | "leisure" | "educational_psychology" | "health_visiting" | "social_services" | "municipal_treatment" | "general_practice" | "child_psychiatry" | "hospital_paediatrics" | "child_welfare" | "coordinating_unit" | "specialist" | "other";
export type StartEvent = "concern" | "referral" | "report";
export type StartingPoint = "meeting" | "assessment";
export type TaskState = "draft" | "open" | "in_progress" | "blocked" | "done" | "cancelled";
export type TaskType = "agreement" | "assessment" | "decided_elsewhere" | "follow_up" | "call";
export type Told = "seen" | "phone";
export type TransitionState = "planned" | "done";

export interface Case {
  readonly kind?: CaseKind;
  readonly state?: CaseState;
  readonly title?: string;
  readonly country?: Country;
  readonly locale?: string;
  readonly calendar?: string;
  readonly municipality?: string;
  readonly organisation?: SpaceID;
  readonly models?: readonly ModelID[];
  readonly narrative?: string;
  readonly summary?: string;
  readonly groupDescription?: string;
  readonly consentNote?: string;
  readonly grade?: Grade;
  readonly startedBy?: StartEvent;
  readonly involved?: string;
  readonly needs?: string;
  readonly otherPlans?: string;
  readonly challenges?: string;
  readonly resources?: string;
  readonly possibilities?: string;
  readonly programmes?: readonly Programme[];
  readonly firstContact?: PersonID;
  readonly leader?: PersonID;
  readonly stateReason?: string;
}

export interface Track {
  readonly label?: string;
  readonly arena?: Arena;
  readonly order?: Order;
}

export interface Model {
  readonly name?: Data;
  readonly word?: Data;
  readonly version?: number;
  readonly country?: Country;
  readonly levels?: Data;
  readonly about?: Data;
  readonly local?: Data;
  readonly meetings?: Data;
  readonly rules?: Data;
  readonly legal?: Data;
  readonly concern?: Data;
  readonly guides?: Data;
  readonly terms?: Data;
}

export interface LevelEntry {
  readonly model?: ModelID;
  readonly track?: TrackID;
  readonly level?: number;
  readonly from?: Day;
  readonly to?: Day;
  readonly reason?: string;
  readonly decidedBy?: PersonID;
  readonly leaderInvolved?: PersonID;
  readonly skippedLevels?: readonly string[];
  readonly skipReason?: string;
  readonly outcome?: LevelOutcome;
  readonly familyInformedAt?: Day;
  readonly nextReview?: Day;
  readonly decisionDeadline?: Day;
  readonly decidedAt?: Day;
  readonly evaluation?: EvaluationID;
  readonly discussedAt?: Day;
  readonly leaderRole?: string;
  readonly nextTovholder?: PersonID;
  readonly assessments?: string;
  readonly followUp?: Day;
  readonly startingPoint?: StartingPoint;
  readonly adviser?: PersonID;
  readonly noAdviser?: string;
  readonly entryWay?: EntryWay;
  readonly referredTo?: Sector;
  readonly efforts?: readonly Effort[];
  readonly conveyedAt?: Day;
  readonly medicationBy?: PersonID;
}

export interface LegalMarker {
  readonly type?: string;
  readonly law?: string;
  readonly informedAt?: Day;
  readonly from?: Day;
  readonly due?: Day;
  readonly endedAt?: Day;
  readonly result?: string;
  readonly risks?: string;
  readonly strengths?: string;
}

export interface Transition {
  readonly from?: string;
  readonly to?: string;
  readonly date?: Day;
  readonly owner?: PersonID;
  readonly note?: string;
  readonly state?: TransitionState;
}

export interface Referral {
  readonly to?: Sector;
  readonly track?: TrackID;
  readonly person?: PersonID;
  readonly sentAt?: Day;
  readonly state?: ReferralState;
  readonly answeredAt?: Day;
  readonly note?: string;
}

export interface Organisation {
  readonly name?: string;
  readonly country?: Country;
}

export interface Child {
  readonly name?: string;
  readonly person?: PersonID;
  readonly birthYear?: number;
  readonly remark?: string;
}

export interface Person {
  readonly name?: string;
  readonly title?: string;
  readonly sector?: Sector;
  readonly organisation?: string;
  readonly remark?: string;
}

export interface Reach {
  readonly person?: PersonID;
  readonly phone?: string;
  readonly email?: string;
  readonly bestTime?: string;
  readonly address?: string;
  readonly addressProtected?: boolean;
  readonly household?: string;
  readonly messageChannel?: string;
}

export interface Membership {
  readonly person?: PersonID;
  readonly role?: Role;
  readonly from?: Day;
  readonly to?: Day;
  readonly custody?: Custody;
}

export interface Tovholder {
  readonly person?: PersonID;
  readonly scope?: readonly TrackID[];
  readonly from?: Day;
  readonly to?: Day;
  readonly legalRole?: LegalRole;
  readonly substitute?: PersonID;
  readonly unit?: string;
}

export interface Handover {
  readonly from?: PersonID;
  readonly to?: PersonID;
  readonly proposedAt?: Instant;
  readonly acceptedAt?: Instant;
  readonly effectiveFrom?: Day;
  readonly state?: HandoverState;
  readonly reason?: string;
  readonly meeting?: MeetingID;
  readonly openTasks?: readonly TaskID[];
  readonly importantNow?: string;
  readonly familyWishes?: string;
  readonly nextMeeting?: Day;
  readonly scope?: readonly TrackID[];
  readonly moved?: readonly TaskID[];
  readonly ended?: readonly TaskID[];
  readonly childToldBy?: PersonID;
  readonly childToldOn?: Day;
}

export interface Acknowledgement {
  readonly handover?: HandoverID;
  readonly person?: PersonID;
  readonly at?: Instant;
  readonly how?: Told;
}

export interface ContactPerson {
  readonly sector?: Sector;
  readonly model?: ModelID;
  readonly level?: number;
  readonly person?: PersonID;
  readonly bestTime?: string;
  readonly singleEntry?: boolean;
  readonly deputy?: PersonID;
  readonly meetingTimes?: string;
  readonly from?: Day;
  readonly to?: Day;
}

export interface Task {
  readonly title?: string;
  readonly state?: TaskState;
  readonly responsible?: PersonID;
  readonly helpers?: readonly PersonID[];
  readonly due?: Day;
  readonly doneAt?: Day;
  readonly goal?: GoalID;
  readonly sourceMeeting?: MeetingID;
  readonly recurring?: Recurring;
  readonly sector?: Sector;
  readonly sensitivity?: Category;
  readonly requiresConsent?: ConsentID;
  readonly type?: TaskType;
  readonly takenOn?: Day;
  readonly forGroup?: boolean;
  readonly referral?: ReferralID;
  readonly item?: AgendaItemID;
}

export interface Goal {
  readonly title?: string;
  readonly childWords?: string;
  readonly track?: TrackID;
  readonly agreedAt?: Day;
  readonly agreedBy?: readonly PersonID[];
  readonly measure?: string;
  readonly baseline?: string;
  readonly latest?: string;
  readonly targetDate?: Day;
  readonly closedAt?: Day;
  readonly state?: GoalState;
  readonly meeting?: MeetingID;
  readonly successor?: GoalID;
}

export interface Note {
  readonly about?: RecordID;
  readonly text?: string;
  readonly person?: PersonID;
  readonly at?: Instant;
}

export interface Evaluation {
  readonly meeting?: MeetingID;
  readonly childVoice?: string;
  readonly next?: EvaluationNext;
  readonly track?: TrackID;
  readonly at?: Day;
  readonly person?: PersonID;
  readonly parentsVoice?: string;
  readonly nextReview?: Day;
}

export interface Rating {
  readonly evaluation?: EvaluationID;
  readonly goal?: GoalID;
  readonly rating?: RatingValue;
}

export interface Meeting {
  readonly kind?: MeetingKind;
  readonly model?: ModelID;
  readonly level?: number;
  readonly track?: TrackID;
  readonly template?: FormTemplate;
  readonly title?: string;
  readonly start?: Instant;
  readonly end?: Instant;
  readonly form?: MeetingForm;
  readonly place?: string;
  readonly convenor?: PersonID;
  readonly chair?: PersonID;
  readonly minuteTaker?: PersonID;
  readonly invitedAt?: Instant;
  readonly agendaSentAt?: Instant;
  readonly agendaDeadline?: Day;
  readonly heldByDeadline?: Day;
  readonly state?: MeetingState;
  readonly purpose?: string;
  readonly chosenAt?: Day;
  readonly chosenBy?: PersonID;
  readonly chosenWith?: readonly PersonID[];
  readonly chosenRemark?: string;
  readonly childAsked?: boolean;
  readonly gpDialogueHeld?: boolean;
  readonly minutesState?: MinutesState;
  readonly minutesSharedAt?: Instant;
  readonly decisionsOnMunicipalSupport?: boolean;
  readonly goals?: readonly GoalID[];
  readonly tasks?: readonly TaskID[];
  readonly need?: string;
  readonly formChosenAt?: Day;
  readonly relevantAt?: Day;
  readonly agendaLate?: string;
  readonly heldLate?: string;
  readonly childHow?: ChildHow;
  readonly childAbsent?: string;
  readonly cancelled?: string;
  readonly follows?: MeetingID;
  readonly recurring?: Recurring;
  readonly access?: string;
  readonly noFollowUp?: string;
}

export interface MeetingRequest {
  readonly person?: PersonID;
  readonly background?: string;
  readonly at?: Instant;
  readonly owner?: PersonID;
  readonly answerDue?: Day;
  readonly answer?: RequestAnswer;
  readonly reason?: string;
  readonly meeting?: MeetingID;
}

export interface Participant {
  readonly meeting?: MeetingID;
  readonly person?: PersonID;
  readonly role?: string;
  readonly invitedAt?: Instant;
  readonly reply?: Reply;
  readonly apology?: string;
  readonly attendance?: Attendance;
  readonly joins?: MeetingForm;
  readonly substitute?: string;
  readonly relevance?: string;
}

export interface Wish {
  readonly meeting?: MeetingID;
  readonly person?: PersonID;
  readonly wish?: string;
  readonly outcome?: string;
  readonly due?: Day;
}

export interface AgendaItem {
  readonly meeting?: MeetingID;
  readonly order?: Order;
  readonly title?: string;
  readonly minutes?: number;
  readonly lead?: PersonID;
  readonly proposedBy?: PersonID;
}

export interface MinutesSection {
  readonly meeting?: MeetingID;
  readonly order?: Order;
  readonly heading?: string;
  readonly text?: string;
  readonly item?: AgendaItemID;
}

export interface Remark {
  readonly meeting?: MeetingID;
  readonly person?: PersonID;
  readonly text?: string;
  readonly at?: Instant;
}

export interface Receipt {
  readonly about?: RecordID;
  readonly person?: PersonID;
  readonly at?: Instant;
}

export interface Form {
  readonly template?: FormTemplate;
  readonly version?: number;
  readonly state?: FormState;
  readonly track?: TrackID;
  readonly person?: PersonID;
  readonly meeting?: MeetingID;
  readonly handover?: HandoverID;
  readonly message?: MessageID;
  readonly [answer: `a.${string}`]: string | undefined;
}

export interface Consent {
  readonly state?: ConsentState;
  readonly purpose?: string;
  readonly fromSectors?: readonly Sector[];
  readonly toSectors?: readonly Sector[];
  readonly categories?: readonly Category[];
  readonly requiredFrom?: readonly PersonID[];
  readonly childAskedAt?: Day;
  readonly childAnswer?: string;
  readonly validFrom?: Day;
  readonly validTo?: Day;
  readonly effect?: string;
}

export interface ConsentAnswer {
  readonly consent?: ConsentID;
  readonly person?: PersonID;
  readonly answer?: Answer;
  readonly at?: Day;
  readonly method?: ConsentMethod;
  readonly recordedBy?: PersonID;
}

export interface Message {
  readonly mailbox?: string;
  readonly channel?: Channel;
  readonly direction?: Direction;
  readonly from?: PersonID;
  readonly category?: string;
  readonly topic?: string;
  readonly sentAt?: Instant;
  readonly routedTo?: string;
  readonly assignedTo?: PersonID;
  readonly assignedAt?: Instant;
  readonly state?: MessageState;
  readonly answeredAt?: Instant;
  readonly template?: FormTemplate;
}

export interface Conflict {
  readonly record?: RecordID;
  readonly field?: string;
  readonly kept?: Data;
  readonly keptBy?: PersonID;
  readonly claimed?: Data;
  readonly claimedBy?: PersonID;
  readonly claimedAt?: Instant;
  readonly was?: Data;
  readonly state?: ConflictState;
}

export interface Parked {
  readonly person?: PersonID;
  readonly code?: string;
  readonly change?: Data;
  readonly at?: Instant;
}

export interface Quarantine {
  readonly person?: PersonID;
  readonly changes?: Data;
  readonly at?: Instant;
  readonly until?: Instant;
}

/** Every kind of record, by its name on the wire. */
export interface Kinds {
  readonly case: Case;
  readonly track: Track;
  readonly model: Model;
  readonly levelEntry: LevelEntry;
  readonly legalMarker: LegalMarker;
  readonly transition: Transition;
  readonly referral: Referral;
  readonly organisation: Organisation;
  readonly child: Child;
  readonly person: Person;
  readonly reach: Reach;
  readonly membership: Membership;
  readonly tovholder: Tovholder;
  readonly handover: Handover;
  readonly acknowledgement: Acknowledgement;
  readonly contactPerson: ContactPerson;
  readonly task: Task;
  readonly goal: Goal;
  readonly note: Note;
  readonly evaluation: Evaluation;
  readonly rating: Rating;
  readonly meeting: Meeting;
  readonly meetingRequest: MeetingRequest;
  readonly participant: Participant;
  readonly wish: Wish;
  readonly agendaItem: AgendaItem;
  readonly minutesSection: MinutesSection;
  readonly remark: Remark;
  readonly receipt: Receipt;
  readonly form: Form;
  readonly consent: Consent;
  readonly consentAnswer: ConsentAnswer;
  readonly message: Message;
  readonly conflict: Conflict;
  readonly parked: Parked;
  readonly quarantine: Quarantine;
}
export type Kind = keyof Kinds;

/** The longest text a field holds, in characters. */
export const limits = {
  case: { title: 200, locale: 20, calendar: 40, municipality: 200, narrative: 20000, summary: 20000, groupDescription: 20000, consentNote: 20000, involved: 2000, needs: 2000, otherPlans: 2000, challenges: 20000, resources: 20000, possibilities: 20000, stateReason: 2000 },
  track: { label: 80, order: 40 },
  levelEntry: { reason: 20000, skipReason: 20000, leaderRole: 2000, assessments: 2000, noAdviser: 2000 },
  legalMarker: { type: 80, law: 200, result: 2000, risks: 2000, strengths: 2000 },
  transition: { from: 200, to: 200, note: 2000 },
  referral: { note: 2000 },
  organisation: { name: 200 },
  child: { name: 80, remark: 20000 },
  person: { name: 200, title: 200, organisation: 200, remark: 20000 },
  reach: { phone: 40, email: 200, bestTime: 200, address: 200, household: 20, messageChannel: 40 },
  tovholder: { unit: 200 },
  handover: { reason: 20000, importantNow: 20000, familyWishes: 20000 },
  contactPerson: { bestTime: 200, meetingTimes: 200 },
  task: { title: 200 },
  goal: { title: 200, childWords: 20000, measure: 200, baseline: 200, latest: 200 },
  note: { text: 20000 },
  evaluation: { childVoice: 20000, parentsVoice: 20000 },
  meeting: { title: 200, place: 200, purpose: 20000, chosenRemark: 20000, need: 2000, agendaLate: 2000, heldLate: 2000, childAbsent: 2000, cancelled: 2000, access: 2000, noFollowUp: 2000 },
  meetingRequest: { background: 2000, reason: 2000 },
  participant: { role: 20000, apology: 2000, substitute: 200, relevance: 2000 },
  wish: { wish: 2000, outcome: 2000 },
  agendaItem: { order: 40, title: 200 },
  minutesSection: { order: 40, heading: 200, text: 20000 },
  remark: { text: 20000 },
  consent: { purpose: 2000, childAnswer: 2000, effect: 2000 },
  message: { mailbox: 80, category: 80, topic: 200, routedTo: 80 },
  conflict: { field: 80 },
  parked: { code: 80 },
} as const;
