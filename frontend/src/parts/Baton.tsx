import css from "./Baton.module.css";

interface Props {
  /** Who hands over, by first name; empty when nobody held the rope. */
  readonly from: string;
  readonly to: string;
  /** The new one holds the rope: the knot has moved. */
  readonly isTaken: boolean;
}

/** A piece of the rope between two people, with the knot at the one who holds it. The words beside it say the same. */
export function Baton({ from, to, isTaken }: Props) {
  return (
    <div class={isTaken ? `${css.baton} ${css.taken}` : css.baton} aria-hidden="true">
      <div class={css.rope}>
        <span class={css.knot} />
      </div>
      <div class={css.names}>
        <span>{from}</span>
        <span>{to}</span>
      </div>
    </div>
  );
}
