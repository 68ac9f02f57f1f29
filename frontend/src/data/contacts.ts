import { computed } from "@preact/signals";
import type { Sector } from "../../../sync/plan/plan.gen.ts";
import { space, today } from "./case.ts";
import { members, type Person, person, tovholders } from "./people.ts";
import { ofKind } from "./store.ts";

/** The one to call in a sector. */
export interface Contact {
  readonly key: string;
  readonly sector: Sector;
  readonly person: Person;
  readonly isSingleEntry: boolean;
}

/** One way in for each sector, as long as it holds. */
export const contacts = computed<readonly Contact[]>(() =>
  ofKind(space.value, "contactPerson")
    .filter(({ f }) => !f.to || f.to >= today.value)
    .flatMap(({ id, f }) => {
      const who = person(f.person);
      // The tovholder stands above them all, once.
      if (!who || tovholders.value.some(({ id: holder }) => holder === who.id)) return [];
      const bestTime = f.bestTime ?? who.bestTime;
      return [
        {
          key: id,
          sector: f.sector ?? who.sector,
          person: { ...who, bestTime },
          isSingleEntry: f.singleEntry === true,
        },
      ];
    }),
);

/** Everybody else in the plan, apart from me. */
export const otherPeople = computed(() => {
  const shown = new Set([...tovholders.value, ...contacts.value.map((contact) => contact.person)].map(({ id }) => id));
  return members.value.filter(({ id, isMe }) => !isMe && !shown.has(id));
});
