import { space, today } from "../../data/case.ts";
import { answersForPlan } from "../../data/moves.ts";
import { type Flag, gapsIn } from "../../data/progress.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { isKey, t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Levels.module.css";

/** What the plan lacks, for those who answer for it (PT14, NO6). */
export function Flags() {
  const flags = space.value && answersForPlan() ? gapsIn(space.value, today.value) : [];
  if (flags.length === 0) return null;
  return (
    <Block title={t("levels.gaps")}>
      <Card>
        <ul class={css.flags}>
          {flags.map((flag) => (
            <li key={flag.key} class={flag.isLate ? css.late : ""}>
              {wordsOf(flag)}
            </li>
          ))}
        </ul>
      </Card>
    </Block>
  );
}

function wordsOf({ kind, day, about, isLate }: Flag): string {
  const sector = `sector.${about}`;
  const late = `levels.gap_${kind}Late`;
  const key = isLate && isKey(late) ? late : (`levels.gap_${kind}` as const);
  return t(key, { hvad: isKey(sector) ? t(sector) : about, dato: day ? longDay(day, today.value) : "" });
}
