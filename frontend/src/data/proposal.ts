import { computed } from "@preact/signals";
import type { Saved, Value } from "../../../sync/client/types.ts";
import type { Day, PersonID, RecordID, Role } from "../../../sync/plan/plan.gen.ts";
import { dayOf } from "../text/dates.ts";
import { mayMake, me, space, today, zone } from "./case.ts";
import { contacts } from "./contacts.ts";
import { outgoing, running, sightOf } from "./handover.ts";
import { coming } from "./meetings.ts";
import { heldIn, type Person, person } from "./people.ts";
import { edit, find, newID, ofKind } from "./store.ts";
import { isOpen, stateOf, type Task } from "./tasks.ts";

/** Somebody who cannot be asked, and why (R4). */
export interface Barred {
  readonly person: Person;
  readonly why: "noAccess" | "part" | "later";
  readonly from: Day | null;
}

/** Whether this person may ask somebody to take over now: the tovholder, or a leader when that one is away. */
export const mayPropose = computed(() => {
  const holder = outgoing();
  const isAsked = running.value.some(({ state, from }) => state === "proposed" && from?.id === holder?.id);
  return mayMake(me.value, "handover") && !isAsked;
});

/** Everybody in the plan who has not left, but the outgoing one. */
function others() {
  return ofKind(space.value, "membership")
    .filter(({ f }) => (!f.to || f.to >= today.value) && f.person !== outgoing()?.id)
    .flatMap(({ f }) => {
      const who = person(f.person);
      return who ? [{ who, role: f.role, from: f.from ?? "" }] : [];
    })
    .sort((a, b) => a.who.name.localeCompare(b.who.name));
}

/** Who can be asked to take over: who reads the whole plan today. */
export const askable = computed<readonly Person[]>(() =>
  others()
    .filter(({ role, from }) => sightOf(role) === "whole" && from <= today.value)
    .map(({ who }) => who),
);

/** Who cannot be asked, and why. The child is never asked. */
export const barred = computed<readonly Barred[]>(() =>
  others()
    .filter(({ role, from }) => role !== "child" && !(sightOf(role) === "whole" && from <= today.value))
    .map(({ who, role, from }) => ({ person: who, why: whyNot(role, from), from: from || null })),
);

function whyNot(role: Role | undefined, from: Day): Barred["why"] {
  if (sightOf(role) === "whole" && from > today.value) return "later";
  return sightOf(role) === "none" ? "noAccess" : "part";
}

/** The tracks that the outgoing one holds; only of several can a part be handed over. */
export const heldTracks = computed(() => {
  const mine = heldIn(space.value, today.value).filter(({ f }) => f.person === outgoing()?.id);
  return [...new Set(mine.flatMap(({ f }) => f.scope ?? []))].map((id) => ({
    id,
    label: find(space.value, "track", id)?.f.label ?? id,
  }));
});

/** The agreements that need a word: what the outgoing one has still to do (TH2). */
export const toSettle = computed<readonly Task[]>(() => {
  const holder = outgoing()?.id;
  return ofKind(space.value, "task")
    .filter((task) => isOpen(task) && stateOf(task) !== "draft" && holder && task.f.responsible === holder)
    .sort((a, b) => (a.f.due ?? "9999").localeCompare(b.f.due ?? "9999"));
});

/** What comes along by itself: the next meeting, and one way in for each sector (DOMAIN 4.6). */
export const alongside = computed(() => {
  const start = coming.value[0]?.f.start;
  return { nextMeeting: start ? dayOf(start, zone.value) : null, contacts: contacts.value };
});

/** What becomes of an agreement: it moves to the new one, stays, or ends. */
export type Settled = "move" | "keep" | "end";

/** The form, as it stands in the inputs. How each agreement is settled stands under `task.<id>`; nothing means it moves. */
export type Form = Readonly<Record<string, string>>;

/** What the form begins with. */
export function emptyForm(): Form {
  const fields = ["to", "reason", "scope", "importantNow", "familyWishes", "childToldBy", "childToldOn"];
  return { ...Object.fromEntries(fields.map((name) => [name, ""])), effectiveFrom: today.value };
}

export function settledIn(form: Form, task: Task): Settled {
  return (form[`task.${task.id}`] as Settled | undefined) ?? "move";
}

/** Asks somebody to take over: one change, also offline. Nothing moves until they have said yes. */
export async function propose(form: Form): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  return edit(current.id, [{ rec: newID<RecordID>(), kind: "handover", new: fieldsOf(form) }]);
}

function fieldsOf(form: Form): Readonly<Record<string, Value>> {
  const tasks = toSettle.peek();
  const those = (how: Settled) => tasks.filter((task) => settledIn(form, task) === how).map(({ id }) => id);
  const told = ["reason", "effectiveFrom", "importantNow", "familyWishes", "childToldBy", "childToldOn"];
  const texts = told.map((name) => [name, (form[name] ?? "").trim()]).filter(([, text]) => text !== "");
  const { nextMeeting } = alongside.peek();
  const { to = "", scope = "" } = form;
  return {
    to: to as PersonID,
    state: "proposed",
    ...Object.fromEntries(texts),
    openTasks: tasks.map(({ id }) => id),
    moved: those("move"),
    ended: those("end"),
    ...(nextMeeting && { nextMeeting }),
    ...(scope && { scope: [scope] }),
  };
}
