import { computed } from "@preact/signals";
import type { Rec, Saved } from "../../../sync/client/types.ts";
import type { Instant, RecordID, Reply } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { isOwn, may, me, space } from "./case.ts";
import { now } from "./clock.ts";
import { byOrder } from "./order.ts";
import { edit, find, ofKind } from "./store.ts";

export type Meeting = Rec<"meeting">;
export type Participant = Rec<"participant">;

const time = (instant: Instant | undefined): number => Date.parse(instant ?? "") || 0;
// A draft without a time is in nobody's calendar yet.
const isComing = ({ f }: Meeting): boolean =>
  time(f.end ?? f.start) >= now.value && (f.state === "draft" || f.state === "invited");

const byStart = (a: Meeting, b: Meeting): number => time(a.f.start) - time(b.f.start);

/** Meetings still to come, soonest first. */
export const coming = computed(() => ofKind(space.value, "meeting").filter(isComing).sort(byStart));
/** Meetings that somebody is preparing and has not invited to, soonest first. */
export const drafts = computed(() =>
  ofKind(space.value, "meeting")
    .filter(({ f }) => f.state === "draft")
    .sort(byStart),
);
/** Meetings held or called off, latest first. */
export const earlier = computed(() =>
  ofKind(space.value, "meeting")
    .filter((meeting) => !isComing(meeting) && meeting.f.state !== "draft")
    .sort((a, b) => byStart(b, a)),
);

/** Whether a meeting has begun and its minutes have reached nobody yet (MT4b). */
export function lacksMinutes({ f }: Meeting): boolean {
  const hasBegun = f.state === "held" || (f.state === "invited" && f.start !== undefined && time(f.start) <= now.value);
  return hasBegun && f.minutesState !== "shared" && f.minutesState !== "final";
}

/** The meetings whose minutes this person owes the others. */
export const owedMinutes = computed(() =>
  ofKind(space.value, "meeting").filter((meeting) => lacksMinutes(meeting) && hostsIt(meeting)),
);

/** Whether this person owes the others the minutes of a meeting: they called it, lead it or take them. */
export function hostsIt(of: Meeting): boolean {
  return me.value !== null && isOwn(me.value.person, of);
}

/** A meeting of the plan on the screen. */
export function meeting(id: string): Meeting | undefined {
  return find(space.value, "meeting", id);
}

/** Who is asked to a meeting: those who come first. */
export function participants(of: Meeting): readonly Participant[] {
  const order: readonly Reply[] = ["accepted", "tentative", "no_reply", "not_invited", "declined"];
  return ofKind(space.value, "participant")
    .filter(({ f }) => f.meeting === inMeeting(of))
    .sort((a, b) => order.indexOf(a.f.reply ?? "not_invited") - order.indexOf(b.f.reply ?? "not_invited"));
}

/** This person's own place at a meeting. */
export function myPlace(of: Meeting): Participant | undefined {
  return ofKind(space.value, "participant").find(
    ({ f }) => f.meeting === inMeeting(of) && f.person === me.value?.person,
  );
}

/** The answers this person may give now. */
export function mayReply(place: Participant | undefined): readonly Reply[] {
  if (!place || !may(me.value, place, "reply")) return [];
  const now = place.f.reply ?? "not_invited";
  const answers: readonly Reply[] = ["accepted", "tentative", "declined"];
  return answers.filter((to) => to !== now && mayMove("participant", "reply", now, to));
}

/** Answers an invitation. */
export async function reply(place: Participant, answer: Reply): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const was = place.f.reply ?? null;
  return edit(current.id, [{ rec: place.id, kind: "participant", set: { reply: answer }, was: { reply: was } }]);
}

/** Says something about one's own place: why one cannot come, who comes instead, how one joins. */
export async function tellPlace(place: Participant, field: PlaceField, text: string): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const was = place.f[field] ?? null;
  return edit(current.id, [
    { rec: place.id, kind: "participant", set: { [field]: text || null }, was: { [field]: was } },
  ]);
}

/** What else than yes or no somebody may say about their own place. */
export type PlaceField = "apology" | "substitute" | "joins";

/** Who was invited and has not answered (DL1b, MT8); nobody before the invitation and after the meeting. */
export function unanswered(of: Meeting): readonly Participant[] {
  if (of.f.state !== "invited") return [];
  return participants(of).filter(({ f }) => f.reply === "no_reply" && f.person !== of.f.convenor);
}

/** The agenda of a meeting, in order. */
export function agenda(of: Meeting): readonly Rec<"agendaItem">[] {
  return ofKind(space.value, "agendaItem")
    .filter(({ f }) => f.meeting === inMeeting(of))
    .sort((a, b) => byOrder(a.f.order, b.f.order));
}

/** The minutes of a meeting, in order. */
export function minutes(of: Meeting): readonly Rec<"minutesSection">[] {
  return ofKind(space.value, "minutesSection")
    .filter(({ f }) => f.meeting === inMeeting(of))
    .sort((a, b) => byOrder(a.f.order, b.f.order));
}

/** What was agreed at a meeting: its own list, and tasks that name it. */
export function agreements(of: Meeting): readonly Rec<"task">[] {
  const listed = new Set<string>(of.f.tasks ?? []);
  return ofKind(space.value, "task").filter(
    ({ id, f }) => listed.has(id) || f.sourceMeeting === (of.id as RecordID as string),
  );
}

// A reference to a meeting has a type of its own; it is the same text.
function inMeeting(of: Meeting): string {
  return of.id;
}
