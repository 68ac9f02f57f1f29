import { beforeEach, expect, test } from "vitest";
import type { Rec } from "../../../sync/client/types.ts";
import type { Day, PersonID, RecordID } from "../../../sync/plan/plan.gen.ts";
import { space } from "./case.ts";
import { answer, askConsent, consents, owedBy, services, whoAnswers } from "./consents.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const people = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  rec("person", "signe", { name: "Signe", sector: "family" }),
  rec("person", "thomas", { name: "Thomas", sector: "family" }),
  rec("person", "malthe", { name: "Malthe", sector: "family" }),
  rec("person", "karen", { name: "Karen", sector: "school" }),
  rec("person", "line", { name: "Line", sector: "child_psychiatry" }),
  rec("membership", "m1", { person: "signe", role: "guardian", custody: "joint" }),
  rec("membership", "m2", { person: "thomas", role: "guardian", custody: "none" }),
  rec("membership", "m3", { person: "karen", role: "professional" }),
];
const child = (birthYear: number) => rec("child", "ch", { name: "Malthe", person: "malthe", birthYear });
const consent = (state: string, more: Record<string, unknown> = {}) =>
  rec("consent", "c1", { purpose: "x", state, requiredFrom: ["signe", "thomas"], ...more });
const said = (id: string, who: string, what: string, seq: number) =>
  rec("consentAnswer", id, { consent: "c1", person: who, answer: what }, { seq });
const family = { consentAnswer: { new: true } };
const staff = { consent: { new: true }, consentAnswer: { new: true } };
const show = (who: string, may: Record<string, unknown>, ...more: Rec[]) => {
  client.show("k1", who, [...people, child(2015), ...more], may);
  return consents.value[0];
};

beforeEach(() => {
  client = openTest();
});

test("who is asked and has not answered owes it, and the last answer counts (R34)", () => {
  expect(show("signe", family, consent("requested"))).toMatchObject({ isOwed: true, mayWithdraw: false });
  const yes = show("signe", family, consent("requested"), said("a1", "signe", "no", 3), said("a2", "signe", "yes", 5));
  expect(yes).toMatchObject({ isOwed: false, mayWithdraw: true });
  expect(yes?.asked.map(({ answer: what }) => what)).toEqual(["yes", null]);
  expect(space.value && owedBy(space.value, "signe" as PersonID)).toEqual([]);
  expect(space.value && owedBy(space.value, "thomas" as PersonID)).toHaveLength(1);
  const unsent = show(
    "signe",
    family,
    consent("given"),
    said("a1", "signe", "yes", 5),
    said("a2", "signe", "withdrawn", 0),
  );
  expect(unsent?.mayWithdraw).toBe(false);
});

test("an answer by mouth is written down by somebody at work, for who has not answered (R36)", () => {
  const one = show("karen", staff, consent("requested"), said("a1", "signe", "yes", 5));
  expect(one?.mayRecord.map(({ id }) => id)).toEqual(["thomas"]);
  expect(show("signe", family, consent("requested"))?.mayRecord).toEqual([]);
  expect(show("karen", staff, consent("given"))?.mayRecord).toEqual([]);
});

test("a consent that has run out is ended, whatever was said (R37)", () => {
  expect(show("signe", family, consent("given", { validTo: "2020-01-01" as Day }))?.standing).toBe("ended");
  expect(show("signe", family, consent("given", { validTo: "2999-01-01" as Day }))?.standing).toBe("given");
});

test("under the age all who hold custody are asked, from it the young person alone (R34)", async () => {
  client.show("k1", "karen", [...people, child(2015)], staff);
  expect(whoAnswers.value.map(({ id }) => id)).toEqual(["signe"]);
  client.show("k1", "karen", [...people, child(2005)], staff);
  expect(whoAnswers.value.map(({ id }) => id)).toEqual(["malthe"]);
  expect(services.value).toEqual(["child_psychiatry", "school"]);
  await askConsent({
    purpose: "Skolen vil kende planen",
    from: new Set(["child_psychiatry"]),
    to: new Set(["school"]),
    categories: new Set(["health"]),
  });
  await answer("c1" as RecordID, "yes", "signe" as PersonID);
  expect(client.edits.flatMap(({ ops }) => ops)).toMatchObject([
    { kind: "consent", new: { requiredFrom: ["malthe"], fromSectors: ["child_psychiatry"], toSectors: ["school"] } },
    { kind: "consentAnswer", new: { consent: "c1", answer: "yes", person: "signe" } },
  ]);
});
