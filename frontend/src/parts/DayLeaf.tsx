import type { Day } from "../../../sync/plan/plan.gen.ts";
import { leaf } from "../text/dates.ts";
import css from "./DayLeaf.module.css";

/** A leaf of a calendar. */
export function DayLeaf({ day }: { readonly day: Day }) {
  const parts = leaf(day);
  return (
    <time class={css.leaf} dateTime={day}>
      <span>{parts.weekday}</span>
      <b>{parts.day}</b>
      <span>{parts.month}</span>
    </time>
  );
}
