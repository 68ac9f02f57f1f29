import type { ComponentChildren } from "preact";
import css from "./Knot.module.css";

interface Props {
  readonly title: string;
  readonly children: ComponentChildren;
  /** The knot of the one who holds the rope: full, and without a heading for the eye. */
  readonly holds?: boolean;
}

/** One part of the plan, tied to the rope. */
export function Knot({ title, children, holds }: Props) {
  return (
    <section class={holds ? `${css.knot} ${css.holds}` : css.knot}>
      <h2 class={holds ? "sr" : ""}>{title}</h2>
      {children}
    </section>
  );
}
