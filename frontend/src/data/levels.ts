import { computed } from "@preact/signals";
import type { Rec, SpaceView } from "../../../sync/client/types.ts";
import type { Day, FormTemplate, MeetingKind, ModelID, Sector } from "../../../sync/plan/plan.gen.ts";
import type { Language } from "../text/catalogue.ts";
import { addDays } from "../text/dates.ts";
import { space } from "./case.ts";
import { find, ofKind } from "./store.ts";

/** Words that come with the data, in the model's own languages. */
export type ModelWords = Readonly<Partial<Record<Language, string>>>;

/** One of several, or one point of an agenda. */
export interface Choice {
  readonly id: string;
  readonly text: ModelWords;
}

/** Who has a duty: a role, "tovholder" or "inviter", from these sectors or from any. */
export interface Holder {
  readonly role: string;
  readonly sectors: readonly Sector[];
  readonly name: ModelWords;
}

/** One level of a model, as sync/models/model.go writes it. Plans opened with version 1 know less. */
export interface Level {
  readonly n: number;
  readonly name: ModelWords;
  readonly sentence: ModelWords;
  readonly purpose?: ModelWords;
  readonly attribute?: "consultative" | "specialised";
  readonly participants?: readonly {
    readonly name: ModelWords;
    readonly sectors: readonly Sector[];
    readonly need: "core" | "possible" | "ad_hoc";
    readonly age?: "before_institution" | "institution";
  }[];
  readonly childTakesPart?: "as_far_as_possible" | "listed";
  readonly tovholder?: ModelWords;
  readonly meetingKind?: MeetingKind;
  readonly convenorRole?: Holder;
  readonly chairRole?: Holder;
  readonly formId?: FormTemplate;
  readonly outcomes?: readonly {
    readonly sign: "+" | "-";
    readonly text: ModelWords;
    readonly next: readonly number[];
  }[];
  readonly procedureOut?: readonly (Choice & { readonly phase?: string; readonly to?: number })[];
  readonly deadlines?: readonly (Choice & {
    readonly op: "before" | "after";
    readonly days: number;
    readonly unit: "working" | "calendar" | "weekday" | "month";
    readonly anchor: "meeting" | "invitation" | "level_start" | "request" | "discharge";
    readonly uncertain?: boolean;
  })[];
  /** In months. */
  readonly reviewEvery?: number;
}

/** What a change of level asks for; a move is written "1>2", and levels are keys where a list belongs to one. */
export interface LevelRules {
  readonly startAt: number;
  readonly everyChildAt?: number;
  readonly closesEarlier: boolean;
  readonly skipAllowed: "with_reason" | "freely";
  readonly warnOn: readonly string[];
  readonly leaderRequiredOn: readonly string[];
  readonly assessmentsRequiredOn: readonly string[];
  readonly adviserExpectedOn: readonly string[];
  readonly evaluationExpectedOn: readonly string[];
  readonly changeRoles: readonly string[];
  readonly handover: "accept_required";
  readonly anonymousAllowedAt: readonly number[];
  readonly relevantOnlyAt: readonly number[];
  readonly consentToTakePartAt: readonly number[];
  readonly consentRequiredFrom?: number;
  readonly requestAnsweredIn: number;
  readonly safetyNetDays?: number;
  readonly entryWays?: Readonly<Record<string, readonly Choice[]>>;
  readonly startingPoints?: Readonly<Record<string, readonly Choice[]>>;
  readonly effortKinds?: Readonly<Record<string, readonly Choice[]>>;
  readonly toConvey?: Readonly<Record<string, readonly Choice[]>>;
  readonly toAgree?: Readonly<Record<string, readonly Choice[]>>;
}

/** A collaboration model as a plan carries it. Plans opened with version 1 have names, words and levels only. */
export interface PlanModel {
  readonly name?: ModelWords;
  /** What a level is called here: "niveau", "trin". */
  readonly word?: ModelWords;
  /** What a higher level means. */
  readonly about?: ModelWords;
  readonly local?: {
    readonly ages: { readonly from: number; readonly to: number };
    readonly consentAge: number;
    readonly closingDays: readonly Day[];
    readonly leader?: string;
  };
  readonly levels?: readonly Level[];
  readonly meetings?: readonly {
    readonly kind: MeetingKind;
    readonly levels: readonly number[];
    readonly name: ModelWords;
    readonly convenorRole?: Holder;
    readonly agenda: readonly Choice[];
  }[];
  readonly rules?: LevelRules;
  readonly legal?: readonly (Choice & {
    readonly kind: "countdown" | "right" | "duty" | "offer";
    readonly law: string;
    readonly was?: string;
    readonly date: Day;
    readonly source: string;
    readonly uncertain?: boolean;
    readonly limit?: { readonly count: number; readonly unit: "hour" | "weekday" | "month"; readonly from: string };
  })[];
  readonly concern?: readonly (Choice & {
    readonly urgent: boolean;
    readonly name: ModelWords;
    readonly advice?: ModelWords;
    readonly phone?: string;
    readonly email?: string;
    readonly address?: string;
    readonly link?: string;
    readonly uncertain?: boolean;
  })[];
  readonly guides?: readonly { readonly id: string; readonly lines: readonly ModelWords[]; readonly link?: string }[];
  readonly terms?: readonly (Choice & { readonly name: ModelWords })[];
}

/** A model of the plan on the screen. */
export function modelOf(id: ModelID | undefined): PlanModel {
  return modelIn(space.value, id);
}

// What a model says is data that only the server writes, guarded where the models are (sync/models).
function modelIn(of: SpaceView | null, id: ModelID | undefined): PlanModel {
  return (find(of, "model", id)?.f ?? {}) as PlanModel;
}

/** One track on one model: where it is now, and how it came there. */
export interface Lane {
  readonly key: string;
  readonly label: string;
  readonly model: ModelID;
  readonly levels: readonly Level[];
  readonly now: Rec<"levelEntry">;
  readonly level: Level | undefined;
  readonly modelName: ModelWords;
  /** What a level is called here: "niveau", "trin". */
  readonly word: ModelWords;
  /** Every entry, latest first. */
  readonly history: readonly Rec<"levelEntry">[];
}

type Entry = Rec<"levelEntry">;

/** The tracks of the plan on the screen that stand on a level, in the plan's own order. */
export const lanes = computed<readonly Lane[]>(() => lanesIn(space.value));

/** The tracks of any plan that stand on a level, in its own order. */
export function lanesIn(of: SpaceView | null): readonly Lane[] {
  const entries = endedInTurn(ofKind(of, "levelEntry"));
  const tracks = [...ofKind(of, "track")].sort((a, b) => ((a.f.order ?? "") < (b.f.order ?? "") ? -1 : 1));
  const open = entries.filter(({ f }) => !f.to);
  return tracks.flatMap((track) =>
    open
      .filter(({ f }) => f.track === trackID(track))
      .map((now) => lane(track.f.label ?? "", now, entries, modelIn(of, now.f.model))),
  );
}

// A move ends the entry before it when the server has seen it; until then the phone tells it so itself, or a track
// would stand on two levels.
function endedInTurn(entries: readonly Entry[]): readonly Entry[] {
  return entries.map((one) => {
    const next = entries.find((other) => !one.f.to && !other.f.to && isSameLane(one, other) && follows(other, one));
    if (!next) return one;
    const from = one.f.from ?? "";
    const to = next.f.from && next.f.from > from ? addDays(next.f.from, -1) : from;
    return { ...one, f: { ...one.f, to } };
  });
}

function isSameLane(a: Entry, b: Entry): boolean {
  return a.id !== b.id && a.f.model === b.f.model && a.f.track === b.f.track;
}

/** Whether one entry came after another: by its day, on the same day the open one, else the one written later. */
function follows(a: Entry, b: Entry): boolean {
  if (a.f.from !== b.f.from) return (a.f.from ?? "") > (b.f.from ?? "");
  if (!a.f.to !== !b.f.to) return !a.f.to;
  return a.waiting === b.waiting ? a.seq > b.seq : a.waiting === true;
}

function lane(label: string, now: Entry, entries: readonly Entry[], told: PlanModel): Lane {
  const { model, track } = now.f;
  const levels = told.levels ?? [];
  return {
    key: `${model} ${track}`,
    label,
    model: model as ModelID,
    levels,
    now,
    level: levels.find(({ n }) => n === now.f.level),
    modelName: told.name ?? {},
    word: told.word ?? {},
    history: entries.filter(({ f }) => f.model === model && f.track === track).sort((a, b) => (follows(a, b) ? -1 : 1)),
  };
}

// A reference to a track has a type of its own; it is the same text.
function trackID(track: Rec<"track">): string {
  return track.id;
}

/** Words of the data in the language on the screen, else in one that is there, with its tag for the reader. */
export function said(
  words: ModelWords | undefined,
  wanted: Language,
): { readonly text: string; readonly lang?: Language } {
  const own = words?.[wanted];
  if (own) return { text: own };
  for (const lang of ["da", "nb", "en"] as const) {
    const text = words?.[lang];
    if (text) return { text, lang };
  }
  return { text: "" };
}
