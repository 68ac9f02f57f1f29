import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import type { Attendance, Day, GoalID, PersonID, RecordID, TaskID, TaskType } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { type Key, t } from "../text/catalogue.ts";
import { dayOf } from "../text/dates.ts";
import { may, mayMake, me, space, today, zone } from "./case.ts";
import { now } from "./clock.ts";
import { kept, opFor, put, write } from "./keep.ts";
import { agenda, type Meeting, meeting, minutes, type Participant, participants } from "./meetings.ts";
import { find, newID, ofKind } from "./store.ts";
import { goals, type Task } from "./tasks.ts";

export type Section = Rec<"minutesSection">;
export type Item = Rec<"agendaItem">;

/** One part of the minutes: a point of the agenda with what is written about it, if anything is. */
export interface Part {
  readonly key: string;
  readonly heading: string;
  readonly item: Item | null;
  readonly section: Section | null;
  readonly order: string;
}

const done = ["shared", "final"];
const started = ({ f }: Meeting): boolean => f.start !== undefined && Date.parse(f.start) <= now.value;

/** Whether the minutes have reached everybody. */
export const isShared = ({ f }: Meeting): boolean => done.includes(f.minutesState ?? "");

/** Whether this person writes the minutes of a meeting, from the day of it until they are shared. */
export function mayWriteMinutes(of: Meeting): boolean {
  const { state = "draft", start, minutesState } = of.f;
  const isDay = start !== undefined && dayOf(start, zone.value) <= today.value;
  const isOn = state === "held" || (["draft", "invited"].includes(state) && (isDay || minutesState === "draft"));
  return isOn && !isShared(of) && mayMake(me.value, "minutesSection") && may(me.value, of, "minutesState");
}

/** The minutes as they are written and read: a part for each point of the agenda, then what belongs to none. */
export function partsOf(of: Meeting): readonly Part[] {
  const items = agenda(of);
  const sections = minutes(of);
  const about = (item: Item) => sections.filter(({ f }) => f.item === (item.id as string));
  const loose = sections.filter(({ f }) => !items.some(({ id }) => f.item === (id as string)));
  const first = items.flatMap((item) => {
    const own = about(item);
    return own.length === 0 ? [partOf(item, null, 0)] : own.map((section, i) => partOf(item, section, i));
  });
  return [...first, ...loose.map((section, i) => loosePart(section, i))];
}

function partOf(item: Item, section: Section | null, i: number): Part {
  // The first one keeps its key when it is saved for the first time: nobody loses the place they are writing at.
  const key = i === 0 || !section ? item.id : section.id;
  return { key, heading: item.f.title ?? "", item, section, order: item.f.order ?? "a1" };
}

function loosePart(section: Section, i: number): Part {
  return { key: i === 0 ? "loose" : section.id, heading: section.f.heading ?? "", item: null, section, order: "" };
}

/** The part for what belongs to no point of the agenda, not yet written. */
export const newPart = (): Part => ({
  key: "loose",
  heading: t("minutes.else"),
  item: null,
  section: null,
  order: "z1",
});

/** Saves the text of a part under this id; the first one makes the minutes a draft, and a meeting that began held. */
export function writePart(of: Meeting, id: RecordID, part: Part, text: string): Promise<Saved | null> {
  const held = find(space.peek(), "minutesSection", id);
  if (held) return put(held, { text });
  const { item, heading, order } = part;
  const made = { meeting: of.id, heading, order, text, ...(item && { item: item.id }) };
  return write([{ rec: id, kind: "minutesSection", new: made }, ...begin(of)]);
}

// Also offline: the phone says what the server would make of it.
function begin({ id }: Meeting): readonly Op[] {
  const of = meeting(id);
  const state = of?.f.state ?? "draft";
  if (!of) return [];
  const isHeld = started(of) && mayMove("meeting", "state", state, "held");
  const op = opFor(of, { minutesState: of.f.minutesState ?? "draft", ...(isHeld && { state: "held" }) });
  return op ? [op] : [];
}

/** What was agreed in a meeting and nobody has seen yet. */
export function draftAgreements(of: Meeting): readonly Task[] {
  return ofKind(space.value, "task").filter(
    ({ f }) => f.state === "draft" && f.sourceMeeting === (of.id as string) && f.type !== "follow_up",
  );
}

/** The kinds of agreement that a meeting makes; the authority decides support elsewhere (R24, MT13). */
export const agreementTypes = ["agreement", "assessment", "decided_elsewhere"] as const;

/** An agreement as it stands in the inputs; an empty text is none. */
export type Agreed = Readonly<Record<"title" | "responsible" | "due" | "type" | "goal", string>>;

export const nothingAgreed: Agreed = { title: "", responsible: "", due: "", type: "agreement", goal: "" };

/** What the inputs of an agreement begin with. */
export function agreedIn({ f }: Task): Agreed {
  const { title = "", responsible = "", due = "", type = "agreement", goal = "" } = f;
  return { title, responsible, due, type, goal };
}

/** Writes down what was agreed, under a point of the agenda if there is one. */
export function agree(of: Meeting, item: Item | null, made: Agreed): Promise<Saved> {
  return write([newAgreement(of, item?.id, made), ...begin(of)]);
}

function newAgreement(of: Meeting, item: string | undefined, made: Agreed): Op {
  const filled = Object.fromEntries(Object.entries({ ...made, item }).filter(([, value]) => value)) as Agreed;
  const fields = { ...filled, state: "draft", sourceMeeting: of.id };
  return { rec: newID<TaskID>() as string as RecordID, kind: "task", new: fields };
}

/** Puts an agreement right. Its kind is fixed when it is made: another kind is another agreement in its place. */
export async function changeAgreement(of: Meeting, task: Task, to: Agreed): Promise<Saved | null> {
  const { type, ...rest } = to;
  if (type === agreedIn(task).type) return put(task, rest);
  return write([{ rec: task.id, del: true }, newAgreement(of, task.f.item, to)]);
}

/** Takes a draft out again. */
export function dropDraft(rec: Rec<"task" | "goal">): Promise<Saved> {
  return write([{ rec: rec.id, del: true }]);
}

/** The goals of a meeting that nobody has seen yet. */
export function draftGoals(of: Meeting): readonly Rec<"goal">[] {
  return ofKind(space.value, "goal").filter(({ f }) => f.state === "draft" && f.meeting === (of.id as string));
}

/** The goals that an agreement of this meeting can lead to: those of the plan, and those just agreed on. */
export function goalsAt(of: Meeting): readonly { readonly value: GoalID; readonly words: string }[] {
  return [
    ...goals.value,
    ...draftGoals(of).map(({ id, f }) => ({ value: id as string as GoalID, words: f.title ?? "" })),
  ];
}

/** A goal as it is agreed in a meeting. */
export interface AgreedGoal {
  readonly title: string;
  readonly childWords: string;
  readonly agreedBy: readonly PersonID[];
}

/** Writes down a goal that was agreed, with the child's own words. */
export function agreeGoal(of: Meeting, { title, childWords, agreedBy }: AgreedGoal): Promise<Saved> {
  const made = { title, agreedBy, state: "draft", meeting: of.id, ...(childWords && { childWords }) };
  return write([{ rec: newID<GoalID>() as string as RecordID, kind: "goal", new: made }, ...begin(of)]);
}

/** Who was there, as far as it is written down: who said that they come comes first. */
export function present(of: Meeting): readonly Participant[] {
  return participants(of).filter(({ f }) => f.attendance !== "absent" && (f.attendance || f.reply !== "declined"));
}

/** Writes down whether and how somebody was there. */
export function attend(place: Participant, attendance: Attendance): Promise<Saved | null> {
  return put(place, { attendance });
}

/** Everybody who said yes and of whom nothing is written was there. */
export function attendAll(of: Meeting): Promise<Saved | null> {
  const ops = unmarked(of).flatMap((place) => opFor(place, { attendance: cameAs(place) }) ?? []);
  return ops.length > 0 ? write(ops) : Promise.resolve(null);
}

const cameAs = ({ f }: Participant): Attendance =>
  f.joins === "video" || f.joins === "phone" ? "present_remote" : "present";

/** Who said that they come and of whom nothing is written. */
export function unmarked(of: Meeting): readonly Participant[] {
  return participants(of).filter(({ f }) => !f.attendance && f.reply === "accepted");
}

/** The child's own place in the plan, and at this meeting. */
function child(): PersonID | undefined {
  return ofKind(space.value, "membership").find(({ f }) => f.role === "child")?.f.person;
}

/** Whether the child took part in no way, so that the minutes say why (MT19). */
export function childMissed(of: Meeting): boolean {
  const who = child();
  const { kind, childHow } = of.f;
  if (!who || kind !== "tvaerfagligt_netvaerksmoede") return false;
  const isThere = participants(of).some(({ f }) => f.person === who && f.attendance !== "absent");
  return !isThere && (!childHow || childHow === "not_now");
}

/** Saves why the child was not there, or why there is no next date. */
export function explain(of: Meeting, why: { readonly childAbsent?: string; readonly noFollowUp?: string }) {
  return put(of, why);
}

/** The next look at it: an agreement of its own, with a day (LS20c). */
export function followUpOf(of: Meeting): Task | undefined {
  return ofKind(space.value, "task").find(
    ({ f }) => f.type === "follow_up" && f.state !== "cancelled" && f.sourceMeeting === (of.id as string),
  );
}

/** The meeting that goes on from this one. */
export function nextMeeting(of: Meeting): Meeting | undefined {
  return ofKind(space.value, "meeting").find(({ f }) => f.follows === (of.id as string) && f.state !== "cancelled");
}

/** Agrees when it is looked at again; an empty day takes it back. */
export function followUpOn(of: Meeting, due: Day | ""): Promise<Saved | null> {
  const held = followUpOf(of);
  if (held) return due ? put(held, { due }) : dropDraft(held);
  const responsible = of.f.convenor ?? me.peek()?.person ?? "";
  const made = { title: t("minutes.followUpTitle"), responsible, due, type: "follow_up" satisfies TaskType, goal: "" };
  return due ? agree(of, null, made) : Promise.resolve(null);
}

/** Something that the minutes still lack, in words; the server refuses what stops them. */
export interface Lack {
  readonly words: Key;
  readonly n: number;
  readonly stops: boolean;
}

/** What the minutes still lack before they are shared, in the order in which they are written. */
export function lacksOf(of: Meeting): readonly Lack[] {
  const tasks = [...draftAgreements(of), ...[followUpOf(of)].filter((one) => one?.f.state === "draft")];
  const incomplete = tasks.filter((one) => !one?.f.responsible || !one.f.due).length;
  const marked = participants(of).filter(({ f }) => f.attendance).length;
  const hasNext = Boolean(followUpOf(of) || nextMeeting(of) || of.f.noFollowUp?.trim());
  const rows: readonly (Lack & { readonly has: boolean })[] = [
    { has: minutes(of).some(({ f }) => f.text?.trim()), words: "minutes.lackText", n: 0, stops: true },
    { has: incomplete === 0, words: "minutes.lackWho", n: incomplete, stops: true },
    { has: marked > 0, words: "minutes.lackPeople", n: 0, stops: false },
    { has: !childMissed(of) || Boolean(of.f.childAbsent?.trim()), words: "minutes.lackChild", n: 0, stops: true },
    { has: hasNext, words: "minutes.lackNext", n: 0, stops: false },
  ];
  return rows.filter(({ has }) => !has).map(({ has: _, ...lack }) => lack);
}

/** Shares the minutes: with them, in one step, everything that was agreed (R23). It comes after what is being saved. */
export async function shareMinutes(of: Meeting): Promise<Saved | null> {
  await kept();
  const current = meeting(of.id);
  return current ? put(current, { minutesState: "shared" }) : null;
}
