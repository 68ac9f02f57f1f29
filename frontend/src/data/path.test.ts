import { beforeEach, expect, test } from "vitest";
import { answerReferral, answersTo, daysLeft, markers, needsFollowUp, referrals } from "./path.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const plan = rec("case", "k1", { title: "Malthe", country: "DK" });
beforeEach(() => {
  client = openTest();
});

test("a no from psychiatry comes with somebody who follows up on a day, in one change", async () => {
  // NO6
  client.show("k1", "me", [plan, rec("referral", "r1", { to: "child_psychiatry", person: "me", state: "sent" })], {
    referral: { own: ["state"] },
  });
  const one = referrals.value[0];
  if (!one) throw new Error("no referral");
  expect(answersTo(one)).toEqual(["accepted", "refused"]);
  expect(needsFollowUp("refused") && needsFollowUp("ended") && !needsFollowUp("accepted")).toBe(true);
  await answerReferral(one, "refused", { who: "p2", due: "2026-12-07", title: "Følge opp" });
  expect(client.edits.at(-1)?.ops).toMatchObject([
    { rec: "r1", set: { state: "refused" }, was: { state: "sent" } },
    { kind: "task", new: { type: "follow_up", referral: "r1", responsible: "p2", due: "2026-12-07" } },
  ]);
});

test("the clock that runs out first stands first, and what has ended last", () => {
  // R28, DL4
  client.show("k1", "me", [
    plan,
    rec("legalMarker", "late", { type: "childs_plan", due: "2027-02-23" }),
    rec("legalMarker", "over", { type: "child_assessment", due: "2026-11-30", endedAt: "2026-11-20" }),
    rec("legalMarker", "soon", { type: "report_receipt", due: "2026-11-30" }),
  ]);
  expect(markers.value.map(({ id }) => id)).toEqual(["soon", "late", "over"]);
  expect(daysLeft("2026-11-30")).toBe(7);
});
