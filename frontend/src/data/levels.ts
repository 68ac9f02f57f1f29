import { computed } from "@preact/signals";
import type { Rec } from "../../../sync/client/types.ts";
import type { ModelID } from "../../../sync/plan/plan.gen.ts";
import type { Language } from "../text/catalogue.ts";
import { space } from "./case.ts";
import { find, ofKind } from "./store.ts";

/** Words that come with the data, in the model's own languages. */
export type ModelWords = Readonly<Partial<Record<Language, string>>>;

/** One level of a model, as sync/models writes it. */
export interface Level {
  readonly n: number;
  readonly name: ModelWords;
  readonly sentence: ModelWords;
  readonly purpose?: ModelWords;
  readonly outcomes?: readonly {
    readonly sign: "+" | "-";
    readonly text: ModelWords;
    readonly next: readonly number[];
  }[];
}

/** One track on one model: where it is now, and how it came there. */
export interface Lane {
  readonly key: string;
  readonly label: string;
  readonly model: ModelID;
  readonly levels: readonly Level[];
  readonly now: Rec<"levelEntry">;
  readonly level: Level | undefined;
  readonly modelName: ModelWords;
  /** What a level is called here: "niveau", "trin". */
  readonly word: ModelWords;
  /** Every entry, latest first. */
  readonly history: readonly Rec<"levelEntry">[];
}

/** The tracks of the plan on the screen that stand on a level, in the plan's own order. */
export const lanes = computed<readonly Lane[]>(() => {
  const entries = ofKind(space.value, "levelEntry");
  const tracks = [...ofKind(space.value, "track")].sort((a, b) => ((a.f.order ?? "") < (b.f.order ?? "") ? -1 : 1));
  const open = entries.filter(({ f }) => !f.to);
  return tracks.flatMap((track) =>
    open.filter(({ f }) => f.track === trackID(track)).map((now) => lane(track.f.label ?? "", now, entries)),
  );
});

function lane(label: string, now: Rec<"levelEntry">, entries: readonly Rec<"levelEntry">[]): Lane {
  const { model, track } = now.f;
  // What a model says is data that only the server writes; its shape is guarded where the models are (sync/models).
  const told = (find(space.value, "model", model)?.f ?? {}) as {
    levels?: readonly Level[];
    word?: ModelWords;
    name?: ModelWords;
  };
  const levels = told.levels ?? [];
  return {
    key: `${model} ${track}`,
    label,
    model: model as ModelID,
    levels,
    now,
    level: levels.find(({ n }) => n === now.f.level),
    modelName: told.name ?? {},
    word: told.word ?? {},
    history: entries
      .filter(({ f }) => f.model === model && f.track === track)
      .sort((a, b) => ((a.f.from ?? "") < (b.f.from ?? "") ? 1 : -1)),
  };
}

// A reference to a track has a type of its own; it is the same text.
function trackID(track: Rec<"track">): string {
  return track.id;
}

/** Words of the data in the language on the screen, else in one that is there, with its tag for the reader. */
export function said(
  words: ModelWords | undefined,
  wanted: Language,
): { readonly text: string; readonly lang?: Language } {
  const own = words?.[wanted];
  if (own) return { text: own };
  for (const lang of ["da", "nb", "en"] as const) {
    const text = words?.[lang];
    if (text) return { text, lang };
  }
  return { text: "" };
}
