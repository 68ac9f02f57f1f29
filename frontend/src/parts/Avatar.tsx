import css from "./Avatar.module.css";

interface Props {
  readonly initials: string;
  readonly size?: "small" | "large";
  /** Holds the rope. */
  readonly holds?: boolean;
}

/** Somebody's initials; the name always stands beside them. */
export function Avatar({ initials, size = "small", holds }: Props) {
  return (
    <span class={`${css.avatar} ${css[size]} ${holds ? css.holds : ""}`} aria-hidden="true">
      {initials}
    </span>
  );
}
