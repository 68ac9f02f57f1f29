import { limits } from "../../../../sync/plan/plan.gen.ts";
import { me, today } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import type { Meeting } from "../../data/meetings.ts";
import { person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { answerWish, mayAnswerWish, mayWish, type Wish, wishesFor, wishFor } from "../../data/wishes.ts";
import { AddLine } from "../../parts/AddLine.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Meeting.module.css";

/** Who else people would like at the meeting, and the answer that is owed to each wish (R18). */
export function Wishes({ one }: { readonly one: Meeting }) {
  const wishes = wishesFor(one);
  if (wishes.length === 0 && !mayWish(one)) return null;
  return (
    <Block title={t("meetings.wishes")}>
      <Card>
        <ul class={css.wishes}>
          {wishes.map((wish) => (
            <One key={wish.id} one={one} wish={wish} />
          ))}
        </ul>
        {mayWish(one) && <New one={one} />}
      </Card>
    </Block>
  );
}

function One({ one, wish }: { readonly one: Meeting; readonly wish: Wish }) {
  const { outcome, wish: words } = wish.f;
  const by = person(wish.f.person ?? (wish.waiting ? me.value?.person : undefined));
  return (
    <li>
      <div class="soft">{t("meetings.wishBy", { navn: by?.name ?? t("app.someone") })}</div>
      <p class={css.text}>{words}</p>
      {outcome ? <p>{t("meetings.wishAnswered", { svar: outcome })}</p> : <Owed one={one} wish={wish} />}
    </li>
  );
}

function Owed({ one, wish }: { readonly one: Meeting; readonly wish: Wish }) {
  const draft = useDraft(`wishAnswer.${wish.id}`);
  const { due } = wish.f;
  const navn = person(one.f.convenor)?.name ?? t("app.someone");
  const dato = due ? longDay(due, today.value) : "";
  if (!mayAnswerWish(wish)) {
    return <p class={css.owed}>{t(due ? "meetings.wishOwed" : "meetings.wishOwedSoon", { navn, dato })}</p>;
  }
  const onAnswer = async (text: string) => {
    const done = await answerWish(wish, text);
    if (done && saved(done, t("ask.answered"))) draft.clear();
  };
  return (
    <AddLine
      label={t("meetings.wishYouOwe")}
      hint={due ? t("tasks.due", { dato }) : undefined}
      button={t("meetings.wishAnswer")}
      max={limits.wish.outcome}
      lines={2}
      value={draft.text.value}
      onInput={draft.write}
      onAdd={onAnswer}
    />
  );
}

function New({ one }: { readonly one: Meeting }) {
  const draft = useDraft(`wish.${one.id}`);
  const onWish = async (text: string) => {
    if (saved(await wishFor(one, text), t("meetings.wishSent"))) draft.clear();
  };
  return (
    <AddLine
      label={t("meetings.wish")}
      hint={t("meetings.wishHint")}
      button={t("meetings.wishSend")}
      max={limits.wish.wish}
      value={draft.text.value}
      onInput={draft.write}
      onAdd={onWish}
    />
  );
}
