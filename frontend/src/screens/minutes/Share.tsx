import { useLocation } from "preact-iso/router";
import { path } from "../../data/case.ts";
import type { Meeting } from "../../data/meetings.ts";
import { lacksOf, shareMinutes } from "../../data/minutes.ts";
import { saved } from "../../data/saved.ts";
import { sync } from "../../data/store.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Share.module.css";

/** What is still missing, and the one step that shows it all to everybody. */
export function Share({ meeting }: { readonly meeting: Meeting }) {
  const { route } = useLocation();
  const lacks = lacksOf(meeting);
  const isOffline = !sync.value.reachable;
  const onShare = async () => {
    const done = await shareMinutes(meeting);
    if (done && saved(done, t("minutes.shared"))) route(path(`/meetings/${meeting.id}`));
  };
  return (
    <Block title={t("minutes.share")}>
      <Card>
        {lacks.length === 0 && (
          <p class={css.ready}>
            <Icon name="check" /> {t("minutes.ready")}
          </p>
        )}
        {lacks.length > 0 && (
          <>
            <p>{t("minutes.lacks")}</p>
            <ul class={css.lacks}>
              {lacks.map(({ words, n }) => (
                <li key={words}>{t(words, { n })}</li>
              ))}
            </ul>
          </>
        )}
        <p>{t("meetings.nodec")}</p>
        <p class={css.last}>{t(isOffline ? "minutes.shareOffline" : "minutes.shareText")}</p>
        <Button look="main" wide busy={isOffline || lacks.some(({ stops }) => stops)} onClick={onShare}>
          {t("minutes.share")}
        </Button>
      </Card>
    </Block>
  );
}
