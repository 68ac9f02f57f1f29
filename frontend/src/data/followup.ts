import type { Op, Saved } from "../../../sync/client/types.ts";
import type { Day, MeetingID, RecordID, Recurring } from "../../../sync/plan/plan.gen.ts";
import { addDays, dayOf, momentAt, timeOf } from "../text/dates.ts";
import { type Point, pointsFor, pointWords } from "./agenda.ts";
import { me, today, zone } from "./case.ts";
import { asking } from "./circle.ts";
import { write } from "./keep.ts";
import { kindsToCall } from "./kinds.ts";
import { type Meeting, participants } from "./meetings.ts";
import { newID } from "./store.ts";

const points: readonly Point[] = ["own", "since", "agreements", "next"];

/** Whether this person may gather the circle of a meeting again. */
export function mayMeetAgain(of: Meeting): boolean {
  const isPast = ["held", "minutes_shared", "closed", "cancelled"].includes(of.f.state ?? "");
  return isPast && kindsToCall().some(({ kind }) => kind === of.f.kind);
}

/** The next meeting of a row that recurs: the first day after today that it falls on; null for one that stands alone. */
export function nextDay(of: Meeting): Day | null {
  const { start, recurring } = of.f;
  if (!start || !recurring || of.f.state === "draft" || of.f.state === "cancelled") return null;
  let day = dayOf(start, zone.value);
  do day = stepped(day, recurring);
  while (day <= today.value);
  return day;
}

function stepped(day: Day, by: Recurring): Day {
  if (by !== "monthly") return addDays(day, by === "weekly" ? 7 : 1);
  // The same weekday of the next month, the first, second, third or fourth: as meetings go.
  const four = addDays(day, 28);
  const isEarly = four.slice(0, 7) === day.slice(0, 7) || nth(four) < Math.min(4, nth(day));
  return isEarly ? addDays(four, 7) : four;
}

function nth(day: Day): number {
  return Math.ceil(Number(day.slice(8)) / 7);
}

/** Gathers the same circle again as a new draft, with what is worth keeping of the last one (MT21); on a day, if given (MT24). */
export async function meetAgain(
  of: Meeting,
  on: Day | null = null,
): Promise<{ readonly saved: Saved; readonly id: MeetingID }> {
  const id = newID<MeetingID>();
  const who = me.peek()?.person;
  if (!who) return { saved: { ok: false, code: "failed" }, id };
  const { kind, model, level, track, template, title, form, place, access, recurring } = of.f;
  const kept = { kind, model, level, track, template, title, form, place, access, ...(on && { recurring }) };
  const made = { ...kept, ...(on && times(of, on)), convenor: who, chair: of.f.chair, minuteTaker: of.f.minuteTaker };
  const meeting: Op = {
    rec: id as string as RecordID,
    kind: "meeting",
    new: { ...filled(made), follows: of.id, state: "draft" },
  };
  return { saved: await write([meeting, ...circle(of, id), ...pointsFor(id, points.map(pointWords))]), id };
}

function circle(of: Meeting, id: MeetingID): readonly Op[] {
  const who = me.peek()?.person;
  const places = participants(of).filter(({ f }) => f.person !== who);
  const again = places.map(({ f }): Op => {
    const { person, role, relevance, joins } = f;
    const made = filled({ person, role, relevance, joins });
    return { rec: newID<RecordID>(), kind: "participant", new: { meeting: id, ...made, reply: "not_invited" } };
  });
  return who ? [asking(id, who, true), ...again] : again;
}

function times(of: Meeting, on: Day) {
  const at = (moment: string | undefined) => moment && momentAt(on, timeOf(moment, zone.peek()), zone.peek());
  return { start: at(of.f.start), end: at(of.f.end) };
}

function filled(values: Readonly<Record<string, string | number | null | undefined>>) {
  const has = (entry: [string, string | number | null | undefined]): entry is [string, string | number] =>
    entry[1] !== undefined && entry[1] !== null && entry[1] !== "";
  return Object.fromEntries(Object.entries(values).filter(has));
}
