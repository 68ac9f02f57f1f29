import { beforeEach, expect, test } from "vitest";
import { speak } from "../text/testwords.ts";
import {
  beginEvaluation,
  evaluation,
  goalsIn,
  leadsToLevel,
  mayEvaluate,
  rate,
  ratingOf,
  ratingsFor,
} from "./evaluations.ts";
import {
  adjustGoal,
  agreeTo,
  emptyGoal,
  goalGroups,
  goalText,
  goalWith,
  isAlone,
  mayTurn,
  proposeGoal,
  turnGoal,
} from "./goals.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const may = {
  goal: { new: true, set: ["state", "title"] },
  evaluation: { new: true, own: ["next", "childVoice"] },
  rating: { new: true, set: ["rating"] },
};
const goal = (id: string, f: Record<string, unknown> = {}) => rec("goal", id, { title: id, state: "active", ...f });
const show = (...more: ReturnType<typeof rec>[]) =>
  client.show("k1", "me", [rec("case", "k1", { title: "Malthe", country: "DK" }), ...more], may);
const last = () => client.edits.at(-1)?.ops ?? [];
const one = (id: string) => goalWith(id) as NonNullable<ReturnType<typeof goalWith>>;

beforeEach(() => {
  speak("da");
  client = openTest();
});

test("goals stand by how far they are, the soonest first; a draft of a meeting is none", () => {
  show(
    goal("late", { targetDate: "2027-02-01" }),
    goal("soon", { targetDate: "2026-12-01" }),
    goal("idea", { state: "proposed" }),
    goal("done", { state: "achieved" }),
    goal("hidden", { state: "draft" }),
  );
  const { active, proposed, closed } = goalGroups.value;
  expect([active, proposed, closed].map((list) => list.map(({ id }) => id))).toEqual([
    ["soon", "late"],
    ["idea"],
    ["done"],
  ]);
});

test("a goal that one person stands behind is seen as such", () => {
  // PT4
  show(goal("a", { agreedBy: ["me"] }), goal("b", { agreedBy: ["me", "signe"] }), goal("c"));
  expect(["a", "b", "c"].map((id) => isAlone(one(id)))).toEqual([true, false, true]);
});

test("a new goal is a proposal of the one who writes it, and holds only what was filled in", async () => {
  // PT3
  show();
  await proposeGoal({ ...emptyGoal, title: "Sove", childWords: "Jeg vil sove" });
  expect(last()).toMatchObject([{ kind: "goal" }]);
  expect((last()[0] as { new?: unknown }).new).toEqual({
    title: "Sove",
    childWords: "Jeg vil sove",
    state: "proposed",
    agreedBy: ["me"],
  });
});

test("a goal is begun, reached and set aside with the day of it, and taken up again", async () => {
  show(goal("g", { state: "proposed" }));
  await turnGoal(one("g"), "active");
  expect(last()).toMatchObject([{ set: { state: "active", agreedAt: "2026-11-23" } }]);
  show(goal("g"));
  await turnGoal(one("g"), "achieved");
  expect(last()).toMatchObject([{ set: { state: "achieved", closedAt: "2026-11-23" } }]);
  show(goal("g", { state: "achieved", closedAt: "2026-11-20", agreedAt: "2026-01-01" }));
  await turnGoal(one("g"), "active");
  expect(last()).toMatchObject([{ set: { state: "active", closedAt: null } }]);
  expect([mayTurn(one("g"), "active"), mayTurn(one("g"), "dropped"), mayTurn(one("g"), "achieved")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("an adjusted goal is followed by a new one, which begins where it stood, in one change", async () => {
  show(goal("g", { agreedBy: ["me", "signe"], baseline: "1 dag", latest: "2 dage", measure: "Dage" }));
  const { id } = await adjustGoal(one("g"), { ...goalText(one("g")), title: "Fire dage" });
  expect(last()).toMatchObject([
    {
      rec: id,
      new: {
        title: "Fire dage",
        baseline: "2 dage",
        state: "active",
        agreedBy: ["me", "signe"],
        agreedAt: "2026-11-23",
      },
    },
    { rec: "g", set: { state: "adjusted", successor: id, closedAt: "2026-11-23" } },
  ]);
});

test("two who join a goal at the same time both stay", async () => {
  show(goal("g"));
  await agreeTo(one("g"), "signe" as never, true);
  expect(last()).toEqual([{ rec: "g", kind: "goal", add: { agreedBy: ["signe"] } }]);
  await agreeTo(one("g"), "signe" as never, false);
  expect(last()).toEqual([{ rec: "g", kind: "goal", remove: { agreedBy: ["signe"] } }]);
});

test("a look back takes the goals of its track, and each has one rating that can change", async () => {
  // PT9
  const look = rec("evaluation", "e1", { track: "home", person: "me", at: "2026-11-20" });
  show(goal("a", { track: "home" }), goal("b", { track: "school" }), look);
  const e1 = () => evaluation("e1") as NonNullable<ReturnType<typeof evaluation>>;
  expect(goalsIn(e1()).map(({ id }) => id)).toEqual(["a"]);
  await rate(e1(), one("a"), "some_progress");
  expect(last()).toMatchObject([{ kind: "rating", new: { evaluation: "e1", goal: "a", rating: "some_progress" } }]);
  show(
    goal("a", { track: "home", state: "achieved" }),
    look,
    rec("rating", "r1", { evaluation: "e1", goal: "a", rating: "some_progress" }),
  );
  expect([ratingOf(e1(), one("a")), goalsIn(e1()).length, ratingsFor(one("a")).length]).toEqual([
    "some_progress",
    1,
    1,
  ]);
  await rate(e1(), one("a"), "achieved");
  expect(last()).toEqual([
    { rec: "r1", kind: "rating", set: { rating: "achieved" }, was: { rating: "some_progress" } },
  ]);
});

test("my own look back can be filled in before the server has signed it, and nobody else's", async () => {
  show();
  await beginEvaluation({ track: "home", meeting: "" });
  expect((last()[0] as { new?: unknown }).new).toEqual({ track: "home", at: "2026-11-23" });
  const look = (f: Record<string, unknown>, more = {}) => rec("evaluation", "e1", f, more);
  expect(mayEvaluate(look({}, { waiting: true }))).toBe(true);
  expect(mayEvaluate(look({ person: "me" }))).toBe(true);
  expect(mayEvaluate(look({ person: "signe" }))).toBe(false);
  expect(mayEvaluate(look({ person: "signe" }, { waiting: true }))).toBe(false);
});

test("only a proposal of another level leads to the levels", () => {
  expect((["step_up", "step_down", "continue", undefined] as const).map(leadsToLevel)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
