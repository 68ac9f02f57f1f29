import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Rec } from "../../../../sync/client/types.ts";
import { useDraft } from "../../data/draft.ts";
import { put } from "../../data/keep.ts";
import { saved } from "../../data/saved.ts";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";

interface Props {
  readonly rec: Rec;
  readonly field: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly max: number;
  readonly lines?: number;
}

/** A field of a record that saves itself when one leaves it; what is typed is kept on the phone with every key. */
export function Kept({ rec, field, label, hint, max, lines }: Props) {
  const draft = useDraft(`${rec.id}.${field}`);
  const typed = useSignal<string | null>(draft.text.peek() || null);
  const held = String((rec.f as Readonly<Record<string, unknown>>)[field] ?? "");
  const onInput = (text: string) => {
    typed.value = text;
    draft.write(text);
  };
  const onDone = async () => {
    if (typed.peek() === null) return;
    const done = await put(rec, { [field]: (typed.peek() ?? "").trim() });
    if (done && !saved(done, t("app.saved"))) return;
    typed.value = null;
    draft.clear();
  };
  // What was typed when the page was lost is saved when it comes back.
  useEffect(() => void onDone(), []);
  return (
    <TextField
      label={label}
      hint={hint}
      value={typed.value ?? held}
      onInput={onInput}
      onDone={onDone}
      max={max}
      {...(lines && { lines })}
    />
  );
}
