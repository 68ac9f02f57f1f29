import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { HistoryEntry } from "../../../../sync/client/types.ts";
import { space } from "../../data/case.ts";
import { askHistory, type Line, tellHistory } from "../../data/history.ts";
import type { Task } from "../../data/tasks.ts";
import { Button } from "../../parts/Button.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./History.module.css";

/** Who has changed what, for those who ask. */
export function History({ task }: { readonly task: Task }) {
  const isOpen = useSignal(false);
  return (
    <details
      class={css.history}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{t("history.title")}</summary>
      {isOpen.value && <Told task={task} />}
    </details>
  );
}

/** Null without network, undefined while it is on its way. */
type Answer = readonly HistoryEntry[] | null | undefined;

function Told({ task }: { readonly task: Task }) {
  const answer = useSignal<Answer>(undefined);
  const ask = async () => {
    answer.value = await askHistory(task.id);
  };
  useEffect(() => void ask(), [task.id, task.seq]);
  if (answer.value === null) {
    return (
      <>
        <p>{t("history.offline")}</p>
        <Button onClick={ask}>{t("history.again")}</Button>
      </>
    );
  }
  if (!answer.value || !space.value) return <p class="soft">{t("history.fetching")}</p>;
  const lines = tellHistory(space.value, task.id, answer.value);
  if (lines.length === 0) return <p class="soft">{t("history.none")}</p>;
  return (
    <ol>
      {lines.map((line) => (
        <One key={line.key} line={line} />
      ))}
    </ol>
  );
}

function One({ line }: { readonly line: Line }) {
  const { when, written } = line;
  return (
    <li class={css.line}>
      {line.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p class={`soft ${css.when}`}>{written ? t("history.written", { sendt: when, skrevet: written }) : when}</p>
    </li>
  );
}
