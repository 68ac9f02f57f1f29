import { computed, signal } from "@preact/signals";
import type { Rec, SpaceView } from "../../../sync/client/types.ts";
import type { SpaceID } from "../../../sync/plan/plan.gen.ts";
import type { Key } from "../text/catalogue.ts";
import { caseID, me, path, space } from "./case.ts";
import { find, spaces } from "./store.ts";
import { concerns, stateOf } from "./tasks.ts";

/** One thing that has happened since the last visit. */
export interface News {
  readonly key: string;
  readonly words: Key;
  readonly title: string;
  readonly href: string;
  readonly seq: number;
}

const longAway = 30 * 60_000;
const seenKey = (id: string): string => `samspor.seen.${id}`;
// Where each plan stood when this visit began; it does not move while the person is looking.
const visits = signal<ReadonlyMap<SpaceID, number | null>>(new Map());

/** The number up to which the person had seen this plan before this visit; null on the first one. */
function since(id: SpaceID | null): number | null {
  if (id === null) return null;
  const known = visits.value.get(id);
  if (known !== undefined) return known;
  const stored = localStorage.getItem(seenKey(id));
  return stored === null ? null : Number(stored);
}

/** Whether this is the first visit to the plan on the screen. */
export const isFirstVisit = computed(() => since(caseID.value) === null);

/** What is new in the plan on the screen, latest first. */
export const news = computed<readonly News[]>(() => {
  const from = since(caseID.value);
  const current = space.value;
  if (from === null || !current) return [];
  const fresh = [...current.records.values()].filter((rec) => rec.seq > from && !rec.waiting && !rec.del);
  return fresh.flatMap((rec) => tell(current, rec)).sort((a, b) => b.seq - a.seq);
});

type Make = (words: Key, title: string | undefined, to: string) => readonly News[];

function tell(of: SpaceView, rec: Rec): readonly News[] {
  const make: Make = (words, title, to) => (title ? [{ key: rec.id, words, title, href: path(to), seq: rec.seq }] : []);
  switch (rec.kind) {
    case "task":
      return isMyOwn(rec as Rec<"task">) ? [] : make(taskWords(rec as Rec<"task">), titleOf(rec), `/tasks/${rec.id}`);
    case "note":
      return tellNote(of, rec as Rec<"note">, make);
    case "meeting":
      return make(meetingWords(rec as Rec<"meeting">), titleOf(rec), `/meetings/${rec.id}`);
    case "levelEntry":
      return tellLevel(of, rec as Rec<"levelEntry">, make);
    default:
      return [];
  }
}

function tellNote(of: SpaceView, { f }: Rec<"note">, make: Make) {
  if (f.person === me.value?.person) return [];
  return make("home.newsNote", find(of, "task", f.about)?.f.title, `/tasks/${f.about}`);
}

function tellLevel(of: SpaceView, { f }: Rec<"levelEntry">, make: Make) {
  return f.to ? [] : make("home.newsLevel", find(of, "track", f.track)?.f.label, "/levels");
}

// What I ticked myself is no news to me; a new task of mine is.
function isMyOwn(task: Rec<"task">): boolean {
  if (stateOf(task) === "draft") return true; // what I wrote down in a meeting that is not shared yet
  return stateOf(task) !== "open" && concerns(task, me.value?.person);
}

function taskWords(task: Rec<"task">): Key {
  if (stateOf(task) === "done") return "home.newsDone";
  return stateOf(task) === "blocked" ? "home.newsBlocked" : "home.newsTask";
}

function meetingWords({ f }: Rec<"meeting">): Key {
  return f.minutesState === "shared" || f.minutesState === "final" ? "home.newsMinutes" : "home.newsMeeting";
}

function titleOf(rec: Rec): string | undefined {
  return (rec.f as Rec<"task">["f"]).title;
}

/** Begins a visit to a plan: what is new is counted from the end of the visit before. */
export function visit(id: SpaceID): void {
  if (!visits.peek().has(id)) visits.value = new Map(visits.peek()).set(id, since(id));
}

/** Ends the visit when the page goes away; a short absence is the same visit. */
export function watchVisits(): void {
  let left = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      left = Date.now();
      for (const id of visits.peek().keys()) keep(id);
    } else if (Date.now() - left > longAway) {
      const open = caseID.peek();
      visits.value = new Map();
      if (open) visit(open);
    }
  });
}

function keep(id: SpaceID): void {
  const here = spaces.peek().get(id);
  if (!here?.complete) return;
  let last = 0;
  for (const rec of here.records.values()) last = Math.max(last, rec.seq);
  localStorage.setItem(seenKey(id), String(last));
}
