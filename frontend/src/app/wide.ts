import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { plan } from "../data/case.ts";
import type { Screen } from "./routes.ts";

/** Where one is, as the router tells it. */
export type Place = ReturnType<typeof useLocation>;

// The same width as in Shell.module.css: room for the plans, a list, and what is open in it.
const room = matchMedia("(min-width: 1180px)");
const hasRoom = signal(room.matches);
room.addEventListener("change", () => {
  hasRoom.value = room.matches;
});

/**
 * The list to show beside what is open, where there is room: the one it was opened from, else the one it leads back
 * to. Null where a screen stands alone.
 */
export function useBeside(screen: Screen | undefined): Place | null {
  const here = useLocation();
  const last = useRef<Place | null>(null);
  if (screen && !screen.back && !screen.isOpen && here.path !== "/") last.current = here;
  const id = plan.value?.space.id;
  if (!hasRoom.value || !id || screen?.back?.to === undefined) return null;
  const from = last.current;
  if (from && (from.path === "/today" || from.path.split("/")[2] === id)) return { ...from, wasPush: false } as Place;
  const path = `/c/${id}${listOf(screen)}`;
  return { ...here, path, url: path, query: {}, wasPush: false } as Place;
}

// A tab's own list stands at its own address; what belongs to no list stands beside the plan.
function listOf({ tab }: Screen): string {
  return tab === undefined || tab === "plan" ? "" : `/${tab}`;
}
