import { beforeEach, expect, test } from "vitest";
import type { ModelID } from "../../../sync/plan/plan.gen.ts";
import * as moves from "./moves.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { addTrack, arenas } from "./tracks.ts";

const { askedFor, bareSpots, choicesOf, evaluationsFor, latestReview, mayMoveTo, missing, move, newMove } = moves;
const randers = "randers-5x2" as ModelID;
const ladder = "sst-buc-4" as ModelID;
const line = (id: string, to?: number) => ({ id, text: { da: id }, ...(to !== undefined && { to }) });
const levels = [1, 2, 3, 4, 5].map((n) => ({
  n,
  name: { da: `Niveau ${n}` },
  sentence: { da: "" },
  outcomes: [{ sign: "-", text: { da: "" }, next: [n + 1] }],
  procedureOut: [line("always"), line("up", n + 1)],
  ...(n === 4 && { reviewEvery: 6 }),
}));
const entry = (id: string, track: string, level: number, more = {}) =>
  rec("levelEntry", id, { model: randers, track, level, from: "2026-11-04", ...more });
const plan = [
  rec("case", "k1", { title: "Malthe", country: "DK", models: [randers, ladder] }),
  rec("model", randers, { levels, word: { da: "niveau" }, rules: { startAt: 1 } }),
  rec("model", ladder, { levels: levels.slice(0, 4), word: { da: "trin" }, rules: { startAt: 1 } }),
  rec("person", "me", { name: "Jonas Brandt", sector: "school" }),
  rec("track", "institution", { label: "Skole", arena: "institution", order: "a" }),
  rec("track", "home", { label: "Hjem", arena: "home", order: "b" }),
  rec("track", "pathway", { label: "Sundhedsforløb", arena: "pathway", order: "c" }),
  entry("s3", "institution", 3),
  entry("h1", "home", 1),
  entry("p3", "pathway", 3, { model: ladder }),
];
const may = { levelEntry: { new: true, set: ["outcome", "conveyedAt"] }, track: { new: true } };

let client: TestClient;
beforeEach(() => {
  client = openTest();
  client.show("k1", "me", plan, may, "professional_lead");
});

function on(track: string): moves.Spot {
  const spot = moves.spotOf(track);
  if (!spot) throw new Error("no such track");
  return spot;
}

test("the levels that the model expects next come first", () => {
  const { expected, others } = choicesOf(on("institution"));
  expect(expected.map(({ n }) => n)).toEqual([4]);
  expect(others.map(({ n }) => n)).toEqual([1, 2, 3, 5]);
});

test("a move asks for just what it needs, and says what is missing", () => {
  // LS20b, LS20c, LS21, R9
  const school = on("institution");
  const up = { ...newMove(), to: "4", from: "2026-11-23", reason: "Det er ikke nok" };
  expect(askedFor(school, up)).toEqual(["assessments", "followUp", "startingPoint", "review"]);
  expect(missing(school, up)).toEqual(["level.noAssessments", "level.noFollowUp", "level.noStartingPoint"]);
  expect(latestReview(school, up)).toBe("2027-05-23");
  expect(missing(school, { ...up, assessments: "PPV", followUp: "2027-01-10", startingPoint: "meeting" })).toEqual([]);
  expect(askedFor(school, { ...up, to: "5" })).toContain("skipReason"); // LS11
  expect(askedFor(school, { ...up, to: "3" })).toEqual([]);
  expect(askedFor(on("pathway"), { ...up, to: "2" })).toEqual(["efforts"]); // LS4
});

test("one change holds the new level and how the one before it ended", async () => {
  // LS30, R7
  const home = on("home");
  const settled = { leaderInvolved: "p", leaderRole: "x", nextTovholder: "p", familyInformedAt: "2026-11-22" };
  const form = { to: "2", from: "2026-11-23", reason: "r", outcome: "insufficient", ...settled };
  expect(missing(home, form)).toEqual([]);
  await move(home, form);
  expect(client.edits.at(-1)?.ops).toMatchObject([
    { rec: "h1", set: { outcome: "insufficient" }, was: { outcome: null } },
    { kind: "levelEntry", new: { model: randers, track: "home", level: 2, reason: "r", ...settled } },
  ]);
});

test("the kinds of help are a set of their own", async () => {
  // LS4
  await move(on("pathway"), { ...newMove(), to: "2", reason: "r", efforts: "social pedagogical" });
  expect(client.edits.at(-1)?.ops).toMatchObject([{ new: { efforts: ["social", "pedagogical"] } }]);
});

test("the leader, the tovholder and the service in charge are offered a move; nobody else", () => {
  // R8
  const offers = (id: string, sector: string, role: string, holder = "x") => {
    const holds = rec("tovholder", "tv", { person: holder, from: "2026-01-01" });
    client.show("k1", id, [...plan, rec("person", id, { name: "Nogen Her", sector }), holds], may, role);
    return [mayMoveTo(randers, 3), mayMoveTo(randers, 5), mayMoveTo(ladder, 3)];
  };
  expect(offers("a", "school", "professional_lead")).toEqual([true, true, true]);
  expect(offers("b", "school", "professional")).toEqual([false, false, false]);
  expect(offers("c", "school", "professional", "c")).toEqual([true, true, true]);
  expect(offers("d", "social_services", "professional")).toEqual([false, true, true]);
  expect(offers("e", "child_psychiatry", "professional")).toEqual([false, false, true]);
  client.show("k1", "me", plan, {}, "guardian");
  expect(moves.mayMove(on("home"))).toBe(false);
});

test("a track that stands on no level yet begins where all do", async () => {
  // LS10, LS11
  client.show("k1", "me", [...plan, rec("track", "new", { label: "Venner", order: "d" })], may, "professional_lead");
  expect(bareSpots.value.map(({ label }) => label)).toEqual(["Venner"]);
  expect(choicesOf(on("new")).expected.map(({ n }) => n)).toEqual([1]);
  await move(on("new"), { ...newMove(), to: "1", reason: "r" });
  expect(client.edits.at(-1)?.ops).toMatchObject([{ new: { model: randers, track: "new", level: 1 } }]);
});

test("a second problem in one arena stands beside the first with a level of its own", async () => {
  // LS9
  expect(arenas()).toEqual(["institution", "home", "pathway"]);
  await addTrack({ label: "Skole, venner", arena: "institution", reason: "Er meget alene" });
  const ops = client.edits.at(-1)?.ops as readonly { readonly rec: string; readonly new: Record<string, unknown> }[];
  const [track, first] = ops;
  expect(track).toMatchObject({ kind: "track", new: { label: "Skole, venner", arena: "institution" } });
  expect(String(track?.new.order) > "a" && String(track?.new.order) < "b").toBe(true);
  expect(first?.new).toMatchObject({ model: randers, track: track?.rec, level: 1, from: "2026-11-23" });
});

test("a problem of the pathway follows the pathway's own model", async () => {
  await addTrack({ label: "Søvn", arena: "pathway", reason: "r" });
  expect(client.edits.at(-1)?.ops[1]).toMatchObject({ new: { model: ladder, level: 1 } });
});

test("a move can rest on the evaluations of its own track, the newest first", () => {
  // LS3, LS30
  const evaluation = (id: string, at: string, track: string) => rec("evaluation", id, { at, track });
  const all = [evaluation("e1", "2026-10-01", "home"), evaluation("e2", "2026-11-01", "home")];
  client.show("k1", "me", [...plan, ...all, evaluation("e3", "2026-11-02", "institution")], may);
  expect(evaluationsFor("home").map(({ id }) => id)).toEqual(["e2", "e1"]);
});

test("what the model says to remember is told for the move that it belongs to", () => {
  // LS2c
  expect(moves.procedureOf(on("institution").level, 4).map(({ id }) => id)).toEqual(["up"]);
  expect(moves.procedureOf(on("institution").level, 5)).toEqual([]);
});
