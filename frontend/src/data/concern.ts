import { computed } from "@preact/signals";
import type { Country } from "../../../sync/plan/plan.gen.ts";
import { dayOf } from "../text/dates.ts";
import { planName, plans, zoneOf } from "./case.ts";
import { now } from "./clock.ts";
import { caseWorkerIn } from "./contacts.ts";
import type { Person } from "./people.ts";
import { sync } from "./store.ts";

/** The numbers of a country, most urgent first; what each is for stands in text/help.json. */
export interface Lines {
  /** In danger. */
  readonly now: readonly string[];
  /** To talk with somebody. */
  readonly talk: readonly string[];
  /** Where the country says how a report is made; null where each municipality says it alone. */
  readonly guide: string | null;
}

/** Numbers and ways by country. They are data: a number that changes is changed here and nowhere else. */
export const lines: Readonly<Record<Country, Lines>> = {
  DK: { now: ["112"], talk: ["116111"], guide: null },
  NO: {
    now: ["112", "113"],
    talk: ["02800", "116111"],
    guide: "https://www.bufdir.no/Barnevern/Melde_fra_til_barnevernet/",
  },
};

/** A municipality's own way: its template and the address it goes to (FM6, EX2). */
export interface LocalWay {
  readonly municipality: string;
  readonly page: string;
  readonly mail: string | null;
}

const localWays: readonly LocalWay[] = [
  { municipality: "Randers", page: "https://www.randers.dk", mail: "underretning@randers.dk" },
  { municipality: "Norddjurs", page: "https://www.norddjurs.dk", mail: null },
];

/** A family's own social worker, who is told of a concern first when there is one (EX5). */
export interface CaseWorker {
  readonly child: string;
  readonly person: Person;
}

// A locked phone shows nothing of a plan, and this page is open to everybody.
const seen = computed(() => (sync.value.locked ? [] : plans.value));

/** The social workers of the plans on this phone whose family has a case. */
export const caseWorkers = computed<readonly CaseWorker[]>(() =>
  seen.value.flatMap((one) => {
    const person = caseWorkerIn(one.space, dayOf(now.value, zoneOf(one)));
    return person ? [{ child: planName(one.space), person }] : [];
  }),
);

/** The ways of the municipalities of the plans on this phone; of all that are known, when there is no plan. */
export const waysHere = computed<readonly LocalWay[]>(() => {
  if (seen.value.length === 0) return localWays;
  const here = new Set(seen.value.map((one) => one.case.f.municipality?.split(" ")[0]));
  return localWays.filter(({ municipality }) => here.has(municipality));
});

/** The countries of the plans on this phone: with one of them there is nothing to choose. */
export const countries = computed<readonly Country[]>(() => [
  ...new Set(seen.value.map((one) => one.case.f.country ?? "DK")),
]);
