import type { ComponentChildren } from "preact";
import css from "./Ladder.module.css";

interface Props {
  readonly label: string;
  /** The numbers of all levels, in order. */
  readonly levels: readonly number[];
  readonly now: number;
  /** The lane in words, for those who do not see it. */
  readonly words: string;
}

/** Ladders under each other, their steps in line. */
export function Ladders({ children }: { readonly children: ComponentChildren }) {
  return <div class={css.ladders}>{children}</div>;
}

/** One track on its model: every level as a step, the one we are on marked by border, weight and colour. */
export function Ladder({ label, levels, now, words }: Props) {
  return (
    <div class={css.lane}>
      <span class={css.label} aria-hidden="true">
        {label}
      </span>
      <div class={css.steps} role="img" aria-label={words}>
        {levels.map((n, i) => (
          <span key={n} class={n === now ? `${css.step} ${css.on} ${css[`s${Math.min(5, i + 1)}`]}` : css.step}>
            {n}
          </span>
        ))}
      </div>
    </div>
  );
}
