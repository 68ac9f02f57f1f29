import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import type { PersonID, RecordID } from "../../../sync/plan/plan.gen.ts";
import { type Key, language, t } from "../text/catalogue.ts";
import { mayMake, me, planName, space } from "./case.ts";
import { put, write } from "./keep.ts";
import { isAnonymous } from "./kinds.ts";
import { modelOf, said } from "./levels.ts";
import { agenda, type Meeting } from "./meetings.ts";
import { between, placesAfter } from "./order.ts";
import { newID, ofKind } from "./store.ts";

export type Item = Rec<"agendaItem">;

/** Points that the app has words for, where the plan's model says nothing: of a follow-up, and of any meeting. */
export type Point = "own" | "problem" | "tried" | "options" | "roles" | "next" | "since" | "agreements";

/** Minutes that a suggested point takes; they can be changed. */
const usual = 10;
const general: readonly Point[] = ["own", "problem", "tried", "options", "roles", "next"];

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

/** The ops that write points under what is there already, in the language on the screen. */
export function pointsFor(meeting: string, titles: readonly string[], after = ""): readonly Op[] {
  const places = placesAfter(after, titles.length);
  return titles.map((title, i) => ({
    rec: newID<RecordID>(),
    kind: "agendaItem",
    new: { meeting, title, minutes: usual, order: places[i] ?? "" },
  }));
}

/** A point in words. */
export function pointWords(point: Point): string {
  const current = space.peek();
  return t(`call.point_${point}` as Key, { navn: current ? planName(current) : "" });
}

/**
 * What a meeting of this kind and level is about, as the plan's own model has it (MT14-MT16). The child's and the
 * family's words come first, where there is a family (DOMAIN 4.3).
 */
export function suggestedAgenda({ f }: Meeting): readonly string[] {
  const same = (modelOf(f.model).meetings ?? []).filter(({ kind }) => kind === f.kind);
  const points = (same.find(({ levels }) => levels.includes(f.level ?? -1)) ?? same[0])?.agenda;
  const rest = points?.map((point) => said(point.text, language.value).text) ?? general.slice(1).map(pointWords);
  const isStaffs = isAnonymous() || f.kind === "konsultativt_moede";
  return isStaffs || points?.[0]?.id === "family" ? rest : [pointWords("own"), ...rest];
}

/** Writes the suggested agenda of a meeting under the points that are there. */
export async function suggestAgenda(of: Meeting): Promise<Saved> {
  return write(pointsFor(of.id, suggestedAgenda(of), agenda(of).at(-1)?.f.order));
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
