import { signal } from "@preact/signals";

/** The phone's clock, renewed each minute; it is shown to people and orders nothing. */
export const now = signal(Date.now());

const tick = () => {
  now.value = Date.now();
};
/** Keeps the clock going while the page lives; phones stop timers in the background, so coming back counts too. */
export function startClock(): void {
  setInterval(tick, 60_000);
  document.addEventListener("visibilitychange", tick);
}
