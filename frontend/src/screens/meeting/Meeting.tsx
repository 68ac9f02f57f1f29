import { planName, space, today, zone } from "../../data/case.ts";
import { now } from "../../data/clock.ts";
import { download } from "../../data/download.ts";
import { calendarFile } from "../../data/ics.ts";
import { meeting, type Meeting as OneMeeting } from "../../data/meetings.ts";
import { person } from "../../data/people.ts";
import { Beside } from "../../parts/Beside.tsx";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { DayLeaf } from "../../parts/DayLeaf.tsx";
import { t } from "../../text/catalogue.ts";
import { clockRange, dayOf, fromNow, longDay } from "../../text/dates.ts";
import { Agenda } from "./Agenda.tsx";
import { Answer } from "./Answer.tsx";
import { Host, Unsent } from "./Host.tsx";
import css from "./Meeting.module.css";
import { Minutes } from "./Minutes.tsx";
import { People } from "./People.tsx";
import { Wishes } from "./Wishes.tsx";

/** One meeting: when and where, who comes, what it is for, and what came of it. */
export function Meeting({ id = "" }: { readonly id?: string }) {
  const one = meeting(id);
  if (!one) return <h1 tabIndex={-1}>{t("meetings.missing")}</h1>;
  return (
    <>
      <Head one={one} />
      <Answer meeting={one} />
      {one.f.purpose && (
        <Block title={t("meetings.purpose")}>
          <Card>
            <p class={css.text}>{one.f.purpose}</p>
          </Card>
        </Block>
      )}
      <Minutes meeting={one} />
      <Agenda one={one} />
      <ChildHow one={one} />
      <People meeting={one} />
      <Wishes one={one} />
      <Host one={one} />
    </>
  );
}

function Head({ one }: { readonly one: OneMeeting }) {
  const { title, kind, start, end, place, form, convenor, state, access, cancelled } = one.f;
  const day = start && dayOf(start, zone.value);
  const kindWords = kind && t(`meetings.kind_${kind}`);
  return (
    <div class={css.head}>
      <h1 tabIndex={-1} class={css.title}>
        {title}
      </h1>
      {kindWords && kindWords !== title && <p class="soft">{kindWords}</p>}
      <Card>
        <Beside mark={day && <DayLeaf day={day} />}>
          {start && <b class={css.sentence}>{t("meetings.at", { tid: clockRange(start, end, zone.value) })}</b>}
          {day && (
            <div class={`soft ${css.sentence}`}>{`${longDay(day, today.value)}, ${fromNow(day, today.value)}`}</div>
          )}
          <div>{place}</div>
          {form && <div class="soft">{t(`meetings.form_${form}`)}</div>}
          {person(convenor) && <div class="soft">{`${t("meetings.convenor")}: ${person(convenor)?.name}`}</div>}
        </Beside>
        {state === "cancelled" && (
          <p class={css.state}>
            {cancelled ? t("meetings.cancelledWhy", { hvorfor: cancelled }) : t("meetings.cancelled")}
          </p>
        )}
        {one.f.agendaLate && <p class="soft">{t("meetings.lateWhy", { hvorfor: one.f.agendaLate })}</p>}
        {one.f.heldLate && <p class="soft">{t("meetings.heldLateWhy", { hvorfor: one.f.heldLate })}</p>}
        {access && <p class="soft">{`${t("meetings.access")}: ${access}`}</p>}
        {isComing(state) && form && form !== "physical" && form !== "phone" && (
          <p>
            <a class={css.guide} href="/video">
              {t("video.link")}
            </a>
          </p>
        )}
        {state === "invited" && start && <ToCalendar one={one} />}
        <Unsent one={one} />
      </Card>
    </div>
  );
}

// The phone's own calendar is often shared, so it gets the time and no more.
function ToCalendar({ one }: { readonly one: OneMeeting }) {
  const onClick = async () => {
    const file = space.value && (await calendarFile(space.value.id, one, t("meetings.inCalendar"), now.peek()));
    if (file) download(file, "samspor.ics");
  };
  return (
    <div class={css.calendar}>
      <Button look="quiet" onClick={() => void onClick()}>
        {t("meetings.toCalendar")}
      </Button>
      <p class="soft">{t("meetings.toCalendarHint")}</p>
    </div>
  );
}

function isComing(state: string | undefined): boolean {
  return state === "draft" || state === "invited";
}

// How the child wanted to be heard, while it is still to come (R22).
function ChildHow({ one }: { readonly one: OneMeeting }) {
  const { childHow, state } = one.f;
  const navn = space.value ? planName(space.value) : "";
  if (!childHow || !isComing(state)) return null;
  return (
    <Block title={t("meetings.childHow", { navn })}>
      <Card tight>
        <p>{t(`call.how_${childHow}`)}</p>
      </Card>
    </Block>
  );
}
