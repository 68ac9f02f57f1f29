import { useComputed, useSignal } from "@preact/signals";
import { For } from "@preact/signals/utils";
import { useLocation } from "preact-iso/router";
import { mayMake, me, path, seesAll } from "../../data/case.ts";
import { saved } from "../../data/saved.ts";
import { finish, groups, reopen, type Task, taskLine } from "../../data/tasks.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { Segments } from "../../parts/Segments.tsx";
import { TaskRow } from "../../parts/TaskRow.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Tasks.module.css";

const parts = ["late", "week", "later", "someday"] as const;

/** Everything to be done, mine or everybody's, by when. */
export function Tasks() {
  const { query } = useLocation();
  const whose = useSignal<"mine" | "all">("all" in query ? "all" : "mine");
  const all = useComputed(() => groups(whose.value));
  const isEmpty = parts.every((part) => all.value[part].length === 0);
  return (
    <>
      {seesAll.value && (
        <Segments
          legend={t("tasks.show")}
          value={whose.value}
          choices={[
            { value: "mine", words: t("tasks.mine") },
            { value: "all", words: t("tasks.all") },
          ]}
          onChange={(value) => {
            whose.value = value;
          }}
        />
      )}
      {isEmpty && <Empty>{t(whose.value === "mine" ? "tasks.none" : "tasks.noneAll")}</Empty>}
      {parts.map(
        (part) => all.value[part].length > 0 && <Group key={part} title={t(`tasks.${part}`)} tasks={all.value[part]} />,
      )}
      {mayMake(me.value, "task") && (
        <div class={css.new}>
          <LinkButton href={path("/tasks/new")} look="main" icon="plus" wide>
            {t("tasks.new")}
          </LinkButton>
        </div>
      )}
      <Done tasks={all.value.done} />
    </>
  );
}

function Group({ title, tasks }: { readonly title: string; readonly tasks: readonly Task[] }) {
  return (
    <Block title={title}>
      <Card tight>
        <Rows tasks={tasks} />
      </Card>
    </Block>
  );
}

function Rows({ tasks }: { readonly tasks: readonly Task[] }) {
  return (
    <ul>
      <For each={tasks} getKey={(task) => task.id}>
        {(task) => <TaskRow task={task} look={taskLine} onTick={onTick} onUndo={onUndo} />}
      </For>
    </ul>
  );
}

function Done({ tasks }: { readonly tasks: readonly Task[] }) {
  const isOpen = useSignal(false);
  if (tasks.length === 0) return null;
  return (
    <details
      class={css.done}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{t("tasks.doneList", { n: tasks.length })}</summary>
      {isOpen.value && (
        <Card tight>
          <Rows tasks={tasks} />
        </Card>
      )}
    </details>
  );
}

async function onTick(task: Task) {
  saved(await finish(task), t("tasks.ticked"));
}

async function onUndo(task: Task) {
  saved(await reopen(task), t("tasks.undone"));
}
