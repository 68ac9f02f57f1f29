import { drawn } from "../../data/timeline.ts";
import { dueThisWeek, type Other, othersThisWeek, pressing, type Row, waitingForMe } from "../../data/today.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { Timeline } from "../../parts/Timeline.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Today.module.css";

/** The day of somebody who works in several plans: what waits for them, and what the others do this week. */
export function Today() {
  return (
    <>
      <p class={css.sum}>{[waitingWords(waitingForMe.value.length), dueWords(dueThisWeek.value)].join(" ").trim()}</p>
      <Waiting />
      <Week />
      <Course />
      <div class={css.plans}>
        <LinkButton href="/cases" wide>
          {t("cases.title")}
        </LinkButton>
      </div>
    </>
  );
}

function waitingWords(n: number): string {
  if (n === 0) return t("today.none");
  return n === 1 ? t("today.one") : t("today.several", { tal: numberWord(n) });
}

function dueWords(n: number): string {
  if (n === 0) return "";
  return n === 1 ? t("today.dueOne") : t("today.dueSeveral", { tal: numberWord(n) });
}

// Small numbers are read faster as words; the list begins at two.
function numberWord(n: number): string {
  return t("today.numbers").split(" ")[n - 2] ?? String(n);
}

function Waiting() {
  if (waitingForMe.value.length === 0) return null;
  return (
    <section class={css.block}>
      <h2 class="sr">{t("today.mine")}</h2>
      <Card tight>
        <ul>
          {waitingForMe.value.map((row, i) => (
            <One key={row.key} row={row} isFirst={i === 0} />
          ))}
        </ul>
      </Card>
    </section>
  );
}

function One({ row, isFirst }: { readonly row: Row; readonly isFirst: boolean }) {
  const { title, plan, owes, date, when, href } = row;
  return (
    <li class={css.row}>
      <span class={`${css.date} ${when === "waiting" ? "" : css.near}`}>{date}</span>
      <div class={css.text}>
        <h3>{title}</h3>
        <p class="soft">{[plan, owes].join(" · ")}</p>
      </div>
      <div class={css.act}>
        <LinkButton href={href} look={isFirst ? "main" : "other"} label={`${t("today.open")}: ${title}`}>
          {t("today.open")}
        </LinkButton>
      </div>
    </li>
  );
}

function Week() {
  if (othersThisWeek.value.length === 0) return null;
  return (
    <Block title={t("today.week")}>
      <Card tight>
        <ul>
          {othersThisWeek.value.map((one) => (
            <OthersTask key={one.key} one={one} />
          ))}
        </ul>
      </Card>
    </Block>
  );
}

function OthersTask({ one }: { readonly one: Other }) {
  return (
    <li class={css.row}>
      <span class={css.date}>{one.date}</span>
      <div class={css.text}>
        <a class={css.link} href={one.href}>
          {one.title}
        </a>
        <p class="soft">{one.about}</p>
      </div>
      <span class={css.state}>{one.state}</span>
    </li>
  );
}

/** How the plan has gone in which most presses. */
function Course() {
  const { value } = pressing;
  if (!value || value.timeline.lines.length === 0) return null;
  return (
    <Block title={t("today.course", { navn: value.name })}>
      <Card>
        <Timeline {...drawn(value.timeline, value.day)} />
      </Card>
    </Block>
  );
}
