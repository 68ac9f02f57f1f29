import { computed } from "@preact/signals";
import type { Rec } from "../../../sync/client/types.ts";
import type { Day, PersonID } from "../../../sync/plan/plan.gen.ts";
import { t } from "../text/catalogue.ts";
import { dayOf, shortDay, weekday } from "../text/dates.ts";
import { nameOf } from "./across.ts";
import { meIn, type Plan, plans, zoneOf } from "./case.ts";
import { now } from "./clock.ts";
import { duties } from "./duties.ts";
import { personIn } from "./people.ts";
import { ofKind } from "./store.ts";
import { concerns, endOfWeek, isOpen } from "./tasks.ts";
import { type Timeline, timelineOf } from "./timeline.ts";

/** How near something is, the most pressing first. */
export type When = "late" | "today" | "week" | "waiting";

/** One thing that waits for somebody, before it is put among the others. */
export interface Duty {
  readonly key: string;
  /** Within the plan: "/tasks/t1". */
  readonly to: string;
  readonly title: string;
  /** Who owes what to whom. */
  readonly owes: string;
  /** By when; null when it only waits. */
  readonly day: Day | null;
}

/** One thing that waits for this person, as "I dag" shows it. */
export interface Row extends Duty {
  readonly plan: string;
  readonly href: string;
  readonly when: When;
  /** "siden 20. november", "i dag", "senest torsdag", "venter". */
  readonly date: string;
}

/** A plan as one person sees it on a day: what every duty is told from. */
export interface View {
  readonly plan: Plan;
  readonly me: PersonID;
  readonly day: Day;
  readonly sunday: Day;
}

const order: readonly When[] = ["late", "today", "week", "waiting"];

/** What waits for this person, over all plans: late, today, this week, and then what has no date so near. */
export const waitingForMe = computed<readonly Row[]>(() =>
  views()
    .flatMap((view) => duties(view).map((duty) => row(view, duty)))
    .sort(byPress),
);

/** How many of them are due today or later this week. */
export const dueThisWeek = computed(
  () => waitingForMe.value.filter(({ when }) => when === "today" || when === "week").length,
);

/** What waits for this person in one plan. */
export function waitingIn(of: Plan): number {
  return waitingForMe.value.filter(({ href }) => href.startsWith(`/c/${of.space.id}/`)).length;
}

/** The plan of what presses most, and how it has gone. */
export const pressing = computed<{ readonly name: string; readonly day: Day; readonly timeline: Timeline } | null>(
  () => {
    const first = waitingForMe.value[0]?.href ?? "";
    const of = plans.value.find(({ space }) => first.startsWith(`/c/${space.id}/`));
    if (!of) return null;
    const zone = zoneOf(of);
    const day = dayOf(now.value, zone);
    return { name: nameOf(of), day, timeline: timelineOf(of.space, day, zone) };
  },
);

/** What the others have agreed to do this week. */
export interface Other {
  readonly key: string;
  readonly href: string;
  readonly title: string;
  /** Whose it is, and in which plan. */
  readonly about: string;
  readonly date: string;
  readonly state: string;
  readonly day: Day;
}

/** What the others do from today to Sunday, over all plans, soonest first. */
export const othersThisWeek = computed<readonly Other[]>(() =>
  views()
    .flatMap((view) =>
      ofKind(view.plan.space, "task")
        .filter((task) => isOthersThisWeek(task, view))
        .map((task) => other(task, view)),
    )
    .sort((a, b) => a.day.localeCompare(b.day) || a.title.localeCompare(b.title)),
);

function isOthersThisWeek(task: Rec<"task">, { me, day, sunday }: View): boolean {
  const { due, title } = task.f;
  return isOpen(task) && !concerns(task, me) && Boolean(title && due && due >= day && due <= sunday);
}

function other({ id, f }: Rec<"task">, { plan, day }: View): Other {
  const due = f.due ?? day;
  const who = personIn(plan.space, f.responsible)?.first;
  return {
    key: `${plan.space.id} ${id}`,
    href: `/c/${plan.space.id}/tasks/${id}`,
    title: f.title ?? "",
    about: [nameOf(plan), who].filter(Boolean).join(" · "),
    date: due === day ? t("today.now") : weekday(due),
    state: stateWords(f),
    day: due,
  };
}

function stateWords(f: Rec<"task">["f"]): string {
  if (f.state === "in_progress") return t("tasks.inProgress");
  if (f.state === "blocked") return t("tasks.blocked");
  return f.recurring ? t(`tasks.${f.recurring}`) : "";
}

function views(): readonly View[] {
  return plans.value.flatMap((plan) => {
    const me = meIn(plan.space)?.person;
    const day = dayOf(now.value, zoneOf(plan));
    return me && plan.case.f.state !== "closed" ? [{ plan, me, day, sunday: endOfWeek(day) }] : [];
  });
}

function row(view: View, duty: Duty): Row {
  const { id } = view.plan.space;
  const when = whenOf(duty.day, view);
  return {
    ...duty,
    key: `${id} ${duty.key}`,
    plan: nameOf(view.plan),
    href: `/c/${id}${duty.to}`,
    when,
    date: dateWords(duty.day, when, view.day),
  };
}

function whenOf(by: Day | null, { day, sunday }: View): When {
  if (by === null || by > sunday) return "waiting";
  return by < day ? "late" : by === day ? "today" : "week";
}

function dateWords(by: Day | null, when: When, today: Day): string {
  if (by === null) return t("today.waits");
  if (when === "late") return t("today.since", { dag: shortDay(by, today) });
  if (when === "today") return t("today.now");
  return t("today.by", { dag: when === "week" ? weekday(by) : shortDay(by, today) });
}

function byPress(a: Row, b: Row): number {
  const byWhen = order.indexOf(a.when) - order.indexOf(b.when);
  return byWhen || (a.day ?? "9999").localeCompare(b.day ?? "9999") || a.title.localeCompare(b.title);
}
