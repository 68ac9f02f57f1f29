/** What an invitation still lacks, told while one fills it in. Go's twin is invite.go; vectors hold both to the same answers. */
import type { FaultCode } from "../fault/fault.gen.ts";
import type { Day, MeetingKind } from "../plan/plan.gen.ts";

/** What a meeting has before its invitation is sent. */
export interface Invitation {
  readonly kind: MeetingKind;
  readonly purpose: boolean;
  /** Points of the agenda. */
  readonly agenda: number;
  /** The day it is held; empty: no time yet. */
  readonly start: Day | "";
  readonly form: boolean;
  /** Beside the convenor. */
  readonly participants: number;
  /** Participants without a word on what they do there. */
  readonly noRole: number;
  /** The circle and the form, with the family. */
  readonly chosen: boolean;
  readonly formChosen: boolean;
  readonly childAsked: boolean;
  /** Only relevant professions, says the convenor. */
  readonly relevant: boolean;
  readonly withGP: boolean;
  readonly gpTalk: boolean;
  /** The last day to send the agenda, and to hold the meeting; empty: no clock. */
  readonly agendaDue: Day | "";
  readonly heldBy: Day | "";
  /** A reason is written for being late. */
  readonly agendaLate: boolean;
  readonly heldLate: boolean;
  /** A group without names has no family to ask. */
  readonly anonymous: boolean;
}

/** Everything that an invitation lacks on a day, in the order in which people fill it in. */
export function missingToInvite(i: Invitation, today: Day): readonly FaultCode[] {
  const isOwnCircle = i.anonymous || i.kind === "konsultativt_moede"; // staff and advisers, no family
  const rows: readonly (readonly [boolean, FaultCode])[] = [
    [i.purpose, "meeting.noPurpose"],
    [i.start !== "", "meeting.noTime"],
    [i.form, "meeting.noForm"],
    [i.agenda > 0, "meeting.noAgenda"],
    [i.participants > 0, "meeting.noParticipants"],
    [i.noRole === 0, "meeting.noRole"],
    [isOwnCircle || i.chosen, "meeting.notChosen"],
    [isOwnCircle || i.formChosen, "meeting.formNotChosen"],
    [isOwnCircle || i.childAsked, "meeting.childNotAsked"],
    [i.kind !== "tvaerfagligt_netvaerksmoede" || i.relevant, "meeting.notRelevant"],
    [!i.withGP || i.gpTalk, "meeting.noGpTalk"],
    [i.agendaDue === "" || today <= i.agendaDue || i.agendaLate, "meeting.agendaLate"],
    [i.heldBy === "" || i.start === "" || i.start <= i.heldBy || i.heldLate, "meeting.heldLate"],
  ];
  return rows.filter(([has]) => !has).map(([, code]) => code);
}
