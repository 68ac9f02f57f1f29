import { today } from "../../data/case.ts";
import { said } from "../../data/levels.ts";
import { type Line, type Stretch, timeline } from "../../data/timeline.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { Timeline } from "../../parts/Timeline.tsx";
import { language, t } from "../../text/catalogue.ts";
import { leaf, shortDay } from "../../text/dates.ts";

/** How all tracks have gone, side by side, from the first entry to today. */
export function Time() {
  const { lines, months } = timeline.value;
  if (lines.length === 0) return null;
  return (
    <Block title={t("levels.time")}>
      <Card>
        <Timeline
          lines={lines.map((line) => ({
            key: line.key,
            label: line.label,
            stretches: line.stretches.map((one) => ({
              key: one.key,
              shade: Math.min(5, Math.max(1, one.level)),
              mark: String(one.level),
              words: wordsOf(line, one),
              start: one.start,
              width: one.width,
            })),
          }))}
          months={months.map(({ day, at }) => ({ key: day, words: leaf(day).month, at }))}
        />
      </Card>
    </Block>
  );
}

function wordsOf({ word }: Line, { level, from, to }: Stretch): string {
  const ord = said(word, language.value).text;
  const fra = shortDay(from, today.value);
  return to
    ? t("levels.stretch", { ord, n: level, fra, til: shortDay(to, today.value) })
    : t("levels.stretchNow", { ord, n: level, fra });
}
