import { mayMake, me, path, today } from "../../data/case.ts";
import { type Goal, goalGroups, goalState, trackName } from "../../data/goals.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { type Key, t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import { quoted } from "../../text/names.ts";
import css from "./Goals.module.css";

/** Everything that child, parents and helpers want to reach together. */
export function Goals() {
  const { active, proposed, closed } = goalGroups.value;
  const isEmpty = active.length + proposed.length + closed.length === 0;
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("goals.title")}
      </h1>
      {isEmpty && <Empty>{t("goals.none")}</Empty>}
      <Group words="goals.active" goals={active} />
      <Group words="goals.proposed" goals={proposed} />
      <div class={css.begin}>
        {mayMake(me.value, "goal") && (
          <LinkButton href={path("/goals/new")} look="main" icon="plus" wide>
            {t("goals.new")}
          </LinkButton>
        )}
        <LinkButton href={path("/evaluations")} wide>
          {t("evaluation.title")}
        </LinkButton>
      </div>
      <Group words="goals.closed" goals={closed} />
    </>
  );
}

function Group({ words, goals }: { readonly words: Key; readonly goals: readonly Goal[] }) {
  if (goals.length === 0) return null;
  return (
    <Block title={t(words)}>
      <ul class={css.list}>
        {goals.map((goal) => (
          <li key={goal.id}>
            <Row goal={goal} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Row({ goal }: { readonly goal: Goal }) {
  const { title, childWords, targetDate, latest, track } = goal.f;
  const state = goalState(goal);
  const isOpen = state === "active" || state === "proposed";
  const under = [
    trackName(track),
    isOpen ? targetDate && t("goals.due", { dato: longDay(targetDate, today.value) }) : t(`goals.state_${state}`),
    goal.waiting && t("app.waits"),
  ];
  return (
    <a class={css.link} href={path(`/goals/${goal.id}`)}>
      <Card>
        <b>{title}</b>
        {childWords && <p>{quoted(childWords)}</p>}
        {isOpen && latest && <p class="soft">{`${t("goals.latest")}: ${latest}`}</p>}
        <p class="soft">{under.filter(Boolean).join(" · ")}</p>
      </Card>
    </a>
  );
}
