import css from "./Live.module.css";

interface Props {
  readonly words: string;
  /** Shown to the eye too: something was not saved. */
  readonly shown: boolean;
}

/** The one place on the page that speaks, politely. */
export function Live({ words, shown }: Props) {
  return (
    <div class={shown ? css.shown : "sr"} role="status">
      {words}
    </div>
  );
}
