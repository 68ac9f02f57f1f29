import type { ComponentChildren } from "preact";
import css from "./Card.module.css";

/** A piece of paper with one thing on it. */
export function Card({ children, tight }: { readonly children: ComponentChildren; readonly tight?: boolean }) {
  return <div class={`${css.card} ${tight ? css.tight : ""}`}>{children}</div>;
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
