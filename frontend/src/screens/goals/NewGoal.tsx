import { useLocation } from "preact-iso/router";
import { caseID, path } from "../../data/case.ts";
import { emptyGoal, type GoalText, proposeGoal } from "../../data/goals.ts";
import { saved } from "../../data/saved.ts";
import { t } from "../../text/catalogue.ts";
import { GoalForm } from "./GoalForm.tsx";
import css from "./Goals.module.css";

/** Proposes a goal to everybody; it becomes one when they agree (PT3). */
export function NewGoal() {
  const { route } = useLocation();
  const onSend = async (made: GoalText) => {
    const done = await proposeGoal(made);
    const isSaved = saved(done.saved, t("goals.sent"));
    if (isSaved) route(path(`/goals/${done.id}`), true);
    return isSaved;
  };
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("goals.new")}
      </h1>
      <GoalForm name={`goal.${caseID.value}`} from={emptyGoal} button={t("goals.send")} onSend={onSend} />
    </>
  );
}
