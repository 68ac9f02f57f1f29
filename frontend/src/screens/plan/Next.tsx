import { useSignal } from "@preact/signals";
import type { Reply } from "../../../../sync/plan/plan.gen.ts";
import { may, mayMake, me, path, today, zone } from "../../data/case.ts";
import { coming, type Meeting, mayReply, myPlace, reply } from "../../data/meetings.ts";
import { tovholders } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Beside } from "../../parts/Beside.tsx";
import { Button, LinkButton } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Card } from "../../parts/Card.tsx";
import { DayLeaf } from "../../parts/DayLeaf.tsx";
import { t } from "../../text/catalogue.ts";
import { clockRange, dayOf, fromNow, longDay } from "../../text/dates.ts";
import { Knot } from "./Knot.tsx";
import css from "./Next.module.css";

/** The next thing that happens, and the answer that is owed for it. */
export function Next() {
  const meeting = coming.value[0];
  return (
    <Knot title={t("home.next")}>
      <Card>{meeting ? <Event key={meeting.id} meeting={meeting} /> : <Nothing />}</Card>
    </Knot>
  );
}

function Nothing() {
  const isMine = tovholders.value.some(({ isMe }) => isMe);
  const mayAsk = mayMake(me.value, "meetingRequest");
  return (
    <>
      <p class="soft">{t(isMine || mayAsk ? "home.nextNoneMine" : "home.nextNone")}</p>
      {mayAsk && (
        <Buttons>
          <LinkButton href={path("/meetings/ask")}>{t("meetings.ask")}</LinkButton>
        </Buttons>
      )}
    </>
  );
}

function Event({ meeting }: { readonly meeting: Meeting }) {
  const { start, end, title, place, state } = meeting.f;
  const day = start ? dayOf(start, zone.value) : today.value;
  return (
    <>
      <Beside mark={<DayLeaf day={day} />}>
        <a class={css.title} href={path(`/meetings/${meeting.id}`)}>
          {title} {start && t("meetings.at", { tid: clockRange(start, end, zone.value) })}
        </a>
        <div class="soft">{place}</div>
        <div class={`soft ${css.sentence}`}>{fromNow(day, today.value)}</div>
      </Beside>
      {state === "draft" ? <Draft meeting={meeting} /> : <Answer meeting={meeting} />}
    </>
  );
}

// Whoever keeps the meeting sees by when it must be called, and goes on from here.
function Draft({ meeting }: { readonly meeting: Meeting }) {
  const { agendaDeadline } = meeting.f;
  const isMine = may(me.value, meeting, "title");
  return (
    <>
      <p class={`soft ${css.draft}`}>
        {t("home.nextDraft")} {agendaDeadline && t("home.nextAgenda", { dato: longDay(agendaDeadline, today.value) })}
      </p>
      {isMine && (
        <Buttons>
          <LinkButton href={path(`/meetings/${meeting.id}/call`)} look="main">
            {t("meetings.finish")}
          </LinkButton>
        </Buttons>
      )}
    </>
  );
}

function Answer({ meeting }: { readonly meeting: Meeting }) {
  const changing = useSignal(false);
  const place = myPlace(meeting);
  const answers = mayReply(place);
  const given = place?.f.reply ?? "not_invited";
  const onAnswer = async (answer: Reply) => {
    changing.value = false;
    if (place) saved(await reply(place, answer), t("meetings.answered"));
  };
  if (!place || given === "not_invited") return null;
  if (given !== "no_reply" && !changing.value) {
    return (
      <Given
        answer={given}
        waiting={place.waiting === true}
        {...(answers.length > 0 && { onChange: () => (changing.value = true) })}
      />
    );
  }
  return (
    <Buttons>
      {answers
        .filter((answer) => answer !== "tentative" || changing.value)
        .map((answer, i) => (
          <Button key={answer} look={i === 0 ? "main" : "other"} onClick={() => onAnswer(answer)}>
            {t(words[answer])}
          </Button>
        ))}
    </Buttons>
  );
}

const words = {
  accepted: "meetings.yes",
  tentative: "meetings.maybe",
  declined: "meetings.no",
  no_reply: "meetings.change",
  not_invited: "meetings.change",
} as const;
const mine = {
  accepted: "meetings.youYes",
  tentative: "meetings.youMaybe",
  declined: "meetings.youNo",
  no_reply: "meetings.reply",
} as const;

interface GivenProps {
  readonly answer: keyof typeof mine;
  readonly waiting: boolean;
  readonly onChange?: () => void;
}

function Given({ answer, waiting, onChange }: GivenProps) {
  return (
    <div class={css.given}>
      <span>
        {t(mine[answer])}
        {waiting && <span class="soft"> · {t("app.waits")}</span>}
      </span>
      {onChange && (
        <Button look="quiet" onClick={onChange}>
          {t("meetings.change")}
        </Button>
      )}
    </div>
  );
}
