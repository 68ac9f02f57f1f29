/** What a move on the ladder lacks, asked for before it is sent. Go's twin is level.go; vectors hold both to the same answers. */
import type { FaultCode } from "../fault/fault.gen.ts";
import type { Day } from "../plan/plan.gen.ts";

/** One step on a model's ladder as somebody writes it down. */
export interface LevelMove {
  readonly model: string;
  /** null: the first entry on this track. */
  readonly from: number | null;
  readonly to: number;
  readonly start: Day;
  /** When the present entry began; empty: none. */
  readonly before: Day | "";
  /** The next review as written, and the last day it may have; empty: none, and no rhythm. */
  readonly review: Day | "";
  readonly latest: Day | "";
  readonly reason: boolean;
  readonly skipReason: boolean;
  /** A day when it was talked over on the level between, or why not. */
  readonly discussed: boolean;
  readonly leader: boolean;
  readonly leaderRole: boolean;
  readonly tovholder: boolean;
  readonly assessments: boolean;
  readonly followUp: boolean;
  readonly startingPoint: boolean;
  /** One was involved, or why not. */
  readonly adviser: boolean;
  readonly entryWay: boolean;
  readonly referredTo: boolean;
  /** The results of the present step have been told. */
  readonly conveyed: boolean;
}

type Asked = readonly [model: string, from: number | null, to: number, has: keyof LevelMove, lacks: FaultCode];

/** What a move needs, by model and step; null is from anywhere. */
const asked: readonly Asked[] = [
  ["randers-5x2", 1, 2, "leader", "level.noLeader"],
  ["randers-5x2", 1, 2, "leaderRole", "level.noLeaderRole"],
  ["randers-5x2", 1, 2, "tovholder", "level.noTovholder"],
  ["randers-5x2", 1, 3, "discussed", "level.noDiscussion"],
  ["randers-5x2", 3, 4, "assessments", "level.noAssessments"],
  ["randers-5x2", 3, 4, "followUp", "level.noFollowUp"],
  ["randers-5x2", null, 4, "startingPoint", "level.noStartingPoint"],
  ["randers-5x2", 4, 5, "adviser", "level.noAdviser"],
  ["randers-5x2", null, 5, "entryWay", "level.noEntryWay"],
  ["sst-buc-4", null, 3, "referredTo", "level.noReferral"],
  ["sst-buc-4", 3, 4, "conveyed", "level.notConveyed"],
];

/** Which of its fields a move needs, so that a form asks for just these. */
export function askedOf(l: Pick<LevelMove, "model" | "from" | "to">): readonly (keyof LevelMove)[] {
  return rowsOf(l).map(([, , , has]) => has);
}

/** Everything that a move lacks, in the order in which people fill it in. */
export function missingToMove(l: LevelMove): readonly FaultCode[] {
  const rows: readonly (readonly [boolean, FaultCode])[] = [
    [l.before === "" || l.start >= l.before, "level.tooEarly"],
    [l.reason, "level.noReason"],
    [!skips(l) || l.skipReason, "level.noSkipReason"],
    ...rowsOf(l).map(([, , , has, lacks]) => [l[has] === true, lacks] as const),
    [l.latest === "" || (l.review !== "" && l.review <= l.latest), "level.reviewLate"],
  ];
  return rows.filter(([has]) => !has).map(([, code]) => code);
}

/** Whether a level lies between. */
export function skips({ from, to }: Pick<LevelMove, "from" | "to">): boolean {
  return from !== null && to - from > 1;
}

function rowsOf({ model, from, to }: Pick<LevelMove, "model" | "from" | "to">): readonly Asked[] {
  if (from === to) return [];
  return asked.filter((row) => row[0] === model && row[2] === to && (row[1] === null || row[1] === from));
}
