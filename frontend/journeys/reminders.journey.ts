import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { calm, closeBrowser, findings, hides, newPhone, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeEach(async () => {
  program = await Program.start();
});
afterEach(async () => {
  await closeBrowser();
  await program.close();
});

/** Somebody who may be told at any hour, so that a journey can be made at any. */
async function always(page: Page): Promise<void> {
  await page.goto(`${program.origin}/me/reminders`);
  for (const field of ["Fra", "Til"]) {
    await page.getByLabel(field, { exact: true }).fill("00:00");
    await shows(page, "Gemt.");
  }
  await page.getByText("Også i weekender og på helligdage").click();
  await expect.poll(() => page.getByLabel("Også i weekender og på helligdage").isChecked()).toBe(true);
}

/** Jonas gives Karen something to do. */
async function given(title: string): Promise<void> {
  const jonas = await newPhone();
  await signIn(jonas, program, "case-1/c1-jonas");
  await jonas.goto(`${program.origin}/c/case-1/tasks/new`);
  await jonas.getByLabel("Hvad skal der gøres?").fill(title);
  await jonas.getByRole("combobox", { name: "Hvem gør det?" }).selectOption({ label: "Karen Lyhne" });
  await jonas.getByRole("button", { name: "Gem opgave" }).click();
  await jonas.goto(`${program.origin}/me`);
  await shows(jonas, /Alt er sendt/);
  calm(jonas);
}

/** Karen's inbox, once it speaks of a task. */
async function told(karen: Page, title: string): Promise<string> {
  await expect
    .poll(
      async () => {
        await karen.goto(`${program.origin}/n`);
        await karen.getByRole("heading", { level: 1, name: "Du er mindet om" }).waitFor();
        return karen.getByText(title).count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  const href = await karen.getByRole("link", { name: new RegExp(title) }).getAttribute("href");
  return href?.replace("/n/", "") ?? "";
}

/** What the push service would bring, delivered by the browser's own debugging protocol. */
async function push(page: Page, id: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((done) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const one = registrations.find(({ isDeleted }) => !isDeleted);
      if (one) done(one.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const data = JSON.stringify({
    web_push: 8030,
    notification: { title: "Samspor", body: "Du har en aftale i dag.", lang: "da", dir: "ltr", app_badge: "1" },
    id,
    kind: "taskDue",
  });
  const origin = program.origin;
  await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
}

/** What stands on the lock screen. */
const onLockScreen = (page: Page) =>
  page.evaluate(async () => {
    const list = await (await navigator.serviceWorker.ready).getNotifications();
    return list.map(({ title, body, tag }) => ({ title, body, tag }));
  });

/** Presses the notification, as the system tells the worker. */
async function press(page: Page): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate(async () => {
    const scope = self as unknown as {
      registration: { getNotifications(): Promise<unknown[]> };
      dispatchEvent(event: Event): void;
      NotificationEvent: new (type: string, init: object) => Event;
    };
    const [notification] = await scope.registration.getNotifications();
    scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
  });
}

test("what is given is told, a push of it reveals nothing, and a press leads to it", async () => {
  const karen = await newPhone({ permissions: ["notifications"] });
  await signIn(karen, program, "case-1/c1-karen");
  await always(karen);
  await given("Tale med klubben");
  const id = await told(karen, "Tale med klubben");
  await shows(karen, "Du har fået en aftale");
  await shows(karen, /ikke åbnet/);
  expect(await findings(karen)).toEqual([]);

  await push(karen, id);
  await expect
    .poll(() => onLockScreen(karen))
    .toEqual([{ title: "Samspor", body: "Du har en aftale i dag.", tag: id }]);
  await press(karen); // the app is open
  await karen.waitForURL(/\/c\/case-1\/tasks\//);
  await shows(karen, "Tale med klubben");
  await karen.goto(`${program.origin}/n`);
  await shows(karen, "Tale med klubben");
  await hides(karen, /ikke åbnet/);

  // The app is closed: the system opens the address.
  await karen.goto(`${program.origin}/n/${id}`);
  await karen.waitForURL(/\/c\/case-1\/tasks\//);

  // The notification's own button ticks it: one tap.
  await karen.goto(`${program.origin}/n/${id}?tick`);
  await karen.waitForURL(/\/c\/case-1\/tasks\//);
  await shows(karen, /^Gjort/);

  // What is somebody else's, or nobody's, leads to the list.
  await karen.goto(`${program.origin}/n/AAAAAAAAAAAAAAAAAAAAAA`);
  await karen.getByRole("heading", { name: "Du er mindet om" }).waitFor();
  calm(karen);
}, 90_000);

test("without network a push still opens the app, which says what it needs", async () => {
  const karen = await newPhone({ permissions: ["notifications"] });
  await signIn(karen, program, "case-1/c1-karen");
  await program.stop();
  await push(karen, "AAAAAAAAAAAAAAAAAAAAAA");
  await expect.poll(() => onLockScreen(karen)).toHaveLength(1);
  await karen.goto(`${program.origin}/n/AAAAAAAAAAAAAAAAAAAAAA`);
  await karen.getByRole("heading", { name: "Du er mindet om" }).waitFor();
  await shows(karen, /Det kræver net/);
  await karen.getByRole("link", { name: "Plan", exact: true }).click();
  await shows(karen, "for Malthe");
  calm(karen);
});

// This browser has no push service, so its side of the subscription is played; all the rest is real.
test("a phone subscribes after a press, is mended at a start, and forgets on both sides when one signs out", async () => {
  const karen = await newPhone({ permissions: ["notifications"] });
  await karen.addInitScript(() => {
    const key = "samspor.test.subscribed";
    const bytes = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
    const subscription = {
      endpoint: "https://fcm.googleapis.com/wp/journey",
      toJSON: () => ({
        endpoint: "https://fcm.googleapis.com/wp/journey",
        keys: {
          p256dh: "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU",
          auth: "c2l4dGVlbiBieXRlcyBvaw",
        },
      }),
      getKey: () => bytes(""),
      unsubscribe: async () => {
        localStorage.removeItem(key);
        return true;
      },
    };
    PushManager.prototype.getSubscription = async () =>
      (localStorage.getItem(key) ? subscription : null) as unknown as PushSubscription;
    PushManager.prototype.subscribe = async () => {
      localStorage.setItem(key, "1");
      return subscription as unknown as PushSubscription;
    };
  });
  const asked: string[] = [];
  karen.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (path.startsWith("/api/v1/push/")) asked.push(`${request.method()} ${path.replace("/api/v1/push/", "")}`);
  });
  await signIn(karen, program, "case-1/c1-karen");
  expect(asked).toEqual([]);
  await karen.goto(`${program.origin}/me/reminders`);
  await shows(karen, "Påmindelser er slået fra på denne telefon.");
  expect(asked).toEqual([]);
  await karen.getByRole("button", { name: "Slå påmindelser til" }).click();
  await shows(karen, "Påmindelser virker på denne telefon.");
  expect(asked).toEqual(["GET key", "PUT subscription"]);
  expect(await findings(karen)).toEqual([]);

  // What a push is about is said only where one asks for it, and no longer once one has signed out.
  await karen.getByText("Vis her, hvad det handler om").click();
  const wish = () => karen.evaluate(async () => (await caches.keys()).includes("details-of-samspor"));
  await expect.poll(wish).toBe(true);

  asked.length = 0;
  await karen.reload(); // each start looks whether it lives
  await shows(karen, "Påmindelser virker på denne telefon.");
  await expect.poll(() => asked).toContain("POST check");
  expect(asked).not.toContain("PUT subscription");

  asked.length = 0;
  await karen.goto(`${program.origin}/me`);
  await karen.getByRole("button", { name: "Log ud" }).click();
  await karen.getByRole("button", { name: "Ja, log ud" }).click();
  await expect.poll(() => asked).toContain("DELETE subscription");
  await expect.poll(() => karen.evaluate(() => localStorage.getItem("samspor.test.subscribed"))).toBeNull();
  expect(await wish()).toBe(false);
  calm(karen);
});

// CP: from the push to the call in two taps, the call first in the order of keys.
test("a contact person is asked to ring today, and is two taps from the call", async () => {
  const nadia = await newPhone({ permissions: ["notifications"] });
  await signIn(nadia, program, "case-1/c1-nadia");
  await always(nadia);
  const jonas = await newPhone();
  await signIn(jonas, program, "case-1/c1-jonas");
  await jonas.goto(`${program.origin}/c/case-1/contacts`);
  await jonas.getByRole("button", { name: "Bed Nadia ringe i dag" }).first().click();
  await shows(jonas, "Nadia får besked nu.");
  const id = await told(nadia, "Ringe til familien i dag");
  await shows(nadia, "Du bliver bedt om at ringe i dag");
  await push(nadia, id);
  await expect.poll(() => onLockScreen(nadia)).toHaveLength(1);
  await press(nadia); // one
  const call = nadia.getByRole("link", { name: /^Ring til Signe/ });
  await call.waitFor();
  expect(await call.getAttribute("href")).toMatch(/^tel:\+?[\d ]+$/); // two
  expect(await nadia.getByRole("main").getByRole("link").first().getAttribute("href")).toMatch(/^tel:/);
  expect(await findings(nadia)).toEqual([]);
  await nadia.getByRole("button", { name: "Jeg ringer i morgen" }).click();
  await shows(nadia, "I gang");
  for (const page of [nadia, jonas]) calm(page);
}, 90_000);
