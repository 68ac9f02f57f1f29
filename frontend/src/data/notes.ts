import type { Rec, Saved } from "../../../sync/client/types.ts";
import type { RecordID } from "../../../sync/plan/plan.gen.ts";
import { space } from "./case.ts";
import { edit, newID, ofKind } from "./store.ts";

export type Note = Rec<"note">;

/** The notes about a record, oldest first; one that has not been sent has no time yet and comes last. */
export function notesAbout(id: RecordID): readonly Note[] {
  return ofKind(space.value, "note")
    .filter(({ f }) => f.about === id)
    .sort((a, b) => (a.f.at ?? "9").localeCompare(b.f.at ?? "9"));
}

/** Writes a note about a record of the plan on the screen; who wrote it and when is the server's to say. */
export async function addNote(about: RecordID, text: string): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  return edit(current.id, [{ rec: newID<RecordID>(), kind: "note", new: { about, text } }]);
}
