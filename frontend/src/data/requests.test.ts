import { beforeEach, expect, test } from "vitest";
import { meeting, unanswered } from "./meetings.ts";
import { answerRequest, askerOf, askForMeeting, isOpen, mayAnswer, ownerOf, requests } from "./requests.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { asLeader, lastOps, people, ready } from "./testmeeting.ts";
import { answerWish, mayAnswerWish, mayWish, wishesFor, wishFor } from "./wishes.ts";

let client: TestClient;
beforeEach(() => {
  client = openTest();
});

const asks = { meetingRequest: { new: true }, wish: { new: true } };
const request = (id: string, f: Record<string, unknown>, more = {}) =>
  rec("meetingRequest", id, { background: id, person: "signe", owner: "jonas", ...f }, more);

test("a wish for a meeting that is not sent yet is mine, and the tovholder owes the answer", async () => {
  // R21 MT12
  client.show("k1", "signe", people, asks);
  await askForMeeting("Morgenerne er svære");
  expect(lastOps(client)).toMatchObject([{ kind: "meetingRequest", new: { background: "Morgenerne er svære" } }]);
  const mine = request("q1", { person: undefined, owner: undefined }, { waiting: true });
  client.show("k1", "signe", [...people, mine], asks);
  expect(askerOf(mine)?.isMe).toBe(true);
  expect(ownerOf(mine)?.name).toBe("Jonas Brandt");
});

test("open wishes come first; one that became a meeting is no longer listed", () => {
  const no = request("no", { answer: "no", reason: "Vi ses torsdag", at: "2026-11-20T08:00:00Z" });
  asLeader(client, no, request("open", {}), request("met", { answer: "meeting" }));
  expect(requests.value.map(({ id }) => id)).toEqual(["open", "no"]);
  expect(isOpen(no)).toBe(false);
});

test("who owes the answer may give it; who asked may not", async () => {
  const open = request("q1", {});
  asLeader(client, open);
  expect(mayAnswer(open, "no")).toBe(true);
  expect(mayAnswer(request("q2", { answer: "talk" }), "meeting")).toBe(true);
  expect(mayAnswer(request("q3", { answer: "no" }), "talk")).toBe(false);
  await answerRequest(open, "no", "Vi ses allerede torsdag");
  expect(lastOps(client)).toMatchObject([{ set: { answer: "no", reason: "Vi ses allerede torsdag" } }]);
  client.show("k1", "signe", [...people, open], asks);
  expect(mayAnswer(open, "no")).toBe(false);
});

test("a wish for others waits first in the list for whoever calls the meeting", async () => {
  // R18 MT7
  const open = rec("wish", "w1", { meeting: "m1", person: "signe", wish: "Mormor", due: "2026-11-30" });
  const told = rec("wish", "w0", { meeting: "m1", person: "signe", wish: "Klubben", outcome: "Ja" });
  asLeader(client, ...ready({ state: "invited" }), told, open);
  const one = meeting("m1");
  if (!one) throw new Error("there is no meeting to try");
  expect(wishesFor(one).map(({ id }) => id)).toEqual(["w1", "w0"]);
  expect(mayAnswerWish(open)).toBe(true);
  await answerWish(open, "Birthe er inviteret");
  expect(lastOps(client)).toMatchObject([{ rec: "w1", set: { outcome: "Birthe er inviteret" } }]);
  client.show("k1", "signe", [...people, ...ready({ state: "invited" }), open], asks);
  expect(mayAnswerWish(open)).toBe(false);
  expect(mayWish(one)).toBe(true);
  await wishFor(one, "Mormor");
  expect(lastOps(client)).toMatchObject([{ kind: "wish", new: { meeting: "m1", wish: "Mormor" } }]);
});

test("who was invited and has not answered is named, and the convenor is not", () => {
  // DL1b MT8
  const silent = (id: string, person: string) => rec("participant", id, { meeting: "m1", person, reply: "no_reply" });
  const one = ready({ state: "invited" })[0];
  asLeader(client, ...(one ? [one] : []), silent("p1", "signe"), silent("p2", "jonas"));
  const shown = meeting("m1");
  expect(shown && unanswered(shown).map(({ f }) => f.person)).toEqual(["signe"]);
});
