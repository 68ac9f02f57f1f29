import { beforeEach, expect, test } from "vitest";
import { speak } from "../text/testwords.ts";
import { mayMeetAgain, meetAgain, nextDay } from "./followup.ts";
import { meeting } from "./meetings.ts";
import { openTest, type TestClient } from "./testclient.ts";
import { asLeader, lastOps, ready } from "./testmeeting.ts";

let client: TestClient;
beforeEach(() => {
  speak("da");
  client = openTest();
});

function shown(f: Record<string, unknown>) {
  asLeader(client, ...ready(f));
  const one = meeting("m1");
  if (!one) throw new Error("there is no meeting to try");
  return one;
}

const made = (kind: string) =>
  lastOps(client).flatMap((op) => ("new" in op && op.kind === kind ? [op.new as Record<string, unknown>] : []));

test("the same circle meets again in one change: who and what they do, and nothing that must be asked anew", async () => {
  // MT21 R22
  const one = shown({ state: "held", childHow: "part_of_it" });
  expect(mayMeetAgain(one)).toBe(true);
  const { id } = await meetAgain(one);
  expect(client.edits).toHaveLength(1);
  const [again] = made("meeting");
  expect(again).toMatchObject({ follows: "m1", state: "draft", kind: "tvaerfagligt_netvaerksmoede", form: "hybrid" });
  for (const field of ["start", "purpose", "chosenAt", "formChosenAt", "childAsked", "childHow", "relevantAt"])
    expect(again).not.toHaveProperty(field);
  expect(made("participant")).toMatchObject([
    { meeting: id, person: "jonas" },
    { meeting: id, person: "signe", role: "mor", reply: "not_invited" },
  ]);
  expect(made("agendaItem").map(({ title }) => title)).toContain("Siden sidst: det, vi aftalte");
});

test("a meeting that is still to come is moved, not met again", () => {
  expect(mayMeetAgain(shown({ state: "invited" }))).toBe(false);
});

test("a row of meetings goes on at the same time: a week on, or the same weekday of the next month", async () => {
  // MT24
  expect(nextDay(shown({ state: "invited", recurring: "weekly" }))).toBe("2026-12-10");
  // the first Thursday of December is followed by the first of January, which is New Year's week
  expect(nextDay(shown({ state: "invited", recurring: "monthly" }))).toBe("2027-01-07");
  expect(nextDay(shown({ state: "draft", recurring: "weekly" }))).toBeNull();
  expect(nextDay(shown({ state: "held" }))).toBeNull();
  const long = shown({
    state: "held",
    recurring: "weekly",
    start: "2026-10-01T12:00:00Z",
    end: "2026-10-01T13:00:00Z",
  });
  expect(nextDay(long)).toBe("2026-11-26"); // the first that is still to come
  await meetAgain(long, nextDay(long));
  // two o'clock in October is two o'clock in November
  expect(made("meeting")).toMatchObject([{ start: "2026-11-26T13:00:00Z", recurring: "weekly" }]);
});
