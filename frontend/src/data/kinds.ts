/**
 * The kinds of meetings as a table: which model each belongs to and whom it gathers. Who calls it stands in the rules
 * (services.gen.ts); what it is about and what its clock is, the plan's own model says (agenda.ts, deadlines.ts).
 */
import type { FormTemplate, MeetingKind, Sector } from "../../../sync/plan/plan.gen.ts";
import { convenors } from "../../../sync/rules/services.gen.ts";
import { mayMake, me, plan, space, today } from "./case.ts";
import { lanes } from "./levels.ts";
import { person, tovholders } from "./people.ts";
import { ofKind } from "./store.ts";

/** One row of the table. */
export interface MeetingRow {
  readonly kind: MeetingKind;
  readonly model: string;
  readonly template: FormTemplate;
  /** The levels of its model that it is held on. */
  readonly levels: readonly number[];
  /** Staff and advisers about a group without names; no family (MT25). */
  readonly isStaffs?: true;
  /** Whom it gathers when nobody has chosen yet (MT18, MT25). */
  readonly circle: readonly Sector[];
}

const staff = ["daycare", "school", "leisure"] as const;

const rows: readonly MeetingRow[] = [
  {
    kind: "konsultativt_moede",
    model: "randers-5x2",
    template: "groent-skema",
    levels: [2],
    isStaffs: true,
    circle: [...staff, "educational_psychology", "health_visiting"],
  },
  {
    kind: "tvaerfagligt_netvaerksmoede",
    model: "randers-5x2",
    template: "gult-skema",
    levels: [3],
    circle: ["family", "network", ...staff, "educational_psychology"],
  },
  {
    kind: "tvaerfagligt_netvaerksmoede",
    model: "randers-5x2",
    template: "gult-skema",
    levels: [4],
    circle: ["family", ...staff, "educational_psychology"],
  },
  {
    kind: "inddragende_netvaerksmoede",
    model: "randers-5x2",
    template: "moedeindkaldelse",
    levels: [5],
    circle: ["family", "network", "social_services", ...staff, "educational_psychology", "health_visiting"],
  },
  {
    kind: "tvaersektorielt_netvaerksmoede",
    model: "sst-buc-4",
    template: "netvaerksmoedeskabelon",
    levels: [1, 2, 3, 4],
    circle: ["family", "child_psychiatry", "social_services", "educational_psychology", "school", "daycare"],
  },
  {
    kind: "samarbeidsmote",
    model: "no-bti-0-3",
    template: "stafettlogg",
    levels: [1, 2, 3],
    circle: ["family", ...staff, "educational_psychology", "health_visiting"],
  },
  {
    kind: "ansvarsgruppe",
    model: "no-bti-0-3",
    template: "moedeindkaldelse",
    levels: [2, 3],
    circle: ["family", ...staff, "educational_psychology", "health_visiting", "child_welfare", "child_psychiatry"],
  },
  {
    kind: "droftingsmote",
    model: "no-bti-0-3",
    template: "moedeindkaldelse",
    levels: [0, 1],
    isStaffs: true,
    circle: [...staff, "educational_psychology", "health_visiting"],
  },
];

/** Whether the plan on the screen is about a group without names. */
export function isAnonymous(): boolean {
  return plan.value?.case.f.kind === "anonymous_group";
}

/** The row of a kind on a level; on another level than its own, its first. */
export function rowOf(kind: MeetingKind | undefined, level?: number): MeetingRow | undefined {
  const same = rows.filter((row) => row.kind === kind);
  return same.find((row) => level !== undefined && row.levels.includes(level)) ?? same[0];
}

/** The kinds that this person may call in the plan on the screen, each once, those of today's level first. */
export function kindsToCall(): readonly MeetingRow[] {
  if (!mayMake(me.value, "meeting")) return [];
  const models = new Set<string>(plan.value?.case.f.models ?? []);
  const able = rows.filter((row) => models.has(row.model) && mayConvene(row.kind) && (!isAnonymous() || row.isStaffs));
  const best = [...able].sort((a, b) => Number(isOfToday(b)) - Number(isOfToday(a)));
  return best.filter((row, i) => best.findIndex(({ kind }) => kind === row.kind) === i);
}

/** Whether this person may call a kind of meeting: nobody fills in what the server would refuse (rules.MayConvene). */
function mayConvene(kind: MeetingKind): boolean {
  const who = convenors[kind];
  if (!who) return true;
  const leads = who.leads && me.value?.role === "professional_lead";
  const holds = who.holds && tovholders.value.some(({ isMe }) => isMe);
  return leads || holds || who.sectors.includes(person(me.value?.person)?.sector ?? "other");
}

function isOfToday(row: MeetingRow): boolean {
  return lanes.value.some(({ model, now }) => model === row.model && row.levels.includes(now.f.level ?? -1));
}

/** Where a new meeting of a kind stands: on the track that is on one of its levels, else on the first of its model. */
export function standing(row: MeetingRow): Readonly<Record<string, string | number>> {
  const ofModel = lanes.value.filter(({ model }) => model === row.model);
  const lane = ofModel.find(({ now }) => row.levels.includes(now.f.level ?? -1)) ?? ofModel[0];
  const now = lane?.now.f.level;
  const level = now !== undefined && row.levels.includes(now) ? now : (row.levels[0] ?? 0);
  return { model: row.model, level, template: row.template, ...(lane?.now.f.track && { track: lane.now.f.track }) };
}

/** Whom a kind gathers; before the child is old enough for daycare its health visitor stands for the staff (MT18). */
export function circleOf(row: MeetingRow): ReadonlySet<Sector> {
  const born = ofKind(space.value, "child")[0]?.f.birthYear;
  const isAtHome = born !== undefined && Number(today.value.slice(0, 4)) - born < 1;
  const own = new Set<Sector>(staff);
  return new Set(isAtHome ? [...row.circle.filter((sector) => !own.has(sector)), "health_visiting"] : row.circle);
}
