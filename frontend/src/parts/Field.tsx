import { type ComponentChildren, createContext, type TargetedInputEvent } from "preact";
import { useContext, useId } from "preact/hooks";
import css from "./Field.module.css";

interface Shape {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why it cannot be saved yet. */
  readonly error?: string | undefined;
}
interface TextProps extends Shape {
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** The person has left the field. */
  readonly onDone?: (() => void) | undefined;
}

/** What words are asked about while they are written; null where nothing is. */
export const Doubt = createContext<((text: string) => string | undefined) | null>(null);

/** A field for words, one line or several. */
export function TextField({ lines, max, ...props }: TextProps & { readonly max: number; readonly lines?: number }) {
  const id = useId();
  const doubt = useContext(Doubt);
  const shared = { ...common(id, props), maxLength: max };
  return (
    <Labelled id={id} {...props}>
      {lines ? <textarea {...shared} rows={lines} /> : <input {...shared} type="text" autocomplete="off" />}
      {doubt && (
        <output for={id} class={css.doubt}>
          {doubt(props.value)}
        </output>
      )}
    </Labelled>
  );
}

/** A field for a day: the phone's own, which everybody knows. */
export function DayField({ min, ...props }: TextProps & { readonly min: string }) {
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <input {...common(id, props)} type="date" min={min} />
    </Labelled>
  );
}

/** A field for a time of day, "14:00": the phone's own. */
export function TimeField(props: TextProps) {
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <input {...common(id, props)} type="time" step={300} />
    </Labelled>
  );
}

function common(id: string, { value, hint, error, onInput, onDone }: TextProps) {
  return {
    id,
    class: `ds-input ${css.input}`,
    value,
    "aria-describedby": hint || error ? `${id}-hint` : undefined,
    "aria-invalid": error ? true : undefined,
    onInput: (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) => onInput(event.currentTarget.value),
    onBlur: onDone,
  } as const;
}

interface ChoiceProps<V extends string> extends Shape {
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly words: string }[];
  readonly onChange: (value: V) => void;
}

/** A field with a list to choose from: the phone's own list, which everybody knows. */
export function ChoiceField<V extends string>({ label, hint, value, choices, onChange }: ChoiceProps<V>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint}>
      <select
        id={id}
        class={`ds-input ${css.input}`}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.value as V)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.words}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Labelled({
  id,
  label,
  hint,
  error,
  children,
}: Shape & { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <div class={css.field}>
      <label class={css.label} for={id}>
        {label}
      </label>
      {(error || hint) && (
        <div id={`${id}-hint`} class={error ? css.error : css.hint}>
          {error ?? hint}
        </div>
      )}
      {children}
    </div>
  );
}
