import css from "./Segments.module.css";

interface Props<V extends string> {
  readonly legend: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly words: string }[];
  readonly onChange: (value: V) => void;
}

/** A few choices side by side, of which one holds. */
export function Segments<V extends string>({ legend, value, choices, onChange }: Props<V>) {
  return (
    <fieldset class={css.segments}>
      <legend class="sr">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class={choice.value === value ? `${css.choice} ${css.on}` : css.choice}>
          <input
            type="radio"
            class="sr"
            name={legend}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.words}
        </label>
      ))}
    </fieldset>
  );
}
