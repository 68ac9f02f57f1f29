import { today } from "../../data/case.ts";
import { drawn, timeline } from "../../data/timeline.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { Timeline } from "../../parts/Timeline.tsx";
import { t } from "../../text/catalogue.ts";

/** How all tracks have gone, side by side, from the first entry to today, with the meetings under them. */
export function Time() {
  if (timeline.value.lines.length === 0) return null;
  return (
    <Block title={t("levels.time")}>
      <Card>
        <Timeline {...drawn(timeline.value, today.value)} />
      </Card>
    </Block>
  );
}
