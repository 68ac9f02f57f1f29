import { beforeEach, expect, test } from "vitest";
import { speak } from "../text/testwords.ts";
import { askFeed, closeFeed, feed, feedAddress, openFeed } from "./feed.ts";
import { openTest, type TestClient } from "./testclient.ts";

let client: TestClient;
beforeEach(() => {
  speak("nb");
  client = openTest();
  feed.value = null;
  feedAddress.value = null;
  Object.assign(globalThis, { location: { origin: "https://plan.example" } });
});

test("an address is made in the person's language, shown once, and taken back", async () => {
  client.answers.set("GET /api/v1/calendar", { on: false });
  await askFeed();
  expect(feed.value).toEqual({ on: false });
  client.answers.set("PUT /api/v1/calendar", { path: "/api/v1/calendar/x.ics" });
  expect(await openFeed(false)).toBe(true);
  expect(client.asked.at(-1)?.body).toEqual({ language: "nb", details: false });
  expect([feed.value, feedAddress.value]).toEqual([
    { on: true, details: false },
    "https://plan.example/api/v1/calendar/x.ics",
  ]);
  await askFeed();
  expect(feedAddress.value).toBeNull();
  client.answers.set("DELETE /api/v1/calendar", {});
  expect(await closeFeed()).toBe(true);
  expect(feed.value).toEqual({ on: false });
});

test("without network nothing is said to be done", async () => {
  await askFeed();
  expect(feed.value).toBeNull();
  expect([await openFeed(true), await closeFeed()]).toEqual([false, false]);
  expect(feedAddress.value).toBeNull();
});
