import { computed } from "@preact/signals";
import type { Rec, Saved } from "../../../sync/client/types.ts";
import type { Instant, RecordID, Reply } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { isOwn, may, me, space } from "./case.ts";
import { now } from "./clock.ts";
import { edit, find, ofKind } from "./store.ts";

export type Meeting = Rec<"meeting">;
export type Participant = Rec<"participant">;

const time = (instant: Instant | undefined): number => Date.parse(instant ?? "") || 0;
const isComing = ({ f }: Meeting): boolean =>
  time(f.end ?? f.start) >= now.value && (f.state === "draft" || f.state === "invited");

const byStart = (a: Meeting, b: Meeting): number => time(a.f.start) - time(b.f.start);

/** Meetings still to come, soonest first. */
export const coming = computed(() => ofKind(space.value, "meeting").filter(isComing).sort(byStart));
/** Meetings held or called off, latest first. */
export const earlier = computed(() =>
  ofKind(space.value, "meeting")
    .filter((meeting) => !isComing(meeting))
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

/** Says why one cannot come. */
export async function apologise(place: Participant, text: string): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const was = place.f.apology ?? null;
  return edit(current.id, [
    { rec: place.id, kind: "participant", set: { apology: text || null }, was: { apology: was } },
  ]);
}

/** The agenda of a meeting, in order. */
export function agenda(of: Meeting): readonly Rec<"agendaItem">[] {
  return ofKind(space.value, "agendaItem")
    .filter(({ f }) => f.meeting === inMeeting(of))
    .sort((a, b) => compare(a.f.order, b.f.order));
}

/** The minutes of a meeting, in order. */
export function minutes(of: Meeting): readonly Rec<"minutesSection">[] {
  return ofKind(space.value, "minutesSection")
    .filter(({ f }) => f.meeting === inMeeting(of))
    .sort((a, b) => compare(a.f.order, b.f.order));
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

// Fractional indexes sort as bytes, not as words.
function compare(a = "", b = ""): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
