import { today, zone } from "../../data/case.ts";
import { agenda, meeting, type Meeting as OneMeeting } from "../../data/meetings.ts";
import { person } from "../../data/people.ts";
import { Beside } from "../../parts/Beside.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { DayLeaf } from "../../parts/DayLeaf.tsx";
import { t } from "../../text/catalogue.ts";
import { clockRange, dayOf, fromNow, longDay } from "../../text/dates.ts";
import { Answer } from "./Answer.tsx";
import css from "./Meeting.module.css";
import { Minutes } from "./Minutes.tsx";
import { People } from "./People.tsx";

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
      <People meeting={one} />
    </>
  );
}

function Head({ one }: { readonly one: OneMeeting }) {
  const { title, kind, start, end, place, form, convenor, state, agendaDeadline, agendaSentAt } = one.f;
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
        {state === "draft" && <p class={css.state}>{t("home.nextDraft")}</p>}
        {state === "cancelled" && <p class={css.state}>{t("meetings.cancelled")}</p>}
        {agendaDeadline && !agendaSentAt && state !== "cancelled" && (
          <p class={css.state}>{t("meetings.agendaDeadline", { dato: longDay(agendaDeadline, today.value) })}</p>
        )}
      </Card>
    </div>
  );
}

function Agenda({ one }: { readonly one: OneMeeting }) {
  const items = agenda(one);
  if (items.length === 0) return null;
  return (
    <Block title={t("meetings.agenda")}>
      <Card tight>
        <ol class={css.agenda}>
          {items.map(({ id, f }) => (
            <li key={id}>
              {f.title}
              <div class="soft">
                {[f.minutes && t("meetings.minutes", { n: f.minutes }), person(f.lead)?.name]
                  .filter(Boolean)
                  .join(" · ")}
              </div>
            </li>
          ))}
        </ol>
      </Card>
    </Block>
  );
}
