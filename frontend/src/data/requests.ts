import { computed } from "@preact/signals";
import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import type { MeetingID, RecordID, RequestAnswer } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { may, me, space } from "./case.ts";
import { put, write } from "./keep.ts";
import { type Person, person, tovholders } from "./people.ts";
import { find, newID, ofKind } from "./store.ts";

export type Request = Rec<"meetingRequest">;

/** Wishes for a meeting that still matter: without an answer, or answered without a meeting; the latest first. */
export const requests = computed<readonly Request[]>(() =>
  ofKind(space.value, "meetingRequest")
    .filter(({ f }) => f.answer !== "meeting")
    .sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || (b.f.at ?? "9").localeCompare(a.f.at ?? "9")),
);

/** One wish for a meeting in the plan on the screen. */
export function request(id: string | undefined): Request | undefined {
  return find(space.value, "meetingRequest", id);
}

/** Whether an answer is owed still. */
export function isOpen(of: Request): boolean {
  return !of.f.answer;
}

/** Who owes the answer: no wish is without an owner (R21). Until the server has said who, it is the tovholder. */
export function ownerOf(of: Request): Person | null {
  return person(of.f.owner) ?? tovholders.value[0] ?? null;
}

/** Who asked; one that is not sent yet is by whoever holds this phone. */
export function askerOf(of: Request): Person | null {
  return person(of.f.person ?? (of.waiting ? me.value?.person : undefined));
}

/** Whether this person may give an answer now. */
export function mayAnswer(of: Request, answer: RequestAnswer): boolean {
  return may(me.value, of, "answer") && mayMove("meetingRequest", "answer", of.f.answer ?? "", answer);
}

/** Asks for a meeting, with what it should be about (MT12). */
export async function askForMeeting(background: string): Promise<Saved> {
  return write([{ rec: newID<RecordID>(), kind: "meetingRequest", new: { background } }]);
}

/** Answers with a talk or a no, and why. */
export async function answerRequest(of: Request, answer: RequestAnswer, reason: string): Promise<Saved | null> {
  return put(of, { answer, reason });
}

/** The op that answers a wish with a meeting which is being called; nothing where that is not this person's to do. */
export function answering(request: string, meeting: MeetingID): readonly Op[] {
  const of = find(space.peek(), "meetingRequest", request);
  if (!of || !mayAnswer(of, "meeting")) return [];
  const was = { answer: of.f.answer ?? null, meeting: of.f.meeting ?? null };
  return [{ rec: of.id, kind: "meetingRequest", set: { answer: "meeting", meeting }, was }];
}
