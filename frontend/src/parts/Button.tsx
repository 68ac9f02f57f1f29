import type { ComponentChildren } from "preact";
import css from "./Button.module.css";
import { Icon, type IconName } from "./Icon.tsx";

interface Look {
  readonly children: ComponentChildren;
  /** What it is for: the one thing to do, another thing to do, or a way out. */
  readonly look?: "main" | "other" | "quiet";
  readonly icon?: IconName;
  readonly wide?: boolean;
  /** The accessible name, where it says more than the words; it must begin with them. */
  readonly label?: string | undefined;
}

interface ButtonProps extends Look {
  readonly onClick?: () => void;
  readonly submit?: boolean;
  readonly busy?: boolean;
}

/** A button: something happens. */
export function Button({ onClick, submit, busy, ...look }: ButtonProps) {
  return (
    <button
      type={submit ? "submit" : "button"}
      class={classes(look)}
      data-variant={variant(look)}
      aria-label={look.label}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={busy ? undefined : onClick}
    >
      <Inside {...look} />
    </button>
  );
}

/** A link that looks like a button: one goes somewhere, or calls. */
export function LinkButton({ href, ...look }: Look & { readonly href: string }) {
  return (
    <a href={href} class={classes(look)} data-variant={variant(look)} aria-label={look.label}>
      <Inside {...look} />
    </a>
  );
}

/** An address that opens the phone's own dialler. */
export function tel(number: string): string {
  return `tel:${number.replace(/[^+\d]/g, "")}`;
}

function Inside({ icon, children }: Look) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </>
  );
}

function classes({ wide, look = "other" }: Look): string {
  return `ds-button ${css.button} ${css[look]} ${wide ? css.wide : ""}`;
}

function variant({ look = "other" }: Look): string {
  return { main: "primary", other: "secondary", quiet: "tertiary" }[look];
}
