import { computed } from "@preact/signals";
import { dayOf, longDay } from "../text/dates.ts";
import { meIn, type Plan, planName, plans, zoneOf } from "./case.ts";
import { now } from "./clock.ts";

/** Whether this person works in more than one plan: the day across them is where they start. */
export const isAcross = computed(
  () => plans.value.length > 1 && plans.value.some(({ space }) => /^professional/.test(meIn(space)?.role ?? "")),
);

/** "Mandag 23. november": the heading of the day across plans. */
export const dayHeading = computed(() => {
  const day = dayOf(now.value, zoneOf(plans.value[0] ?? null));
  const words = longDay(day, day);
  return words.charAt(0).toUpperCase() + words.slice(1);
});

/** What a plan is called across plans: the child's first name; a group never by a child's (R12). */
export function nameOf({ space, case: { f } }: Plan): string {
  if (f.kind !== "anonymous_group") return planName(space);
  return f.title?.split(/ [-–] |, /)[0] ?? "";
}
