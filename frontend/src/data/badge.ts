import { computed, effect } from "@preact/signals";
import { meIn, plans, today } from "./case.ts";
import { ofKind } from "./store.ts";
import { isOpen } from "./tasks.ts";

/** How many of this person's own agreements are due, over all plans. */
export const dueMine = computed(() =>
  plans.value.reduce((sum, { space }) => {
    const me = meIn(space)?.person;
    const due = ofKind(space, "task").filter(
      (task) => isOpen(task) && task.f.responsible === me && task.f.due !== undefined && task.f.due <= today.value,
    );
    return sum + due.length;
  }, 0),
);

/** Keeps the number on the app's icon true while the app is open; what is pushed brings it while it is not. */
export function watchBadge(): void {
  // An ornament: a system that refuses it takes nothing away.
  effect(() => void navigator.setAppBadge?.(dueMine.value)?.catch(() => undefined));
}
