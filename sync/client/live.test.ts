import { afterEach, describe, expect, test, vi } from "vitest";
import { phone, rec, serverWithTask, shown, space, TestPage, until, usePhones } from "./testphone.ts";
import { problem, type TestServer } from "./testserver.ts";
import type { Client } from "./types.ts";

usePhones();
afterEach(() => {
  vi.useRealTimers();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
const count = (server: TestServer, path: string) => server.asked.filter((asked) => asked.path === path).length;
const write = (server: TestServer, title: string) => server.write(space, { id: rec("t1"), f: { title } });

/** Gives the event loop turns until a condition holds. */
async function soon(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !condition(); i++) await turn();
  expect(condition()).toBe(true);
}

async function pass(ms: number, condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) {
    await vi.advanceTimersByTimeAsync(ms);
    for (let j = 0; j < 20; j++) await turn();
  }
  expect(condition()).toBe(true);
}

async function livePhone(server: TestServer, page = new TestPage()): Promise<Client> {
  const client = await phone(server, { page: page.asWindow() });
  await client.sync();
  await soon(() => server.live !== undefined);
  server.asked.length = 0;
  return client;
}

describe("news", () => {
  test("a poke brings that space, and only that", async () => {
    const server = serverWithTask();
    const client = await livePhone(server);
    write(server, "news");
    server.say('data: {"k":"k7","s":2}\n\n');
    await until(client, () => shown(client, "t1")?.title === "news");
    expect(server.bodies("sync/pull")).toMatchObject([{ only: ["k7"] }]);
  });

  test("a poke about what is already here asks for nothing", async () => {
    const server = serverWithTask();
    await livePhone(server);
    server.say('data: {"k":"k7","s":1}\n\n');
    for (let i = 0; i < 50; i++) await turn();
    expect(count(server, "sync/pull")).toBe(0);
  });

  test("news that could not be fetched are fetched when the network is back", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const server = serverWithTask();
    const client = await livePhone(server);
    server.intercept = ({ path }) => (path === "sync/pull" ? new Response("<html>") : undefined);
    write(server, "news");
    server.say('data: {"k":"k7","s":2}\n\n');
    await soon(() => !client.state().reachable && !client.state().busy);
    server.intercept = undefined;
    await pass(1000, () => shown(client, "t1")?.title === "news");
    expect(count(server, "sync/live")).toBe(0);
  });

  test("after a reconnect only what is behind the heads is asked for", async () => {
    const server = serverWithTask();
    server.write("k8" as typeof space, { id: rec("t2"), f: {} });
    const client = await livePhone(server);
    write(server, "news");
    server.say('event: head\ndata: {"k7":2,"k8":1}\n\n');
    await until(client, () => shown(client, "t1")?.title === "news");
    expect(server.bodies("sync/pull")).toMatchObject([{ only: ["k7"] }]);
  });

  test("a head that does not name a space any more has it looked at", async () => {
    const server = serverWithTask();
    const client = await livePhone(server);
    server.removed.add(space);
    server.say("event: head\ndata: {}\n\n");
    await until(client, () => client.spaces().size === 0);
  });

  test("a change of rights has everything looked at", async () => {
    const server = serverWithTask();
    const client = await livePhone(server);
    server.write("k9" as typeof space, { id: rec("t9"), f: {} });
    server.say("event: scope\ndata: {}\n\n");
    await until(client, () => client.spaces().size === 2);
  });

  test("a revoked session ends", async () => {
    const server = serverWithTask();
    const client = await livePhone(server);
    server.cookie = null;
    server.say("event: revoke\ndata: {}\n\n");
    await until(client, () => client.state().signedOut);
  });

  test("what is no event of ours does nothing", async () => {
    const server = serverWithTask();
    await livePhone(server);
    for (const data of ["{", "7", "null", "[]", '{"k":7}', '{"s":9}', '{"k":"k7","s":"x"}'])
      server.say(`data: ${data}\n\n`);
    for (const data of ["{", "7", "null", "[]", '{"k7":"x"}', '{"k7":-1}'])
      server.say(`event: head\ndata: ${data}\n\n`);
    for (let i = 0; i < 50; i++) await turn();
    expect(count(server, "sync/pull")).toBe(0);
  });
});

describe("the stream", () => {
  test("is held only while the page is visible", async () => {
    const server = serverWithTask();
    const page = new TestPage();
    await livePhone(server, page);
    page.look("hidden");
    await expect(async () => server.say("x")).rejects.toThrow();
    server.live = undefined;
    page.look("visible");
    await soon(() => server.live !== undefined);
  });

  test("carries the access token in a header", async () => {
    const server = serverWithTask();
    const page = new TestPage();
    await phone(server, { page: page.asWindow() });
    await soon(() => count(server, "sync/live") === 1);
    expect(server.asked.find(({ path }) => path === "sync/live")).toMatchObject({ bearer: "Bearer good", body: "" });
  });

  test("comes back after the wait that the server named", async () => {
    const server = serverWithTask();
    await livePhone(server);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    server.say("retry: 2500\n\n");
    server.live?.close();
    for (let i = 0; i < 20; i++) await turn();
    await vi.advanceTimersByTimeAsync(2400);
    expect(count(server, "sync/live")).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    await soon(() => count(server, "sync/live") === 1);
  });

  test("that stays silent for 40 s is given up, and the phone asks each minute instead", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const server = serverWithTask();
    await livePhone(server);
    await pass(10_000, () => count(server, "sync/pull") === 1);
    await pass(10_000, () => count(server, "sync/pull") === 3);
    expect(count(server, "sync/live")).toBe(0);
    await pass(60_000, () => count(server, "sync/live") === 1);
  });

  test("that says something at least every 15 s is kept", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const server = serverWithTask();
    await livePhone(server);
    for (let i = 0; i < 8; i++) {
      await vi.advanceTimersByTimeAsync(15_000);
      server.say(":\n\n");
      for (let j = 0; j < 10; j++) await turn();
    }
    expect(count(server, "sync/pull")).toBe(0);
    expect(count(server, "sync/live")).toBe(0);
  });

  test("that is refused for a while is asked for again when the server said", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const server = serverWithTask();
    server.intercept = ({ path }) =>
      path === "sync/live" ? problem(429, "too-many-streams", {}, { "Retry-After": "30" }) : undefined;
    const client = await phone(server, { page: new TestPage().asWindow() });
    await client.sync();
    await soon(() => count(server, "sync/live") === 1);
    server.intercept = undefined;
    await vi.advanceTimersByTimeAsync(29_000);
    expect(count(server, "sync/live")).toBe(1);
    await pass(1000, () => count(server, "sync/live") === 2);
  });

  test("a cut stream is tried again, later each time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const server = serverWithTask();
    await livePhone(server);
    server.intercept = ({ path }) => (path === "sync/live" ? new Response("<html>") : undefined);
    server.live?.error(new TypeError("cut"));
    for (let i = 0; i < 20; i++) await turn();
    for (let i = 0; i < 15; i++) {
      await vi.advanceTimersByTimeAsync(1000);
      for (let j = 0; j < 10; j++) await turn();
    }
    expect(count(server, "sync/live")).toBeGreaterThan(2);
    expect(count(server, "sync/live")).toBeLessThan(7);
  });
});
