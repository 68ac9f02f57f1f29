import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Rec } from "../../../sync/client/types.ts";
import type { Day, TaskState } from "../../../sync/plan/plan.gen.ts";
import { type Key, t } from "../text/catalogue.ts";
import { longDay, nearDay } from "../text/dates.ts";
import { Avatar } from "./Avatar.tsx";
import { Icon } from "./Icon.tsx";
import css from "./TaskRow.module.css";

/** What a row shows of a task. */
export interface Line {
  readonly href: string;
  readonly title: string | null;
  readonly who: { readonly name: string; readonly initials: string } | null;
  readonly due: Day | null;
  readonly doneAt: Day | null;
  readonly today: Day;
  readonly state: TaskState;
  readonly isMine: boolean;
  readonly isLate: boolean;
  readonly waiting: boolean;
  readonly mayTick: boolean;
  readonly mayUndo: boolean;
  /** What kind of agreement it is, unless it is a plain one. */
  readonly kind: Key | null;
  /** The way to two versions of it, and what to say about them. */
  readonly clash: { readonly href: string; readonly words: Key } | null;
}

interface Props {
  readonly task: Rec<"task">;
  readonly look: (task: Rec<"task">) => Line;
  readonly onTick: (task: Rec<"task">) => void;
  readonly onUndo: (task: Rec<"task">) => void;
}

/** One task: a tick where it may be ticked, what, who and when. */
export function TaskRow({ task, look, onTick, onUndo }: Props) {
  // Drawn again only when the line is another object: a plan has many rows, and each change tells them all.
  const line = useMemo(() => computed(() => look(task)), [task, look]).value;
  const title = line.title ?? t("tasks.hidden");
  return (
    <li class={css.row}>
      <Tick line={line} title={title} onTick={() => onTick(task)} onUndo={() => onUndo(task)} />
      <div class={css.text}>
        {line.title ? (
          <a class={css.title} href={line.href}>
            {title}
          </a>
        ) : (
          <span class={css.title}>{title}</span>
        )}
        <Under line={line} />
        {line.clash && (
          <a class={css.clash} href={line.clash.href}>
            {t(line.clash.words)}
          </a>
        )}
      </div>
      {line.mayUndo && (
        <button type="button" class={css.undo} onClick={() => onUndo(task)}>
          {t("tasks.undo")}
          <span class="sr"> {title}</span>
        </button>
      )}
    </li>
  );
}

interface TickProps {
  readonly line: Line;
  readonly title: string;
  readonly onTick: () => void;
  readonly onUndo: () => void;
}

function Tick({ line, title, onTick, onUndo }: TickProps) {
  const isDone = line.state === "done";
  const ring = <span class={`${css.ring} ${isDone ? css.done : ""}`}>{isDone && <Icon name="check" />}</span>;
  if (line.mayTick || line.mayUndo) {
    return (
      <span class={css.tick}>
        {ring}
        <input type="checkbox" aria-label={title} checked={isDone} onChange={isDone ? onUndo : onTick} />
      </span>
    );
  }
  // Somebody else's to tick: their initials stand where the ring would.
  return <span class={css.still}>{isDone || !line.who ? ring : <Avatar initials={line.who.initials} />}</span>;
}

function Under({ line }: { readonly line: Line }) {
  const parts = [
    line.kind && t(line.kind),
    line.isMine ? null : line.who?.name,
    stateWords(line),
    dateWords(line),
  ].filter(Boolean);
  return (
    <div class={line.isLate && line.isMine ? `${css.under} ${css.late}` : css.under}>
      {parts.join(" · ")}
      {line.waiting && <span class={css.waits}> · {t("app.waits")}</span>}
    </div>
  );
}

function stateWords({ state, doneAt }: Line): string | null {
  if (state === "done") return doneAt ? null : t("tasks.isDone");
  if (state === "blocked") return t("tasks.blocked");
  return state === "in_progress" ? t("tasks.inProgress") : null;
}

// Late is said to the one who owes it; about others it is only a date (no blame).
function dateWords({ state, due, doneAt, today, isLate, isMine }: Line): string | null {
  if (state === "done") return doneAt ? t("tasks.doneOn", { dato: nearDay(doneAt, today) }) : null;
  if (!due) return null;
  if (isLate) return t(isMine ? "tasks.dueLate" : "tasks.agreedFor", { dato: longDay(due, today) });
  return t("tasks.due", { dato: nearDay(due, today) });
}
