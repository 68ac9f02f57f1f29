import type { Field } from "../../data/fields.ts";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";

interface Props {
  readonly field: Field;
  readonly value: string;
  readonly onInput: (text: string) => void;
}

/** The input that fits a field. */
export function Write({ field, value, onInput }: Props) {
  const shared = { label: field.label, value, onInput };
  if (field.shape === "day") return <DayField {...shared} min="" />;
  if (field.shape === "choice")
    return <ChoiceField label={field.label} value={value} choices={field.choices} onChange={onInput} />;
  return field.shape === "lines" ? (
    <TextField {...shared} max={field.max} lines={5} />
  ) : (
    <TextField {...shared} max={field.max} />
  );
}
