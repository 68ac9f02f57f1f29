import { limits } from "../../../../sync/plan/plan.gen.ts";
import { today, zone } from "../../data/case.ts";
import type { Meeting } from "../../data/meetings.ts";
import { followUpOf, followUpOn, nextMeeting } from "../../data/minutes.ts";
import { saved } from "../../data/saved.ts";
import { useField } from "../../data/writing.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { DayField } from "../../parts/Field.tsx";
import { Written } from "../../parts/Written.tsx";
import { t } from "../../text/catalogue.ts";
import { dayOf, longDay } from "../../text/dates.ts";

/** When it is looked at again, or why there is no date (LS20c). */
export function Follow({ meeting }: { readonly meeting: Meeting }) {
  const next = nextMeeting(meeting)?.f.start;
  const held = followUpOf(meeting);
  const onDay = async (day: string) => {
    const done = await followUpOn(meeting, day);
    if (done) saved(done, t("app.saved"));
  };
  return (
    <Block title={t("minutes.next")}>
      <Card>
        {next && <p>{t("minutes.nextMeeting", { dato: longDay(dayOf(next, zone.value), today.value) })}</p>}
        <DayField label={t("minutes.nextDay")} min={today.value} value={held?.f.due ?? ""} onInput={onDay} />
        {!next && !held && (
          <Written
            rec={meeting}
            field="noFollowUp"
            useField={useField}
            label={t("minutes.noNext")}
            max={limits.meeting.noFollowUp}
            lines={2}
          />
        )}
      </Card>
    </Block>
  );
}
