import { useEffect } from "preact/hooks";
import { today, zone } from "../../data/case.ts";
import { askNotices, type Notice, noticeAbout, notices, noticeWords } from "../../data/reminders.ts";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { momentWords } from "../../text/dates.ts";
import css from "./Reminders.module.css";

/** What this person was told, the newest first; what it is about is said here and nowhere else. */
export function Inbox() {
  useEffect(() => void askNotices(), []);
  const { value } = notices;
  return (
    <>
      <h1 tabIndex={-1}>{t("reminders.inboxTitle")}</h1>
      {value === null && <p class="soft">{t("reminders.noNet")}</p>}
      {value?.length === 0 && <p class="soft">{t("reminders.none")}</p>}
      {value !== null && value.length > 0 && (
        <Card>
          {value.map((notice) => (
            <Row key={notice.id} notice={notice} />
          ))}
        </Card>
      )}
      <p>
        <a class={css.link} href="/me/reminders">
          {t("reminders.toSettings")}
        </a>
      </p>
    </>
  );
}

function Row({ notice }: { readonly notice: Notice }) {
  const about = noticeAbout(notice);
  const when = momentWords(Date.parse(notice.at), today.value, zone.value);
  return (
    <a class={notice.opened ? css.row : `${css.row} ${css.new}`} href={`/n/${notice.id}`}>
      <b>{t(noticeWords(notice))}</b>
      {about && <div>{about}</div>}
      <div class="soft">{notice.opened ? when : `${when} · ${t("reminders.new")}`}</div>
    </a>
  );
}
