import type { Saved } from "../../../../sync/client/types.ts";
import { saved } from "../../data/saved.ts";
import { t } from "../../text/catalogue.ts";

/** Tells what became of one step of the form; a step that changed nothing is not spoken of. */
export async function told(step: Promise<Saved | null>, words = t("app.saved")): Promise<boolean> {
  const done = await step;
  return done ? saved(done, words) : true;
}
