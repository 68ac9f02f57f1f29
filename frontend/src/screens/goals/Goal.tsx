import { useSignal } from "@preact/signals";
import { may, me, path, planName, space, today } from "../../data/case.ts";
import { dayOfEvaluation, ratingsFor } from "../../data/evaluations.ts";
import { agreedBy, goalState, goalWith, isAlone, type Goal as OneGoal, trackName } from "../../data/goals.ts";
import { saved } from "../../data/saved.ts";
import { finish, reopen, type Task, taskLine, tasksFor } from "../../data/tasks.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { TaskRow } from "../../parts/TaskRow.tsx";
import { t } from "../../text/catalogue.ts";
import { listWords, longDay } from "../../text/dates.ts";
import { quoted } from "../../text/names.ts";
import { Edit } from "./Edit.tsx";
import css from "./Goals.module.css";
import { Turns } from "./Turns.tsx";

/** One goal: in the child's words, how one can tell, how it goes, and who stands behind it. */
export function Goal({ id = "" }: { readonly id?: string }) {
  const isEditing = useSignal(false);
  const goal = goalWith(id);
  if (!goal) return <h1 tabIndex={-1}>{t("goals.missing")}</h1>;
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {goal.f.title}
      </h1>
      {goal.waiting && <p class="soft">{t("app.waits")}</p>}
      {isAlone(goal) && <p class={css.alone}>{aloneWords(goal)}</p>}
      {isEditing.value ? <Edit goal={goal} /> : <Facts goal={goal} />}
      {may(me.value, goal, "title") && (
        <Button look="quiet" onClick={() => (isEditing.value = !isEditing.value)}>
          {t(isEditing.value ? "goals.editDone" : "goals.edit")}
        </Button>
      )}
      <Turns goal={goal} />
      <Tasks goal={goal} />
      <Ratings goal={goal} />
    </>
  );
}

function aloneWords(goal: OneGoal): string {
  const [only] = agreedBy(goal);
  return only ? t("goals.alone", { navn: only.name }) : t("goals.aloneNobody");
}

function Facts({ goal }: { readonly goal: OneGoal }) {
  const { childWords, track, measure, baseline, latest, targetDate, agreedAt, successor } = goal.f;
  const navn = space.value ? planName(space.value) : "";
  const next = goalWith(successor);
  const names = listWords(agreedBy(goal).map(({ name }) => name));
  const rows = [
    [t("goals.words", { navn }), childWords && <span class={css.voice}>{quoted(childWords)}</span>],
    [t("goals.latest"), latest],
    [t("goals.measure"), measure],
    [t("goals.baseline"), baseline],
    [t("goals.target"), targetDate && longDay(targetDate, today.value)],
    [t("goals.track"), trackName(track)],
    [
      t("goals.by"),
      [names, agreedAt && t("goals.agreedOn", { dato: longDay(agreedAt, today.value) })].filter(Boolean).join(" · "),
    ],
    [t("tasks.status"), t(`goals.state_${goalState(goal)}`)],
  ] as const;
  return (
    <Card>
      <dl class={css.facts}>
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
      </dl>
      {next && <a href={path(`/goals/${next.id}`)}>{t("goals.follows", { titel: next.f.title ?? "" })}</a>}
    </Card>
  );
}

function Tasks({ goal }: { readonly goal: OneGoal }) {
  const tasks = tasksFor(goal.id);
  if (tasks.length === 0) return null;
  return (
    <Block title={t("goals.tasks")}>
      <Card tight>
        <ul>
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} look={taskLine} onTick={onTick} onUndo={onUndo} />
          ))}
        </ul>
      </Card>
    </Block>
  );
}

function Ratings({ goal }: { readonly goal: OneGoal }) {
  const all = ratingsFor(goal);
  if (all.length === 0) return null;
  return (
    <Block title={t("goals.history")}>
      <Card>
        <ul>
          {all.map(({ at, rating }) => (
            <li key={at.id}>
              <a href={path(`/evaluations/${at.id}`)}>{longDay(dayOfEvaluation(at), today.value)}</a>
              {`: ${t(`evaluation.rating_${rating}`)}`}
            </li>
          ))}
        </ul>
      </Card>
    </Block>
  );
}

async function onTick(task: Task) {
  saved(await finish(task), t("tasks.ticked"));
}

async function onUndo(task: Task) {
  saved(await reopen(task), t("tasks.undone"));
}
