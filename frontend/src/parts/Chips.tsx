import css from "./Chips.module.css";
import { Icon } from "./Icon.tsx";

interface Choice<V extends string> {
  readonly value: V;
  readonly words: string;
}
interface Props<V extends string> {
  readonly legend: string;
  /** The legend is read aloud only: a heading above says it to the eye. */
  readonly isQuiet?: boolean;
  readonly hint?: string | undefined;
  readonly choices: readonly Choice<V>[];
  readonly onPress: (value: V) => void;
}

/** Choices that wrap, of which one holds, or none yet. */
export function OneChip<V extends string>({ value, ...props }: Props<V> & { readonly value: V | undefined }) {
  return <Chips {...props} type="radio" isOn={(one) => one === value} />;
}

/** Choices that wrap, of which any may hold. */
export function ManyChips<V extends string>({ values, ...props }: Props<V> & { readonly values: ReadonlySet<V> }) {
  return <Chips {...props} type="checkbox" isOn={(one) => values.has(one)} />;
}

interface Drawn<V extends string> extends Props<V> {
  readonly type: "radio" | "checkbox";
  readonly isOn: (value: V) => boolean;
}

function Chips<V extends string>({ legend, isQuiet, hint, choices, onPress, type, isOn }: Drawn<V>) {
  return (
    <fieldset class={css.chips}>
      <legend class={isQuiet ? "sr" : css.legend}>{legend}</legend>
      {hint && <p class={css.hint}>{hint}</p>}
      {choices.map(({ value, words }) => (
        <label key={value} class={isOn(value) ? `${css.chip} ${css.on}` : css.chip}>
          <input type={type} class="sr" name={legend} checked={isOn(value)} onChange={() => onPress(value)} />
          {isOn(value) && <Icon name="check" />}
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
