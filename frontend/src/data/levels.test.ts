// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { lanes, said } from "./levels.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const levels = (...numbers: number[]) => numbers.map((n) => ({ n, name: { da: `nr. ${n}` }, sentence: { da: "" } }));
const base = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  rec("model", "randers-5x2", { word: { da: "niveau" }, name: { da: "Randers" }, levels: levels(1, 2, 3, 4, 5) }),
  rec("model", "sst-buc-4", { word: { da: "trin" }, name: { da: "Psykiatrien" }, levels: levels(1, 2, 3, 4) }),
  rec("track", "home", { label: "Hjem", order: "b" }),
  rec("track", "institution", { label: "Skole", order: "a" }),
  rec("track", "pathway", { label: "Psykiatri", order: "c" }),
];
const entry = (id: string, track: string, level: number, from: string, more: Record<string, unknown> = {}) =>
  rec("levelEntry", id, { model: "randers-5x2", track, level, from, ...more });
const shown = () => lanes.value.map(({ label, word, now }) => [label, said(word, "da").text, now.f.level]);

beforeEach(() => {
  client = openTest();
});

// LS1 LS8 LS9 R10 TN2: levels and steps stand side by side, each under its own word.
test("school on 1, home on 5 and psychiatry on step 3 are shown at once", () => {
  client.show("k1", "me", [
    ...base,
    entry("i1", "institution", 1, "2026-02-02"),
    entry("h5", "home", 5, "2026-10-05"),
    entry("s3", "pathway", 3, "2026-10-12", { model: "sst-buc-4" }),
  ]);
  expect(shown()).toEqual([
    ["Skole", "niveau", 1],
    ["Hjem", "niveau", 5],
    ["Psykiatri", "trin", 3],
  ]);
});

// LS30: what came before stays to be read, latest first.
test("a lane stands on its open entry, and keeps those before it as its history", () => {
  client.show("k1", "me", [
    ...base,
    entry("i1", "institution", 1, "2026-02-02", { to: "2026-03-22", reason: "Uro" }),
    entry("i2", "institution", 2, "2026-03-23", { reason: "Sparring" }),
    entry("h1", "home", 1, "2026-02-02", { to: "2026-10-04" }),
  ]);
  expect(shown()).toEqual([["Skole", "niveau", 2]]);
  expect(lanes.value[0]?.history.map(({ f }) => f.reason)).toEqual(["Sparring", "Uro"]);
  expect(said(lanes.value[0]?.level?.name, "nb")).toEqual({ text: "nr. 2", lang: "da" });
});

// DOMAIN 2.1: exactly one open entry for each model and track.
test("a move that is not sent yet ends the level before it on this phone too", () => {
  const moved = (id: string, level: number, more: { readonly seq: number; readonly waiting?: true }) =>
    rec("levelEntry", id, { model: "randers-5x2", track: "home", level, from: "2026-11-23" }, more);
  const one = entry("h1", "home", 1, "2026-02-02");
  const two = moved("h2", 2, { seq: 7 });
  client.show("k1", "me", [...base, one, two, moved("h3", 3, { waiting: true, seq: 0 })]);
  expect(shown()).toEqual([["Hjem", "niveau", 3]]);
  expect(lanes.value[0]?.history.map(({ f }) => [f.level, f.to])).toEqual([
    [3, undefined],
    [2, "2026-11-23"],
    [1, "2026-11-22"],
  ]);
});

test("a level that was left on the day it began comes before the one that followed it", () => {
  // The server writes the end of one and the other in one commit, so that their numbers tell nothing.
  const left = entry("h2", "home", 2, "2026-11-23", { to: "2026-11-23" });
  const next = entry("h3", "home", 3, "2026-11-23");
  for (const both of [
    [left, next],
    [next, left],
  ]) {
    client.show("k1", "me", [...base, ...both]);
    expect(lanes.value[0]?.history.map(({ f }) => f.level)).toEqual([3, 2]);
  }
});
