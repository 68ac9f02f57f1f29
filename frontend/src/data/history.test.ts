import { beforeEach, expect, test } from "vitest";
import type { HistoryEntry } from "../../../sync/client/types.ts";
import type { RecordID } from "../../../sync/plan/plan.gen.ts";
import { speak } from "../text/testwords.ts";
import { space } from "./case.ts";
import { tellHistory } from "./history.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const base = [
  rec("case", "k1", { title: "Malthe" }),
  rec("person", "karen", { name: "Karen Lyhne" }),
  rec("person", "jonas", { name: "Jonas Brandt" }),
  rec("person", "me", { name: "Nadia Elmasry" }),
  rec("goal", "g1", { title: "Malthe kommer glad i skole" }),
  rec("task", "t1", { title: "Ringe" }),
];
const entry = (f: Record<string, unknown>) => ({ seq: 1, at: "2026-11-23T07:02:00Z", by: "jonas", ...f });
function told(...entries: Record<string, unknown>[]): string[] {
  if (!space.value) throw new Error("no plan");
  const lines = tellHistory(space.value, "t1" as RecordID, entries.map(entry) as unknown as HistoryEntry[]);
  return lines.flatMap(({ sentences }) => sentences).map((one) => one.replaceAll("\u00a0", " "));
}

beforeEach(() => {
  speak("da");
  client = openTest();
  client.show("k1", "me", base);
});

test("a record's life is told in sentences, the newest first", () => {
  expect(
    told(
      { new: true, by: undefined, set: { title: "Ring" } },
      { set: { title: "Ringe" }, was: { title: "Ring" } },
      { set: { due: "2026-11-25", responsible: "karen" }, was: { due: "2026-11-24", responsible: "me" } },
      { add: { helpers: ["me"] } },
      { by: "karen", set: { state: "done" }, was: { state: "open" } },
    ),
  ).toEqual([
    "Karen satte flueben: gjort.",
    "Jonas tog Nadia Elmasry med som hjælper.",
    "Jonas flyttede datoen fra tirsdag 24. november til onsdag 25. november.",
    "Jonas gav opgaven til Karen Lyhne.",
    "Jonas ændrede titlen fra ”Ring” til ”Ringe”.",
    "Kom fra den gamle plan.",
  ]);
});

test("every change that people make has a sentence of its own", () => {
  expect(told({ new: true })).toEqual(["Jonas skrev opgaven."]);
  expect(told({ set: { due: null }, was: { due: "2026-11-24" } })).toEqual(["Jonas tog datoen væk."]);
  expect(told({ set: { due: "2026-11-24" } })).toEqual(["Jonas satte datoen til tirsdag 24. november."]);
  expect(told({ set: { responsible: "jonas" } })).toEqual(["Jonas tog opgaven."]);
  expect(told({ set: { state: "open" }, was: { state: "done" } })).toEqual(["Jonas tog fluebenet væk igen."]);
  expect(told({ set: { state: "blocked" } })).toEqual(["Jonas skrev, at den sidder fast."]);
  expect(told({ remove: { helpers: ["jonas"] } })).toEqual(["Jonas hjælper ikke længere."]);
  expect(told({ set: { goal: "g1" } })).toEqual(["Jonas ændrede Mål til Malthe kommer glad i skole."]);
  expect(told({ set: { sensitivity: "health" } })).toEqual(["Jonas ændrede noget i opgaven."]);
  expect(told({ del: true }, { back: true })).toEqual(["Jonas hentede opgaven tilbage.", "Jonas slettede opgaven."]);
});

test("I am you, and somebody this phone does not know is another", () => {
  expect(told({ by: "me", set: { state: "in_progress" } })).toEqual(["Du gik i gang."]);
  expect(told({ by: "who", set: { state: "in_progress" } })).toEqual(["En anden gik i gang."]);
});

test("what came late is told as late, and waits only as long as nobody has chosen", () => {
  const late = { set: { title: "Anden" }, late: ["title"] };
  expect(told(late)).toEqual(["Jonas’ ændring kom sent: ”Anden”."]);
  const clash = rec("conflict", "x1", { record: "t1", field: "title", claimedBy: "jonas", state: "open" });
  client.show("k1", "me", [...base, clash]);
  expect(told(late)).toEqual(["Jonas’ ændring kom sent og venter på et valg: ”Anden”."]);
  expect(told({ ...late, by: "me" })).toEqual(["Din ændring kom sent: ”Anden”."]);
  expect(told({ chose: "mine", set: { title: "Anden" } })).toEqual(["Jonas valgte ”Anden”."]);
});

test("what was written long before it was sent says both times", () => {
  const at = "2026-11-23T07:02:00Z";
  const lines = (made: string) =>
    space.value && tellHistory(space.value, "t1" as RecordID, [entry({ at, made, del: true }) as never]);
  expect(lines("2026-11-22T15:00:00Z")?.[0]?.written?.replaceAll("\u00a0", " ")).toBe("i går kl. 16");
  expect(lines("2026-11-23T07:01:50Z")?.[0]?.written).toBeNull();
});

test("the same in Norwegian and English", () => {
  speak("nb");
  expect(told({ set: { title: "Ringe" }, was: { title: "Ring" } })).toEqual([
    "Jonas endret tittelen fra «Ring» til «Ringe».",
  ]);
  speak("en");
  expect(told({ set: { title: "Anden" }, late: ["title"] })).toEqual(["Jonas’s change came late: “Anden”."]);
});
