import type { ComponentChildren } from "preact";
import css from "./Beside.module.css";

interface Props {
  /** Something small: initials, a leaf of the calendar. */
  readonly mark: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A mark with words beside it; with large letters the words go under it. */
export function Beside({ mark, children }: Props) {
  return (
    <div class={css.beside}>
      {mark}
      <div class={css.words}>{children}</div>
    </div>
  );
}
