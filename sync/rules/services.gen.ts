// Written by cmd/typegen from the Go sources beside it. Do not edit: run `go generate ./...`.

import type { MeetingKind, Sector } from "../plan/plan.gen.ts";

/** Who may call a kind of meeting: who leads, who holds the rope, and the services it belongs to. */
export interface Convenor {
  readonly leads: boolean;
  readonly holds: boolean;
  readonly sectors: readonly Sector[];
}

/** Who calls each kind of meeting (R15, MT17, MT22); any other is called by whoever sees the need (MT2). */
export const convenors: Readonly<Partial<Record<MeetingKind, Convenor>>> = {
  ansvarsgruppe: { leads: false, holds: true, sectors: ["coordinating_unit", "social_services"] },
  inddragende_netvaerksmoede: { leads: false, holds: false, sectors: ["social_services"] },
  konsultativt_moede: { leads: true, holds: true, sectors: [] },
  samarbeidsmote: { leads: true, holds: true, sectors: [] },
  tvaerfagligt_netvaerksmoede: { leads: true, holds: false, sectors: [] },
  tvaersektorielt_netvaerksmoede: { leads: true, holds: true, sectors: ["child_psychiatry", "social_services"] },
};

/** A service to which the steps of a model belong, from a level on; of any model where it names none. */
export interface StepOwner {
  readonly sector: Sector;
  readonly model: string;
  readonly from: number;
}

/** The services that own steps of a model (R8). */
export const stepOwners: readonly StepOwner[] = [
  { sector: "child_psychiatry", model: "sst-buc-4", from: 3 },
  { sector: "municipal_treatment", model: "sst-buc-4", from: 0 },
  { sector: "social_services", model: "sst-buc-4", from: 0 },
  { sector: "social_services", model: "randers-5x2", from: 4 },
  { sector: "coordinating_unit", model: "", from: 0 },
];
