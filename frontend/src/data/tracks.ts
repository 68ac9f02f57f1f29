import type { Saved } from "../../../sync/client/types.ts";
import type { Arena, RecordID, TrackID } from "../../../sync/plan/plan.gen.ts";
import { mayMake, me, plan, space, today } from "./case.ts";
import { write } from "./keep.ts";
import { mayMoveTo, modelFor, startOf } from "./moves.ts";
import { between, byOrder } from "./order.ts";
import { newID, ofKind } from "./store.ts";

/** One more problem: what to call it, in which part of life, and what is hard. */
export interface NewTrack {
  readonly label: string;
  readonly arena: Arena;
  readonly reason: string;
}

/** The parts of life that this person may add a problem in: the pathway only where a model of its own knows it. */
export function arenas(): readonly Arena[] {
  const hasPathway = (plan.value?.case.f.models?.length ?? 0) > 1;
  const isGroup = plan.value?.case.f.kind === "anonymous_group";
  const all: readonly Arena[] = isGroup ? ["institution"] : ["institution", "home"];
  return [...all, ...(hasPathway ? ["pathway" as const] : [])].filter(mayAddIn);
}

function mayAddIn(arena: Arena): boolean {
  const model = modelFor(arena);
  return mayMake(me.value, "track") && model !== undefined && mayMoveTo(model, startOf(model));
}

/** Adds a problem with a level of its own, beside others in the same part of life (LS9); it begins where all do (LS10, LS11). */
export async function addTrack({ label, arena, reason }: NewTrack): Promise<Saved> {
  const model = modelFor(arena);
  if (!model) return { ok: false, code: "failed" };
  const track = newID<TrackID>();
  const entry = { model, track, level: startOf(model), from: today.peek(), reason };
  return write([
    { rec: track as string as RecordID, kind: "track", new: { label, arena, order: placeIn(arena) } },
    { rec: newID<RecordID>(), kind: "levelEntry", new: entry },
  ]);
}

// After the last problem of its part of life, so that they stand side by side; else at the end.
function placeIn(arena: Arena): string {
  const all = [...ofKind(space.peek(), "track")].sort((a, b) => byOrder(a.f.order, b.f.order));
  const last = all.findLastIndex(({ f }) => f.arena === arena);
  const at = last < 0 ? all.length - 1 : last;
  return between(all[at]?.f.order ?? "", all[at + 1]?.f.order ?? "");
}
