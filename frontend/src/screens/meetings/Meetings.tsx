import { path, today, zone } from "../../data/case.ts";
import { coming, earlier, hostsIt, lacksMinutes, type Meeting, myPlace } from "../../data/meetings.ts";
import { Beside } from "../../parts/Beside.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { DayLeaf } from "../../parts/DayLeaf.tsx";
import { t } from "../../text/catalogue.ts";
import { clockRange, dayOf } from "../../text/dates.ts";
import css from "./Meetings.module.css";

/** The meetings to come, and those that have been. */
export function Meetings() {
  return (
    <>
      <Block title={t("meetings.next")}>
        <List meetings={coming.value} none={t("meetings.none")} />
      </Block>
      <Block title={t("meetings.earlier")}>
        <List meetings={earlier.value} none={t("meetings.noneEarlier")} />
      </Block>
    </>
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
              {start && t("meetings.at", { tid: clockRange(start, end, zone.value) })}
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

// The leaf has no room for the year, and a meeting of another year is rare.
function yearOf(start: string | undefined): string {
  const year = start?.slice(0, 4);
  return year && year !== today.value.slice(0, 4) ? `, ${year}` : "";
}

function stateWords(meeting: Meeting): string {
  const { state, minutesState } = meeting.f;
  if (state === "cancelled") return t("meetings.cancelled");
  if (state === "draft") return t("meetings.draft");
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
