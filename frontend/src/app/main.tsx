import { render } from "preact";
import "../style/base.css";
import { startClock } from "../data/clock.ts";
import { watchVisits } from "../data/news.ts";
import { resume, session } from "../data/session.ts";
import { startLanguage } from "../text/catalogue.ts";
import { App } from "./App.tsx";
import { watchForUpdates } from "./update.ts";

async function start(): Promise<void> {
  const root = document.getElementById("app");
  if (!root) throw new Error("index.html has no #app");
  await startLanguage();
  render(<App />, root);
  // The boot guard outside the bundle waits for this.
  document.documentElement.dataset.started = "1";
  startClock();
  watchVisits();
  await resume();
  await watchForUpdates();
  await lookAfterPush();
  if ("setAppBadge" in navigator) (await import("../data/badge.ts")).watchBadge();
}

// A subscription dies without a word, so each start looks whether it lives; only where somebody has said yes to it.
async function lookAfterPush(): Promise<void> {
  if (session.value !== "in" || !("Notification" in globalThis) || Notification.permission !== "granted") return;
  const { checkPush } = await import("../data/phonepush.ts");
  await checkPush();
}

void start();
