import { mayMake, me, path, today, zone } from "../../data/case.ts";
import { keeps, missingIn } from "../../data/invite.ts";
import { kindsToCall } from "../../data/kinds.ts";
import { coming, drafts, earlier, hostsIt, lacksMinutes, type Meeting, myPlace } from "../../data/meetings.ts";
import { Beside } from "../../parts/Beside.tsx";
import { LinkButton } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { DayLeaf } from "../../parts/DayLeaf.tsx";
import { t } from "../../text/catalogue.ts";
import { clockRange, dayOf } from "../../text/dates.ts";
import css from "./Meetings.module.css";
import { Requests } from "./Requests.tsx";

/** The meetings to come, what is on its way, and those that have been. */
export function Meetings() {
  const invited = coming.value.filter(({ f }) => f.state === "invited");
  return (
    <>
      <Begin />
      <Requests />
      <Block title={t("meetings.next")}>
        <List meetings={invited} none={t("meetings.none")} />
      </Block>
      {drafts.value.length > 0 && (
        <Block title={t("meetings.drafts")}>
          <List meetings={drafts.value} none="" />
        </Block>
      )}
      <Block title={t("meetings.earlier")}>
        <List meetings={earlier.value} none={t("meetings.noneEarlier")} />
      </Block>
    </>
  );
}

function Begin() {
  const mayCall = kindsToCall().length > 0;
  return (
    <div class={css.begin}>
      {mayCall && (
        <LinkButton href={path("/meetings/new")} look="main" icon="plus" wide>
          {t("meetings.call")}
        </LinkButton>
      )}
      {mayMake(me.value, "meetingRequest") && (
        <LinkButton href={path("/meetings/ask")} wide>
          {t("meetings.ask")}
        </LinkButton>
      )}
    </div>
  );
}

function List({ meetings, none }: { readonly meetings: readonly Meeting[]; readonly none: string }) {
  if (meetings.length === 0) return <Empty>{none}</Empty>;
  return (
    <ul class={css.list}>
      {meetings.map((meeting) => (
        <Row key={meeting.id} meeting={meeting} />
      ))}
    </ul>
  );
}

function Row({ meeting }: { readonly meeting: Meeting }) {
  const { title, start, end, place } = meeting.f;
  return (
    <li>
      <a class={css.link} href={path(`/meetings/${meeting.id}`)}>
        <Card>
          <Beside mark={start && <DayLeaf day={dayOf(start, zone.value)} />}>
            <b>{title}</b>
            <div class="soft">
              {start ? t("meetings.at", { tid: clockRange(start, end, zone.value) }) : t("meetings.noTime")}
              {yearOf(start)}
            </div>
            <div class="soft">{place}</div>
            <div class={css.state}>{stateWords(meeting)}</div>
          </Beside>
        </Card>
      </a>
    </li>
  );
}

// Who keeps it is told how far it is; for everybody else it is simply not called yet.
function draftWords(meeting: Meeting): string {
  const n = keeps(meeting) ? missingIn(meeting).length : 0;
  return n > 0 ? `${t("meetings.draft")} · ${t("meetings.missingN", { n })}` : t("meetings.draft");
}

// The leaf has no room for the year, and a meeting of another year is rare.
function yearOf(start: string | undefined): string {
  const year = start && dayOf(start, zone.value).slice(0, 4);
  return year && year !== today.value.slice(0, 4) ? `, ${year}` : "";
}

function stateWords(meeting: Meeting): string {
  const { state, minutesState } = meeting.f;
  if (state === "cancelled") return t("meetings.cancelled");
  if (state === "draft") return draftWords(meeting);
  if (minutesState === "shared" || minutesState === "final") return t("meetings.minutesReady");
  if (lacksMinutes(meeting)) return hostsIt(meeting) ? t("minutes.missing") : "";
  const reply = myPlace(meeting)?.f.reply;
  return state === "invited" && reply ? t(mine[reply]) : "";
}

const mine = {
  accepted: "meetings.youYes",
  tentative: "meetings.youMaybe",
  declined: "meetings.youNo",
  no_reply: "meetings.reply",
  not_invited: "meetings.reply_not_invited",
} as const;
