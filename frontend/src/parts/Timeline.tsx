import { useId } from "preact/hooks";
import css from "./Timeline.module.css";

interface Bar {
  readonly key: string;
  /** 1 to 5 on the ladder of colours. */
  readonly shade: number;
  /** What stands in the bar, and what is read aloud. */
  readonly mark: string;
  readonly words: string;
  readonly start: number;
  readonly width: number;
}
interface Knot {
  readonly key: string;
  readonly words: string;
  readonly at: number;
}
interface Props {
  readonly lines: readonly { readonly key: string; readonly label: string; readonly stretches: readonly Bar[] }[];
  /** Open knots on the rope under the tracks. */
  readonly rope: { readonly label: string; readonly knots: readonly Knot[] };
  readonly months: readonly { readonly key: string; readonly words: string; readonly at: number }[];
}

/** Tracks on one axis of time: a bar with its number for each stretch; the same in words for who does not see it. */
export function Timeline({ lines, rope, months }: Props) {
  return (
    <div class={css.whole}>
      {lines.map(({ key, label, stretches }) => (
        <Line key={key} label={label} stretches={stretches} />
      ))}
      {rope.knots.length > 0 && <Rope {...rope} />}
      <div class={css.months} aria-hidden="true">
        {months.filter(hasRoom).map((month) => (
          <span key={month.key} style={{ insetInlineStart: share(month.at) }}>
            {month.words}
          </span>
        ))}
      </div>
    </div>
  );
}

// A month that begins at the very end has no room for its name.
const hasRoom = ({ at }: Props["months"][number]): boolean => at < 0.9;

function Line({ label, stretches }: { readonly label: string; readonly stretches: readonly Bar[] }) {
  const id = useId();
  return (
    <div class={css.line}>
      <div class={css.label} id={id}>
        {label}
      </div>
      <ol class={css.bars} aria-labelledby={id}>
        {stretches.map((one) => (
          <li
            key={one.key}
            class={`${css.bar} ${css[`s${one.shade}`]}`}
            style={{ insetInlineStart: share(one.start), inlineSize: share(one.width) }}
          >
            <span aria-hidden="true">{one.mark}</span>
            <span class="sr">{one.words}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Rope({ label, knots }: Props["rope"]) {
  const id = useId();
  return (
    <div class={css.line}>
      <div class={css.label} id={id}>
        {label}
      </div>
      <ol class={css.rope} aria-labelledby={id}>
        {knots.map((knot) => (
          <li key={knot.key} class={css.knot} style={{ insetInlineStart: share(knot.at) }}>
            <span class="sr">{knot.words}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function share(part: number): string {
  return `${part * 100}%`;
}
