import { path, today, zone } from "../../data/case.ts";
import { type Meeting, meeting } from "../../data/meetings.ts";
import { isShared, mayWriteMinutes, newPart, type Part, partsOf } from "../../data/minutes.ts";
import { t } from "../../text/catalogue.ts";
import { dayOf, longDay } from "../../text/dates.ts";
import { Attendance } from "./Attendance.tsx";
import { Follow } from "./Follow.tsx";
import { Goals } from "./Goals.tsx";
import css from "./MinutesEditor.module.css";
import { OnePart } from "./OnePart.tsx";
import { Share } from "./Share.tsx";

/** Where the hosts of a meeting write down what was said and agreed, with or without network. */
export function MinutesEditor({ id = "" }: { readonly id?: string }) {
  const one = meeting(id);
  if (!one) return <h1 tabIndex={-1}>{t("meetings.missing")}</h1>;
  return (
    <>
      <h1 tabIndex={-1}>{t("minutes.title")}</h1>
      <p class={`soft ${css.of}`}>{ofWords(one)}</p>
      {mayWriteMinutes(one) ? <Sheet one={one} /> : <Closed one={one} />}
    </>
  );
}

function ofWords({ f }: Meeting): string {
  return [f.title, f.start && longDay(dayOf(f.start, zone.value), today.value)].filter(Boolean).join(" · ");
}

function Closed({ one }: { readonly one: Meeting }) {
  return (
    <p>
      {t(isShared(one) ? "minutes.isShared" : "minutes.notYours")}{" "}
      <a href={path(`/meetings/${one.id}`)}>{one.f.title}</a>
    </p>
  );
}

function Sheet({ one }: { readonly one: Meeting }) {
  const written = partsOf(one);
  const parts = written.some(({ key }) => key === "loose") ? written : [...written, newPart()];
  return (
    <>
      <p class="soft">{t("minutes.hidden")}</p>
      <p class="soft">{t("minutes.keeps")}</p>
      <div class={css.desk}>
        <Agenda parts={parts} />
        <div>
          {parts.map((part) => (
            <OnePart key={part.key} meeting={one} part={part} />
          ))}
          <Goals meeting={one} />
          <Attendance meeting={one} />
          <Follow meeting={one} />
          <Share meeting={one} />
        </div>
      </div>
    </>
  );
}

function Agenda({ parts }: { readonly parts: readonly Part[] }) {
  if (parts.length < 2) return null;
  return (
    <nav class={css.agenda} aria-label={t("minutes.agenda")}>
      <ol>
        {parts.map(({ key, heading }) => (
          <li key={key}>
            <a href={`#part-${key}`}>{heading}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
