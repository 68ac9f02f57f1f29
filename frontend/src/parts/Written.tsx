import type { ReadonlySignal } from "@preact/signals";
import type { Rec } from "../../../sync/client/types.ts";
import { TextField } from "./Field.tsx";

/** A text that saves itself, as the screen hands it over. */
interface Writing {
  readonly text: ReadonlySignal<string>;
  readonly write: (text: string) => void;
  readonly keep: () => Promise<void>;
}

interface Props {
  readonly rec: Rec;
  readonly field: string;
  /** How a field of a record is written. */
  readonly useField: (rec: Rec, field: string) => Writing;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly max: number;
  readonly lines?: number;
}

/** A field of a record that saves itself while it is written. */
export function Written({ rec, field, useField, ...shown }: Props) {
  const { text, write, keep } = useField(rec, field);
  return <TextField {...shown} value={text.value} onInput={write} onDone={() => void keep()} />;
}
