import type { ComponentChildren } from "preact";
import css from "./Buttons.module.css";

/** Buttons side by side, as long as they fit. */
export function Buttons({ children }: { readonly children: ComponentChildren }) {
  return <div class={css.buttons}>{children}</div>;
}
