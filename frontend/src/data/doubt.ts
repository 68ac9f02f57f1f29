import { computed, signal } from "@preact/signals";
import { plan } from "./case.ts";

type Doubt = (text: string) => string | undefined;

const judge = signal<Doubt | null>(null);
const isGroup = computed(() => plan.value?.case.f.kind === "anonymous_group");

/**
 * What a text is asked about while it is written in the plan of a group, where nobody may be recognised (R11). Null in
 * any other plan. It is a question, not a refusal: a place or a song may look like a name.
 */
export const doubt = computed<Doubt | null>(() => (isGroup.value ? judge.value : null));

/** Fetches the names once a plan of a group is open; no other phone carries them. */
export async function learnNames(): Promise<void> {
  if (!isGroup.value || judge.peek()) return;
  const { doubtIn } = await import("./names.ts");
  judge.value = doubtIn;
}
