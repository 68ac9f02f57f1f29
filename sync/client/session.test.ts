import { afterEach, describe, expect, test, vi } from "vitest";
import { signInByLink, signOut } from "./session.ts";
import {
  clock,
  finish,
  note,
  phone,
  rec,
  rowsIn,
  serverWithTask,
  shown,
  space,
  testWorld,
  until,
  usePhones,
} from "./testphone.ts";
import { account, portal, problem, TestServer } from "./testserver.ts";

usePhones();
afterEach(() => {
  vi.useRealTimers();
});
const paths = (server: TestServer) => server.asked.map(({ path }) => path);

describe("without network", () => {
  test("the phone opens with what it holds: base and outbox", async () => {
    const server = serverWithTask();
    const first = await phone(server);
    await first.sync();
    server.intercept = () => portal();
    await first.edit(space, finish());
    await first.close();
    const second = await phone(server, { fetch: () => Promise.reject(new TypeError("offline")) }, null);
    expect(shown(second, "t1")).toEqual({ title: "Call the school", state: "done" });
    expect(second.spaces().get(space)).toMatchObject({ complete: true, waiting: 1 });
    expect(second.state()).toMatchObject({ waiting: 1, oldest: clock.now, lastContact: clock.now, signedOut: false });
  });

  test.each([
    ["a captive portal's page", portal],
    ["an empty 200", () => new Response("")],
    ["a 204", () => new Response(null, { status: 204 })],
    ["somebody else's JSON", () => Response.json({ hello: "world" })],
    ["somebody else's refusal", () => Response.json({ error: "no" }, { status: 403 })],
    ["a proxy's 502", () => new Response("<html>", { status: 502, headers: { "Content-Type": "text/html" } })],
    ["JSON that breaks off", () => new Response('{"spaces":', { headers: { "Content-Type": "application/json" } })],
  ])("%s counts as no network, and costs nothing", async (_, answer) => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = answer;
    await client.edit(space, finish());
    await client.sync();
    expect(client.state()).toMatchObject({ reachable: false, waiting: 1, signedOut: false });
    expect(shown(client, "t1")).toMatchObject({ state: "done" });
    server.intercept = undefined;
    await client.sync();
    expect(client.state()).toMatchObject({ reachable: true, waiting: 0, lastContact: clock.now });
  });

  test("requests follow no redirect", async () => {
    const inits: RequestInit[] = [];
    const client = await phone(new TestServer(), {
      fetch: (_, init) => {
        inits.push(init);
        return Promise.reject(new TypeError("redirected"));
      },
    });
    await client.sync();
    expect(inits.length).toBeGreaterThan(0);
    for (const init of inits) expect(init.redirect).toBe("error");
  });

  test("a request that is not answered in 30 s is given up", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = () => new Promise(() => undefined);
    const trying = client.sync();
    await until(client, () => client.state().busy);
    while (client.state().busy) {
      await vi.advanceTimersByTimeAsync(10_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await trying;
    expect(client.state().reachable).toBe(false);
  });
});

describe("the access token", () => {
  test("is fetched when a request first needs one", async () => {
    const server = serverWithTask();
    const client = await phone(server, {}, null);
    await client.sync();
    expect(paths(server).slice(0, 2)).toEqual(["auth/refresh", "sync/pull"]);
    expect(server.asked[0]).toMatchObject({ body: "{}", bearer: null });
  });

  test("is refreshed once when it has run out, and the request is sent again", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.access = "newer";
    server.asked.length = 0;
    await client.edit(space, finish());
    await client.sync();
    expect(paths(server).filter((path) => path === "auth/refresh")).toHaveLength(1);
    expect(client.state()).toMatchObject({ waiting: 0, signedOut: false });
  });

  test("a session that has ended keeps the outbox and sends nothing more", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.access = "newer";
    server.cookie = null;
    await client.edit(space, finish());
    await client.sync();
    expect(client.state()).toMatchObject({ signedOut: true, waiting: 1, reachable: true });
    const asked = server.asked.length;
    await client.edit(space, note("n1"));
    await client.sync();
    expect(server.asked.length).toBe(asked);
    expect(await rowsIn("outbox")).toHaveLength(2);
  });

  test("signing in again sends what was kept", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.access = "newer";
    server.cookie = null;
    await client.edit(space, finish());
    await client.sync();
    client.signIn("newer");
    await client.sync();
    expect(client.state()).toMatchObject({ signedOut: false, waiting: 0 });
    expect(server.space(space).records.get(rec("t1"))?.f).toMatchObject({ state: "done" });
  });

  test("a refresh that was on its way when somebody signed in does not sign them out again", async () => {
    const server = serverWithTask();
    const client = await phone(server, {}, null);
    server.cookie = null;
    server.intercept = ({ path }) => {
      if (path !== "auth/refresh") return undefined;
      client.signIn("good"); // the old session's end is on its way back
      return problem(401, "session-ended");
    };
    await client.sync();
    await client.sync();
    expect(client.state()).toMatchObject({ signedOut: false, reachable: true });
    expect(shown(client, "t1")).toMatchObject({ title: "Call the school" });
  });

  test("another account's session never carries this account's changes", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.access = "newer";
    server.cookie = "a2";
    await client.edit(space, finish());
    await client.sync();
    expect(client.state()).toMatchObject({ signedOut: true, waiting: 1 });
    expect(server.asked.some(({ bearer }) => bearer === "Bearer newer")).toBe(false);
  });

  test("a refresh that the server refuses for another reason sets nothing aside", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.access = "newer";
    server.intercept = ({ path }) => (path === "auth/refresh" ? problem(422, "wrong-type") : undefined);
    await client.edit(space, finish());
    await client.sync();
    expect(client.state()).toMatchObject({ signedOut: false, waiting: 1 });
    expect(client.state().blocked).toBeUndefined();
  });
});

describe("before there is a client", () => {
  test("a link signs in", async () => {
    const server = new TestServer();
    expect(await signInByLink(testWorld(server), "right")).toEqual({ ok: true, access: "good", account });
  });

  test("a used link says so, and no network is no refusal", async () => {
    const server = new TestServer();
    expect(await signInByLink(testWorld(server), "wrong")).toEqual({ ok: false, code: "invite-gone" });
    server.intercept = portal;
    expect(await signInByLink(testWorld(server), "right")).toEqual({ ok: false, code: "network" });
  });

  test("signing out tells whether the server heard", async () => {
    const server = new TestServer();
    expect(await signOut(testWorld(server))).toBe(true);
    server.intercept = portal;
    expect(await signOut(testWorld(server))).toBe(false);
  });
});
