import { computed } from "@preact/signals";
import type { Op, Saved, SpaceView } from "../../../sync/client/types.ts";
import type {
  Country,
  ModelID,
  Organisation,
  PersonID,
  RecordID,
  SpaceID,
  TrackID,
} from "../../../sync/plan/plan.gen.ts";
import { dayOf } from "../text/dates.ts";
import { now } from "./clock.ts";
import { edit, find, newID, ofKind, spaces } from "./store.ts";

/** An organisation whose people may open plans. */
export interface Opener {
  readonly id: SpaceID;
  readonly name: string;
  readonly country: Country;
}

/** The organisations in whose name this person may open a plan. */
export const openers = computed<readonly Opener[]>(() =>
  [...spaces.value.values()].flatMap((space) => {
    const f = ofKind(space, "organisation")[0]?.f;
    if (!f || space.me?.may.case?.new !== true) return [];
    return [{ id: space.id, name: f.name ?? "", country: f.country ?? "DK" }];
  }),
);

/** What a new plan is made of. */
export interface NewPlan {
  readonly organisation: SpaceID;
  /** The child's first name; empty in a group without names. */
  readonly child: string;
  /** The class or group. */
  readonly group: string;
  /** What the child and the family need, and who has been asked; either can wait (PR10, PR12). */
  readonly needs?: string;
  readonly involved?: string;
  readonly tracks: readonly { readonly id: string; readonly label: string }[];
}

const models: Readonly<Record<Country, readonly string[]>> = { DK: ["randers-5x2", "sst-buc-4"], NO: ["no-bti-0-3"] };

/** Opens a new plan on this phone, also offline; who opens it is its first tovholder. */
export async function openPlan(made: NewPlan): Promise<{ readonly saved: Saved; readonly id: SpaceID }> {
  const id = newID<SpaceID>();
  const home = spaces.peek().get(made.organisation);
  return { saved: home ? await edit(id, opsFor(id, home, made)) : { ok: false, code: "failed" }, id };
}

function opsFor(id: SpaceID, home: SpaceView, made: NewPlan): readonly Op[] {
  const person = newID<PersonID>();
  const org: Organisation = ofKind(home, "organisation")[0]?.f ?? {};
  const country = org.country ?? "DK";
  const from = dayOf(now.peek(), country === "NO" ? "Europe/Oslo" : "Europe/Copenhagen");
  const scope = made.tracks.map((track) => track.id as TrackID);
  const child: readonly Op[] = made.child ? [{ rec: newID<RecordID>(), kind: "child", new: { name: made.child } }] : [];
  return [
    { rec: id as string as RecordID, kind: "case", new: caseFields(country, org, made) },
    ...child,
    { rec: person as string as RecordID, kind: "person", new: selfIn(home, org) },
    { rec: newID<RecordID>(), kind: "membership", new: { person, role: home.me?.role ?? "professional", from } },
    { rec: newID<RecordID>(), kind: "tovholder", new: { person, scope, from } },
    ...made.tracks.map<Op>((track, i) => ({
      rec: track.id as RecordID,
      kind: "track",
      new: { label: track.label, order: `a${i}` },
    })),
  ];
}

function caseFields(country: Country, org: Organisation, made: NewPlan) {
  return {
    kind: made.child ? "named" : "anonymous_group",
    state: "active",
    title: [made.child, made.group].filter(Boolean).join(", "),
    country,
    locale: country === "NO" ? "nb-NO" : "da-DK",
    calendar: country === "NO" ? "NO" : "DK-kommune",
    municipality: org.name ?? "",
    organisation: made.organisation,
    ...(made.needs && { needs: made.needs }),
    ...(made.involved && { involved: made.involved }),
    // A group without names lives on one model, with no step towards psychiatry.
    models: (made.child ? models[country] : models[country].slice(0, 1)) as readonly ModelID[],
  };
}

// The new space knows nobody yet: the opener takes their own record along from the organisation.
function selfIn(home: SpaceView, org: Organisation) {
  const f = find(home, "person", home.me?.person)?.f;
  const { name = "", title = "", sector = "other", organisation = org.name ?? "" } = f ?? {};
  return { name, title, sector, organisation };
}
