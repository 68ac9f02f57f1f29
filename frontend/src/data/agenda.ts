import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import type { PersonID, RecordID } from "../../../sync/plan/plan.gen.ts";
import { type Key, t } from "../text/catalogue.ts";
import { mayMake, me, planName, space } from "./case.ts";
import { put, write } from "./keep.ts";
import type { Point } from "./kinds.ts";
import { agenda, type Meeting } from "./meetings.ts";
import { between, placesAfter } from "./order.ts";
import { newID, ofKind } from "./store.ts";

export type Item = Rec<"agendaItem">;

/** Minutes that a point of a suggested agenda takes; they can be changed. */
const suggested: Readonly<Partial<Record<Point, number>>> = { own: 10, roles: 10, next: 5 };
const usual = 15;

/** Whether this person may put a point on the agenda of a meeting that is still to come. */
export function mayAddPoint(of: Meeting): boolean {
  return mayMake(me.value, "agendaItem") && (of.f.state === "draft" || of.f.state === "invited");
}

/** Whether a point is the family's own; one that is not sent yet is by whoever holds this phone. */
export function isFamilys(item: Item): boolean {
  const by = item.f.proposedBy ?? (item.waiting ? me.value?.person : undefined);
  return by !== undefined && family().has(by);
}

function family(): ReadonlySet<PersonID> {
  const roles = new Set(["child", "guardian", "guardian_limited"]);
  const members = ofKind(space.value, "membership").filter(({ f }) => roles.has(f.role ?? ""));
  return new Set(members.flatMap(({ f }) => f.person ?? []));
}

/** Puts a point on the agenda: the family's own come before all others, in the order they were written. */
export async function addPoint(of: Meeting, title: string): Promise<Saved> {
  const who = me.peek()?.person;
  const items = agenda(of);
  const isOurs = who !== undefined && family().has(who);
  const others = isOurs ? items.filter((item) => !isFamilys(item)) : [];
  const before = others[0];
  const above = before ? items[items.indexOf(before) - 1] : items.at(-1);
  const order = before
    ? between(above?.f.order ?? "", before.f.order ?? "")
    : (placesAfter(above?.f.order ?? "", 1)[0] ?? "a1");
  return write([{ rec: newID<RecordID>(), kind: "agendaItem", new: { meeting: of.id, title, order } }]);
}

/** The ops that write a suggested agenda under what is there already. */
export function pointsFor(meeting: string, points: readonly Point[], after = ""): readonly Op[] {
  const places = placesAfter(after, points.length);
  return points.map((point, i) => ({
    rec: newID<RecordID>(),
    kind: "agendaItem",
    new: { meeting, title: pointWords(point), minutes: suggested[point] ?? usual, order: places[i] ?? "" },
  }));
}

function pointWords(point: Point): string {
  const current = space.peek();
  return t(`call.point_${point}` as Key, { navn: current ? planName(current) : "" });
}

/** Writes the suggested agenda of the meeting's kind, under the points that are there. */
export async function suggestAgenda(of: Meeting, points: readonly Point[]): Promise<Saved> {
  return write(pointsFor(of.id, points, agenda(of).at(-1)?.f.order));
}

/** Moves a point one place up. */
export async function moveUp(of: Meeting, item: Item): Promise<Saved | null> {
  const items = agenda(of);
  const at = items.findIndex(({ id }) => id === item.id);
  const above = items[at - 1];
  return above ? put(item, { order: between(items[at - 2]?.f.order ?? "", above.f.order ?? "") }) : null;
}

/** Takes a point off the agenda. */
export async function removePoint(item: Item): Promise<Saved> {
  return write([{ rec: item.id, del: true }]);
}
