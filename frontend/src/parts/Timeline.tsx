import css from "./Timeline.module.css";

interface Props {
  readonly lines: readonly {
    readonly key: string;
    readonly label: string;
    readonly stretches: readonly {
      readonly key: string;
      /** 1 to 5 on the ladder of colours. */
      readonly shade: number;
      /** What stands in the bar, and what is read aloud. */
      readonly mark: string;
      readonly words: string;
      readonly start: number;
      readonly width: number;
    }[];
  }[];
  readonly months: readonly { readonly key: string; readonly words: string; readonly at: number }[];
}

/** Tracks on one axis of time: a bar with its number for each stretch; the same in words for who does not see it. */
export function Timeline({ lines, months }: Props) {
  return (
    <div class={css.whole}>
      {lines.map((line) => (
        <div key={line.key} class={css.line}>
          <div class={css.label}>{line.label}</div>
          <ol class={css.bars}>
            {line.stretches.map((one) => (
              <li
                key={one.key}
                class={`${css.bar} ${css[`s${one.shade}`]}`}
                style={{ insetInlineStart: `${one.start * 100}%`, inlineSize: `${one.width * 100}%` }}
              >
                <span aria-hidden="true">{one.mark}</span>
                <span class="sr">{one.words}</span>
              </li>
            ))}
          </ol>
        </div>
      ))}
      <div class={css.months} aria-hidden="true">
        {months.map((month) => (
          <span key={month.key} style={{ insetInlineStart: `${month.at * 100}%` }}>
            {month.words}
          </span>
        ))}
      </div>
    </div>
  );
}
