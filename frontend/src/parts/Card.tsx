import type { ComponentChildren } from "preact";
import css from "./Card.module.css";

interface Props {
  readonly children: ComponentChildren;
  readonly tight?: boolean;
  /** What a screen reader calls the whole of it. */
  readonly label?: string | undefined;
}

/** A piece of paper with one thing on it. */
export function Card({ children, tight, label }: Props) {
  const look = `${css.card} ${tight ? css.tight : ""}`;
  if (!label) return <div class={look}>{children}</div>;
  return (
    <article class={look} aria-label={label}>
      {children}
    </article>
  );
}

/** A heading with what belongs under it. */
export function Block({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class={css.block}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A few kind words where there is nothing to show. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class={css.empty}>{children}</p>;
}
