import { computed } from "@preact/signals";
import type { Op, Rec, Saved, SpaceView } from "../../../sync/client/types.ts";
import type { Kind, RecordID } from "../../../sync/plan/plan.gen.ts";
import { meIn, planName, plans } from "./case.ts";
import { edit } from "./store.ts";
import { aboutWords, hrefOf } from "./words.ts";

/** A record whose parent has been deleted: it is kept, and somebody says where it belongs (SYNC, Conflicts). */
export interface Unplaced {
  readonly key: string;
  readonly space: SpaceView;
  readonly plan: string;
  readonly kind: Kind;
  readonly about: string;
  /** What it belonged to. */
  readonly parent: Rec;
  readonly parentAbout: string;
  readonly href: string | null;
  /** Whether this person may take the deletion back. */
  readonly mayRestore: boolean;
}

/** The fields that lead from a child to its parent. */
const parents: Readonly<Partial<Record<Kind, string>>> = {
  task: "goal",
  note: "about",
  levelEntry: "track",
  goal: "track",
};

/** Everything live that belongs to something deleted, over all plans. It stands in its own place too: nothing vanishes. */
export const unplaced = computed<readonly Unplaced[]>(() => plans.value.flatMap(({ space }) => lostIn(space)));

function lostIn(space: SpaceView): readonly Unplaced[] {
  const found: Unplaced[] = [];
  for (const rec of space.records.values()) {
    const field = parents[rec.kind];
    const id = field && (rec.f as Readonly<Record<string, unknown>>)[field];
    const parent = typeof id === "string" ? space.records.get(id as RecordID) : undefined;
    if (rec.del || !parent?.del) continue;
    found.push({
      key: rec.id,
      space,
      plan: planName(space),
      kind: rec.kind,
      about: aboutWords(space, rec),
      parent,
      parentAbout: aboutWords(space, parent),
      href: hrefOf(space, rec),
      mayRestore: (meIn(space)?.may[parent.kind]?.set?.length ?? 0) > 0,
    });
  }
  return found;
}

/** Takes the deletion of the parent back. */
export async function restoreParent({ space, parent }: Unplaced): Promise<Saved> {
  return edit(space.id, [{ rec: parent.id, restore: true } as Op]);
}
