import { today, zone } from "../../data/case.ts";
import { type Meeting, minutes } from "../../data/meetings.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { momentWords } from "../../text/dates.ts";
import css from "./Minutes.module.css";

/** What was said, as the one who called the meeting wrote it. */
export function Minutes({ meeting }: { readonly meeting: Meeting }) {
  const sections = minutes(meeting);
  if (sections.length === 0) return null;
  const { minutesState, minutesSharedAt, decisionsOnMunicipalSupport } = meeting.f;
  return (
    <Block title={t("meetings.text")}>
      <Card>
        {minutesState === "draft" && <p class="soft">{t("meetings.textDraft")}</p>}
        {sections.map(({ id, f }) => (
          <div key={id} class={css.section}>
            <h3>{f.heading}</h3>
            <p class={css.text}>{f.text}</p>
          </div>
        ))}
        {!decisionsOnMunicipalSupport && <p class="soft">{t("meetings.nodec")}</p>}
        {minutesSharedAt && <p class="soft">{momentWords(minutesSharedAt, today.value, zone.value)}</p>}
      </Card>
    </Block>
  );
}
