import type { Op, Saved } from "../../../sync/client/types.ts";
import type { FaultCode } from "../../../sync/fault/fault.gen.ts";
import type { Day, MeetingID, MeetingKind, RecordID } from "../../../sync/plan/plan.gen.ts";
import { type Invitation, missingToInvite } from "../../../sync/rules/invite.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { type Key, t } from "../text/catalogue.ts";
import { dayOf, momentAt, timeOf } from "../text/dates.ts";
import { may, me, today, zone } from "./case.ts";
import { asking, familyOf } from "./circle.ts";
import { deadlines } from "./deadlines.ts";
import { put, write } from "./keep.ts";
import { isAnonymous, kindsToCall, standing } from "./kinds.ts";
import { agenda, type Meeting, meeting, participants } from "./meetings.ts";
import { person } from "./people.ts";
import { answering } from "./requests.ts";
import { newID } from "./store.ts";

/** Begins a meeting as a draft with the one who calls it in their place; it may answer somebody's wish for a meeting. */
export async function beginMeeting(
  kind: MeetingKind,
  request?: string,
): Promise<{ readonly saved: Saved; readonly id: MeetingID }> {
  const id = newID<MeetingID>();
  const who = me.peek()?.person;
  const row = kindsToCall().find((one) => one.kind === kind);
  if (!who || !row) return { saved: { ok: false, code: "failed" }, id };
  const title = t(`meetings.kind_${kind}` as Key);
  const hosts = { convenor: who, chair: who, minuteTaker: who };
  const made: Op = {
    rec: id as string as RecordID,
    kind: "meeting",
    new: { kind, ...standing(row), title, ...hosts, state: "draft" },
  };
  const answer = request ? answering(request, id) : [];
  return { saved: await write([made, asking(id, who, true), ...answer]), id };
}

/** Whether this person keeps a meeting in order: its title stands for all of it. */
export function keeps(of: Meeting): boolean {
  return may(me.value, of, "title");
}

/** What the invitation of a meeting has, as the rule wants to know it. */
export function invitationOf(of: Meeting): Invitation {
  const { f } = of;
  const others = participants(of).filter((place) => place.f.person !== f.convenor);
  const { agendaDue, heldBy } = deadlines(of);
  return {
    kind: f.kind ?? "samarbeidsmote",
    purpose: Boolean(f.purpose?.trim()),
    agenda: agenda(of).length,
    start: f.start ? dayOf(f.start, zone.value) : "",
    form: f.form !== undefined,
    participants: others.length,
    noRole: others.filter((place) => !place.f.role?.trim()).length,
    chosen: f.chosenAt !== undefined,
    formChosen: f.formChosenAt !== undefined,
    childAsked: f.childAsked === true,
    relevant: f.relevantAt !== undefined,
    withGP: withGP(of),
    gpTalk: f.gpDialogueHeld === true,
    agendaDue,
    agendaLate: Boolean(f.agendaLate),
    heldBy,
    heldLate: Boolean(f.heldLate),
    anonymous: isAnonymous(),
  };
}

/** Whether a meeting is the staff's and advisers' own, so that there is no family to choose with. */
export function isOwnCircle(of: Meeting): boolean {
  return isAnonymous() || of.f.kind === "konsultativt_moede";
}

/** Whether a GP is asked: only after a talk (R19). */
export function withGP(of: Meeting): boolean {
  return participants(of).some(({ f }) => person(f.person)?.sector === "general_practice");
}

/** What is still missing before the invitation can be sent, in the order of the form. */
export function missingIn(of: Meeting): readonly FaultCode[] {
  return missingToInvite(invitationOf(of), today.value);
}

/** Whether this person may send the invitation, once nothing is missing. */
export function mayInvite(of: Meeting): boolean {
  return may(me.value, of, "state") && mayMove("meeting", "state", of.f.state ?? "draft", "invited");
}

/** Sends the invitation as it stands now, unless something is missing still. */
export async function invite(id: string): Promise<Saved | readonly FaultCode[]> {
  const now = meeting(id);
  if (!now || !mayInvite(now)) return { ok: false, code: "failed" };
  const missing = missingIn(now);
  return missing.length > 0 ? missing : write([{ rec: now.id, kind: "meeting", ...became("draft", "invited") }]);
}

function became(from: string, to: string) {
  return { set: { state: to }, was: { state: from } };
}

/** A day and two times as they stand in the inputs; an empty text is none. */
export interface When {
  readonly day: Day | "";
  readonly from: string;
  readonly to: string;
}

/** When a meeting is, as inputs want it. */
export function whenOf({ f }: Meeting): When {
  return {
    day: f.start ? dayOf(f.start, zone.value) : "",
    from: f.start ? timeOf(f.start, zone.value) : "",
    to: f.end ? timeOf(f.end, zone.value) : "",
  };
}

const anHour = 60 * 60_000;

/** The same with another beginning: it lasts as long as before, an hour if it had no end. */
export function beginningAt(when: When, from: string): When {
  const at = (time: string) => Date.parse(`2000-01-01T${time || "x"}:00Z`);
  const lasts = at(when.to) - at(when.from);
  const end = at(from) + (lasts > 0 ? lasts : anHour);
  return { ...when, from, to: Number.isNaN(end) ? when.to : new Date(end).toISOString().slice(11, 16) };
}

/** The fields of a meeting at this time; null while the day, a time or their order is missing. */
export function momentsOf({ day, from, to }: When): { readonly start: string; readonly end: string } | null {
  // While a year is typed by hand it passes through years long gone.
  if (!day || day < "2000" || !from || !to || to <= from) return null;
  return { start: momentAt(day, from, zone.value), end: momentAt(day, to, zone.value) };
}

/** Sets the time of a meeting, once it is a whole one. After the invitation everybody is asked again (by the server). */
export async function setWhen(of: Meeting, when: When): Promise<Saved | null> {
  const moments = momentsOf(when);
  const isSame = moments && Date.parse(moments.start) === Date.parse(of.f.start ?? "");
  if (!moments) return null;
  return put(of, isSame ? { end: moments.end } : moments);
}

/** Says that the circle was chosen with the family today, or takes it back; with all its members unless said otherwise. */
export async function chooseWithFamily(of: Meeting, isChosen: boolean): Promise<Saved> {
  const by = me.peek()?.person ?? null;
  const values = isChosen ? { chosenAt: today.peek(), chosenBy: by } : { chosenAt: null, chosenBy: null };
  const was = { chosenAt: of.f.chosenAt ?? null, chosenBy: of.f.chosenBy ?? null };
  const family = familyOf().map(({ id }) => id);
  const withWhom = isChosen ? { add: { chosenWith: family } } : { remove: { chosenWith: of.f.chosenWith ?? [] } };
  return write([{ rec: of.id, kind: "meeting", set: values, was, ...withWhom }]);
}

/** Adds one of the family to those with whom the circle was chosen, or takes them off. */
export async function toggleChooser(of: Meeting, who: string): Promise<Saved> {
  const isIn = of.f.chosenWith?.some((one) => one === who);
  return write([{ rec: of.id, kind: "meeting", [isIn ? "remove" : "add"]: { chosenWith: [who] } } as Op]);
}

/** Calls a meeting off; the reason goes to everybody who was asked. */
export async function callOff(of: Meeting, reason: string): Promise<Saved> {
  const was = { state: of.f.state ?? "draft", cancelled: of.f.cancelled ?? null };
  return write([{ rec: of.id, kind: "meeting", set: { state: "cancelled", cancelled: reason }, was }]);
}

/** Whether this person may call a meeting off. */
export function mayCallOff(of: Meeting): boolean {
  return may(me.value, of, "state") && mayMove("meeting", "state", of.f.state ?? "draft", "cancelled");
}

/** Whether video is suggested: a doctor is asked, or people of three services and more, who seldom find the same hour in one place (MT10c). */
export function suggestsVideo(one: Meeting): boolean {
  if (one.f.form === "video" || one.f.form === "hybrid") return false;
  const sectors = new Set(participants(one).map(({ f }) => person(f.person)?.sector));
  for (const family of ["family", "network"] as const) sectors.delete(family);
  return sectors.has("general_practice") || sectors.size >= 3;
}
