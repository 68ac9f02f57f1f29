import { render } from "preact";
import "../style/base.css";
import { startClock } from "../data/clock.ts";
import { watchVisits } from "../data/news.ts";
import { resume } from "../data/session.ts";
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
}

void start();
