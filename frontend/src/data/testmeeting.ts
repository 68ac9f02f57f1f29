import type { Op, Rec } from "../../../sync/client/types.ts";
import { rec, type TestClient } from "./testclient.ts";

/** What a school leader may write, as the server tells it (rules.Rights). */
const leading = {
  meeting: { new: true, set: ["title", "state", "start", "end", "form", "purpose", "chosenAt", "cancelled"] },
  participant: { new: true, set: ["role", "joins"], own: ["reply"] },
  agendaItem: { new: true, set: ["title", "order", "minutes"] },
  meetingRequest: { new: true, set: ["owner", "answer", "reason", "meeting"] },
  wish: { new: true, set: ["outcome"] },
};

/** A plan on two models with a leader, both parents, the child, a GP and a psychologist. */
export const people = [
  rec("case", "k1", { title: "Malthe, 5. klasse", country: "DK", kind: "named", models: ["randers-5x2", "sst-buc-4"] }),
  rec("child", "c1", { name: "Malthe Rosenvang", birthYear: 2015 }),
  ...person("jonas", "Jonas Brandt", "professional_lead", "school"),
  ...person("signe", "Signe Rosenvang", "guardian", "family"),
  ...person("malthe", "Malthe Rosenvang", "child", "family"),
  ...person("nadia", "Nadia Elmasry", "professional", "educational_psychology"),
  ...person("henrik", "Henrik Aagaard", "contact_only", "general_practice"),
  rec("track", "institution", { label: "Skole", order: "a0" }),
  rec("levelEntry", "l1", { model: "randers-5x2", track: "institution", level: 4, from: "2026-10-05" }),
  rec("tovholder", "tv", { person: "jonas", from: "2026-05-26" }),
];

function person(id: string, name: string, role: string, sector: string): readonly Rec[] {
  return [rec("person", id, { name, sector }), rec("membership", `m-${id}`, { person: id, role })];
}

/** A meeting that has everything but what a test changes. */
export function ready(f: Record<string, unknown> = {}): readonly Rec[] {
  const whole = {
    kind: "tvaerfagligt_netvaerksmoede",
    title: "Netværksmøde",
    state: "draft",
    convenor: "jonas",
    purpose: "Følge op",
    start: "2026-12-03T13:00:00Z",
    end: "2026-12-03T14:00:00Z",
    form: "hybrid",
    formChosenAt: "2026-11-20",
    chosenAt: "2026-11-20",
    childAsked: true,
    relevantAt: "2026-11-20",
    agendaDeadline: "2026-11-26",
  };
  return [
    rec("meeting", "m1", { ...whole, ...f }),
    rec("agendaItem", "a1", { meeting: "m1", title: "Siden sidst", order: "a1", proposedBy: "jonas" }),
    rec("participant", "p0", { meeting: "m1", person: "jonas", reply: "not_invited" }),
    rec("participant", "p1", { meeting: "m1", person: "signe", role: "mor", reply: "not_invited" }),
  ];
}

/** Shows the plan as its leader sees it. */
export function asLeader(client: TestClient, ...records: readonly Rec[]): void {
  client.show("k1", "jonas", [...people, ...records], leading, "professional_lead");
}

/** The ops of the last change. */
export function lastOps(client: TestClient): readonly Op[] {
  return client.edits.at(-1)?.ops ?? [];
}
