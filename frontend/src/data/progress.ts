import type { Rec, SpaceView } from "../../../sync/client/types.ts";
import type { Day, Kind } from "../../../sync/plan/plan.gen.ts";
import { addDays, daysBetween, isDay } from "../text/dates.ts";
import { find, ofKind } from "./store.ts";

/** One thing that a plan lacks, so that nobody is lost between two desks (DOMAIN 2.4, PT14). */
export interface Flag {
  readonly key: string;
  readonly kind: FlagKind;
  /** The day it is about. */
  readonly day: Day | null;
  /** The track, the law or the place it is about, or the sector of a service. */
  readonly about: string;
  readonly isLate: boolean;
}

export type FlagKind = "review" | "law" | "referral" | "psychiatryEnded" | "transition" | "meeting" | "quiet";

// How many days ahead a review, a clock of the law and a change of place are told.
const ahead = { review: 5, law: 10, transition: 30 } as const;
/** After so many days without an answer somebody asks. */
const answerDays = 14;
/** After so many days in which nothing has happened somebody looks. */
const quietDays = 30;

/** What a plan lacks on a day, what is late first: for the leader's day, and on the screen of levels. */
export function gapsIn(of: SpaceView, day: Day): readonly Flag[] {
  if (ofKind(of, "case")[0]?.f.state !== "active") return [];
  const all = [...laws(of, day), ...reviews(of, day), ...referralsLeft(of, day), ...changes(of, day)];
  return [...all.sort((a, b) => Number(b.isLate) - Number(a.isLate)), ...meetings(of, day), ...quiet(of, day)];
}

// A flag for a record whose day has come or is near.
function near(flag: Omit<Flag, "day" | "isLate">, due: Day | undefined, day: Day, within: number): readonly Flag[] {
  return due && due <= addDays(day, within) ? [{ ...flag, day: due, isLate: due < day }] : [];
}

function reviews(of: SpaceView, day: Day): readonly Flag[] {
  const open = ofKind(of, "levelEntry").filter(({ f }) => !f.to);
  return open.flatMap(({ id, f }) => {
    const about = find(of, "track", f.track)?.f.label ?? "";
    return near({ key: id, kind: "review", about }, f.nextReview, day, ahead.review);
  });
}

function laws(of: SpaceView, day: Day): readonly Flag[] {
  const running = ofKind(of, "legalMarker").filter(({ f }) => !f.endedAt);
  return running.flatMap(({ id, f }) =>
    near({ key: id, kind: "law", about: f.law ?? f.type ?? "" }, f.due, day, ahead.law),
  );
}

function changes(of: SpaceView, day: Day): readonly Flag[] {
  const planned = ofKind(of, "transition").filter(({ f }) => f.state !== "done");
  return planned.flatMap(({ id, f }) =>
    near({ key: id, kind: "transition", about: f.to ?? "" }, f.date, day, ahead.transition),
  );
}

function referralsLeft(of: SpaceView, day: Day): readonly Flag[] {
  return ofKind(of, "referral").flatMap((rec): readonly Flag[] => {
    const { state, sentAt, to = "other" } = rec.f;
    const waits = state === "sent" && sentAt !== undefined && daysBetween(sentAt, day) >= answerDays;
    if (waits) return [{ key: rec.id, kind: "referral", day: sentAt, about: to, isLate: true }];
    return isLeft(of, rec) ? [{ key: rec.id, kind: "psychiatryEnded", day: null, about: to, isLate: true }] : [];
  });
}

// Psychiatry has let go, and the pathway still stands on its step: nobody has taken over (NO6).
function isLeft(of: SpaceView, { f }: Rec<"referral">): boolean {
  if (f.to !== "child_psychiatry" || (f.state !== "ended" && f.state !== "refused")) return false;
  const goesOn = ofKind(of, "referral").some((rec) => rec.f.state === "sent" || rec.f.state === "accepted");
  return !goesOn && ofKind(of, "levelEntry").some((rec) => isWithPsychiatry(rec, f.track));
}

function isWithPsychiatry({ f }: Rec<"levelEntry">, track: string | undefined): boolean {
  return !f.to && f.model === "sst-buc-4" && f.level === 3 && (!track || f.track === track);
}

function meetings(of: SpaceView, day: Day): readonly Flag[] {
  const isAhead = ofKind(of, "meeting").some(
    ({ f }) => (f.state === "draft" || f.state === "invited") && (f.start ?? "").slice(0, 10) >= day,
  );
  return isAhead ? [] : [{ key: "meeting", kind: "meeting", day: null, about: "", isLate: false }];
}

function quiet(of: SpaceView, day: Day): readonly Flag[] {
  const last = lastActivity(of, day);
  if (last === null || daysBetween(last, day) < quietDays) return [];
  return [{ key: "quiet", kind: "quiet", day: last, about: "", isLate: false }];
}

// Which days of a record tell that somebody did something.
const traces: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  note: ["at"],
  remark: ["at"],
  evaluation: ["at"],
  meetingRequest: ["at"],
  task: ["doneAt", "takenOn"],
  levelEntry: ["from"],
  meeting: ["start", "invitedAt", "agendaSentAt", "minutesSharedAt"],
  handover: ["proposedAt", "acceptedAt"],
  referral: ["sentAt", "answeredAt"],
  membership: ["from"],
  legalMarker: ["from", "informedAt", "endedAt"],
};

/** The last day on which something happened in a plan, as far as its records tell; null if they tell nothing. */
export function lastActivity(of: SpaceView, day: Day): Day | null {
  let last: Day | null = null;
  for (const rec of of.records.values()) {
    if (rec.waiting) return day;
    for (const field of traces[rec.kind] ?? []) {
      const at = String((rec.f as Readonly<Record<string, unknown>>)[field] ?? "").slice(0, 10);
      if (!rec.del && isDay(at) && at <= day && (last === null || at > last)) last = at;
    }
  }
  return last;
}
