import { today } from "../../data/case.ts";
import { said } from "../../data/levels.ts";
import { type KnotAt, type Line, type Stretch, timeline } from "../../data/timeline.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { Timeline } from "../../parts/Timeline.tsx";
import { language, t } from "../../text/catalogue.ts";
import { leaf, shortDay } from "../../text/dates.ts";

// A bar with room for more than its number, as a part of the whole.
const wide = 0.2;

/** How all tracks have gone, side by side, from the first entry to today, with the meetings under them. */
export function Time() {
  const { lines, knots, months } = timeline.value;
  if (lines.length === 0) return null;
  return (
    <Block title={t("levels.time")}>
      <Card>
        <Timeline
          lines={lines.map((line) => ({
            key: line.key,
            label: line.label,
            stretches: line.stretches.map((one) => barOf(line, one)),
          }))}
          rope={{ label: t("levels.meetings"), knots: knots.map(knotOf) }}
          months={months.map(({ day, at }) => ({ key: day, words: leaf(day).month, at }))}
        />
      </Card>
    </Block>
  );
}

function barOf(line: Line, one: Stretch) {
  const { key, level, start, width } = one;
  const mark = one.to || width < wide ? String(level) : t("levels.nowMark", { n: level });
  const shade = Math.min(5, Math.max(1, level - line.lowest + 1));
  return { key, shade, mark, words: wordsOf(line, one), start, width };
}

function wordsOf({ label, word }: Line, { level, from, to }: Stretch): string {
  const about = { spor: label, ord: said(word, language.value).text, n: level, fra: shortDay(from, today.value) };
  return to ? t("levels.stretch", { ...about, til: shortDay(to, today.value) }) : t("levels.stretchNow", about);
}

function knotOf({ key, title, day, at }: KnotAt) {
  return { key, words: t("levels.meetingOn", { titel: title, dato: shortDay(day, today.value) }), at };
}
