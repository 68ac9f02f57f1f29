import { path, seesAll } from "../../data/case.ts";
import { othersTasks, type Task, taskLine } from "../../data/tasks.ts";
import { Avatar } from "../../parts/Avatar.tsx";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay, nearDay } from "../../text/dates.ts";
import { Knot } from "./Knot.tsx";
import css from "./Others.module.css";

const few = 4;

/** Who else is at what: names, not departments. */
export function Others() {
  const tasks = othersTasks.value;
  // To say that nobody does anything would be untrue to someone who is not shown it.
  if (tasks.length === 0 && !seesAll.value) return null;
  return (
    <Knot title={t("home.others")}>
      <Card tight>
        {tasks.length === 0 && <p class={`soft ${css.none}`}>{t("home.othersNone")}</p>}
        <ul>
          {tasks.slice(0, few).map((task) => (
            <Doer key={task.id} task={task} />
          ))}
        </ul>
        {tasks.length > few && (
          <a class={css.more} href={path("/tasks?all")}>
            {t("app.all")}
          </a>
        )}
      </Card>
    </Knot>
  );
}

function Doer({ task }: { readonly task: Task }) {
  const { who, title, due, today, isLate, state, href } = taskLine(task);
  const date =
    due && t(isLate ? "tasks.agreedFor" : "tasks.due", { dato: isLate ? longDay(due, today) : nearDay(due, today) });
  const stuck = state === "blocked" && t("tasks.blocked");
  return (
    <li class={css.doer}>
      <Avatar initials={who?.initials ?? "·"} />
      <div class={css.text}>
        {title ? (
          <a class={css.title} href={href}>
            {who && <b>{who.first}: </b>}
            {title}
          </a>
        ) : (
          <span>{t("tasks.hidden")}</span>
        )}
        <div class="soft">{[stuck, date].filter(Boolean).join(" · ")}</div>
      </div>
    </li>
  );
}
