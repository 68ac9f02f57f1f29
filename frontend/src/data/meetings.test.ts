import { beforeEach, expect, test } from "vitest";
import { agreements, coming, earlier, mayReply, meeting, myPlace, participants, reply, tellPlace } from "./meetings.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const may = { participant: { own: ["reply", "apology"] } };
const place = (who: string, answer: string) =>
  rec("participant", `p-${who}`, { meeting: "m2", person: who, reply: answer });
const records = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  rec("meeting", "m1", { title: "Før", state: "minutes_shared", start: "2026-11-10T14:30:00+01:00", tasks: ["t1"] }),
  rec("meeting", "m2", { title: "Næste", state: "invited", start: "2026-12-03T14:00:00+01:00" }),
  rec("meeting", "m3", { title: "Aflyst", state: "cancelled", start: "2026-12-10T14:00:00+01:00" }),
  place("karen", "declined"),
  place("me", "no_reply"),
  place("jonas", "accepted"),
  rec("task", "t1", { title: "Ringe til PPR", responsible: "karen" }),
  rec("task", "t2", { title: "Skrive plan", responsible: "jonas", sourceMeeting: "m1" }),
  rec("task", "t3", { title: "Noget andet", responsible: "jonas" }),
];
const next = () => {
  const found = meeting("m2");
  if (!found) throw new Error("the meeting is gone");
  return found;
};

beforeEach(() => {
  client = openTest();
  client.show("k1", "me", records, may);
});

test("meetings to come stand apart from those held or called off", () => {
  expect(coming.value.map(({ id }) => id)).toEqual(["m2"]);
  expect(earlier.value.map(({ id }) => id)).toEqual(["m3", "m1"]);
});

// DL1b MT8: before the meeting it shows who comes, who has not answered and who does not come.
test("those who come stand first, then who has not answered, then who does not come", () => {
  expect(participants(next()).map(({ f }) => [f.person, f.reply])).toEqual([
    ["jonas", "accepted"],
    ["me", "no_reply"],
    ["karen", "declined"],
  ]);
});

// MT7: not coming is told, with a reason.
test("an answer is one's own, and not coming is told with its reason", async () => {
  const mine = myPlace(next());
  expect(mayReply(mine)).toEqual(["accepted", "tentative", "declined"]);
  if (!mine) throw new Error("I have no place");
  await reply(mine, "declined");
  await tellPlace(mine, "apology", "Jeg er på arbejde");
  expect(client.edits.flatMap(({ ops }) => ops)).toMatchObject([
    { rec: "p-me", set: { reply: "declined" }, was: { reply: "no_reply" } },
    { rec: "p-me", set: { apology: "Jeg er på arbejde" } },
  ]);
  expect(mayReply(participants(next()).find(({ f }) => f.person === "karen"))).toEqual([]);
});

// PT2: what was agreed at a meeting is found from it.
test("a meeting leads to what was agreed there, and to nothing else", () => {
  const held = meeting("m1");
  expect(held && agreements(held).map(({ id }) => id)).toEqual(["t1", "t2"]);
});
