import { beforeEach, expect, test } from "vitest";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { timeline } from "./timeline.ts";

let client: TestClient;
const levels = [1, 2, 3, 4, 5].map((n) => ({
  n,
  name: { da: `Niveau ${n}` },
  sentence: { da: "" },
  outcomes: [{ sign: "-", text: { da: "" }, next: [n + 1] }],
  ...(n === 4 && { reviewEvery: 6 }),
}));
const plan = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  rec("model", "randers-5x2", { levels, word: { da: "niveau" } }),
  rec("track", "institution", { label: "Skole", order: "a" }),
  rec("track", "home", { label: "Hjem", order: "b" }),
  rec("levelEntry", "s1", {
    model: "randers-5x2",
    track: "institution",
    level: 1,
    from: "2026-11-04",
    to: "2026-11-13",
  }),
  rec("levelEntry", "s3", { model: "randers-5x2", track: "institution", level: 3, from: "2026-11-14" }),
  rec("levelEntry", "h1", { model: "randers-5x2", track: "home", level: 1, from: "2026-11-04" }),
];

beforeEach(() => {
  client = openTest();
  client.show("k1", "me", plan, { levelEntry: { new: true } });
});

test("both tracks lie on one axis of time, from the first day to today", () => {
  // PT5, LS8, LS9
  const { lines } = timeline.value;
  expect(lines.map(({ label }) => label)).toEqual(["Skole", "Hjem"]);
  const [school, home] = lines;
  expect(school?.stretches.map(({ level, start, width }) => [level, start, width])).toEqual([
    [1, 0, 0.5],
    [3, 0.5, 0.5],
  ]);
  expect(home?.stretches).toMatchObject([{ level: 1, start: 0, width: 1, to: "" }]);
});

test("a stretch of one day has room for its number, and nothing falls off the end", () => {
  const short = (id: string, level: number, from: string, to?: string) =>
    rec("levelEntry", id, { model: "randers-5x2", track: "new", level, from, ...(to && { to }) });
  client.show("k1", "me", [
    ...plan,
    rec("track", "new", { label: "Venner", order: "d" }),
    short("n1", 1, "2025-11-04", "2026-11-20"),
    short("n2", 2, "2026-11-21", "2026-11-21"),
    short("n3", 3, "2026-11-22"),
  ]);
  const [, second, third] = timeline.value.lines.at(-1)?.stretches ?? [];
  expect(second?.width).toBeCloseTo(0.05);
  expect((second?.start ?? 0) + (second?.width ?? 0)).toBeCloseTo(third?.start ?? 0);
  expect((third?.start ?? 0) + (third?.width ?? 0)).toBeCloseTo(1);
});

test("meetings that were held are knots on the rope; a draft and one called off are not", () => {
  const meeting = (id: string, state: string, day: string) =>
    rec("meeting", id, { title: "Netværksmøde", state, start: `${day}T14:00:00+01:00` });
  client.show("k1", "me", [
    ...plan,
    meeting("m1", "minutes_shared", "2026-11-14"),
    meeting("m2", "cancelled", "2026-11-15"),
    meeting("m3", "draft", "2026-11-16"),
    meeting("m4", "invited", "2026-12-03"),
  ]);
  expect(timeline.value.knots).toEqual([{ key: "m1", title: "Netværksmøde", day: "2026-11-14", at: 0.5 }]);
});
