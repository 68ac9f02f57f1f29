import { useSignal } from "@preact/signals";
import { attention } from "../../data/attention.ts";
import { today, zone } from "../../data/case.ts";
import { myName } from "../../data/people.ts";
import { tell } from "../../data/saved.ts";
import { sync, syncNow } from "../../data/store.ts";
import { keepsWell } from "../../data/waiting.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { Languages } from "../../parts/Languages.tsx";
import { t } from "../../text/catalogue.ts";
import { momentWords } from "../../text/dates.ts";
import css from "./Me.module.css";
import { SignOut } from "./SignOut.tsx";

/** Me: is everything sent, which language, and the way out. */
export function Me() {
  return (
    <>
      <h1 tabIndex={-1} class={css.name}>
        {myName.value ?? t("me.title")}
      </h1>
      <Block title={t("me.sync")}>
        <Card>
          <Sync />
        </Card>
      </Block>
      <Block title={t("app.language")}>
        <Languages />
      </Block>
      <Block title={t("reminders.title")}>
        <Card>
          <a class={css.link} href="/n">
            {t("reminders.inbox")}
          </a>
          <a class={css.link} href="/me/reminders">
            {t("reminders.toSettings")}
          </a>
        </Card>
      </Block>
      <Block title={t("calendar.title")}>
        <Card>
          <p>{t("calendar.lead")}</p>
          <a class={css.link} href="/me/calendar">
            {t("me.calendar")}
          </a>
        </Card>
      </Block>
      <Block title={t("me.about")}>
        <Card>
          <p>{t("me.aboutText")}</p>
          <p class={css.second}>{t("me.aboutSee")}</p>
        </Card>
      </Block>
      <SignOut />
    </>
  );
}

function Sync() {
  const { waiting, lastContact } = sync.value;
  const isFetching = useSignal(false);
  const onFetch = async () => {
    isFetching.value = true;
    await syncNow();
    isFetching.value = false;
    tell(t(sync.peek().reachable ? "me.fetched" : "me.notFetched"));
  };
  const tid = lastContact && momentWords(lastContact, today.value, zone.value);
  return (
    <>
      <p>
        <b>{waiting === 0 ? t("me.allSent") : t("me.unsent", { n: waiting })}</b>{" "}
        {tid ? t("me.lastContact", { tid }) : t("me.neverContact")}
      </p>
      <p class="soft">{t(keepsWell.value ? "me.persisted" : "me.notPersisted")}</p>
      <div class={css.fetch}>
        <Button wide onClick={onFetch} busy={isFetching.value}>
          {t(isFetching.value ? "me.fetching" : "me.fetch")}
        </Button>
      </div>
      <a class={css.link} href="/waiting">
        {t("me.waiting")}
        {attention.value > 0 && ` (${attention.value})`}
      </a>
      <a class={css.link} href="/cases">
        {t("me.cases")}
      </a>
    </>
  );
}
