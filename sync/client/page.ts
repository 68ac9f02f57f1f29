/** What a page lives through that sync has to know. */
export interface PageEvents {
  /** The page came to the front, or the network may be back. */
  readonly onWake: () => void;
  readonly onOnline: () => void;
  readonly onVisible: () => void;
  readonly onHidden: () => void;
  /** The page goes away, perhaps for good. */
  readonly onLeave: () => unknown;
}

/** Whether somebody looks at the page; without a page nobody does. */
export const isVisible = (page: Window | undefined): boolean => page?.document.visibilityState === "visible";

/** Hears a page until `signal` says stop. */
export function listenToPage(page: Window | undefined, events: PageEvents, signal: AbortSignal): void {
  const until = { signal };
  page?.addEventListener("focus", events.onWake, until);
  page?.addEventListener("online", events.onOnline, until);
  page?.addEventListener("pagehide", events.onLeave, until);
  page?.document.addEventListener(
    "visibilitychange",
    () => (isVisible(page) ? events.onVisible : events.onHidden)(),
    until,
  );
}
