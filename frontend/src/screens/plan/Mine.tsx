import { useComputed } from "@preact/signals";
import { For } from "@preact/signals/utils";
import { path } from "../../data/case.ts";
import { type Meeting, owedMinutes } from "../../data/meetings.ts";
import { saved } from "../../data/saved.ts";
import { finish, myTasks, reopen, type Task, taskLine } from "../../data/tasks.ts";
import { Card } from "../../parts/Card.tsx";
import { TaskRow } from "../../parts/TaskRow.tsx";
import { t } from "../../text/catalogue.ts";
import { Knot } from "./Knot.tsx";
import css from "./Mine.module.css";

const few = 3;

/** What this person has to do: three at most, soonest first. */
export function Mine() {
  const shown = useComputed(() => myTasks.value.slice(0, few));
  const more = myTasks.value.length - few;
  return (
    <Knot title={t("home.mine")}>
      <Card tight>
        <ul>
          {owedMinutes.value.map((meeting) => (
            <Owed key={meeting.id} meeting={meeting} />
          ))}
          <For each={shown} getKey={(task) => task.id} fallback={owedMinutes.value.length > 0 ? null : <Nothing />}>
            {(task) => <TaskRow task={task} look={taskLine} onTick={onTick} onUndo={onUndo} />}
          </For>
        </ul>
        {more > 0 && (
          <a class={css.more} href={path("/tasks")}>
            {t("home.mineMore", { n: more })}
          </a>
        )}
      </Card>
    </Knot>
  );
}

async function onTick(task: Task) {
  saved(await finish(task), t("tasks.ticked"));
}

async function onUndo(task: Task) {
  saved(await reopen(task), t("tasks.undone"));
}

function Nothing() {
  return <li class={`soft ${css.none}`}>{t("home.mineNone")}</li>;
}

// Who calls a meeting owes the others its minutes (MT4b).
function Owed({ meeting }: { readonly meeting: Meeting }) {
  return (
    <li>
      <a class={css.owed} href={path(`/meetings/${meeting.id}/minutes`)}>
        {t("minutes.writeFor", { titel: meeting.f.title ?? "" })}
      </a>
    </li>
  );
}
