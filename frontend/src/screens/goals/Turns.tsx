import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import type { GoalState } from "../../../../sync/plan/plan.gen.ts";
import { path } from "../../data/case.ts";
import { adjustGoal, type Goal, type GoalText, goalState, goalText, mayTurn, turnGoal } from "../../data/goals.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { t } from "../../text/catalogue.ts";
import { GoalForm } from "./GoalForm.tsx";
import css from "./Goals.module.css";

/** What can become of a goal; a turn that would be refused is not here. */
export function Turns({ goal }: { readonly goal: Goal }) {
  const isAdjusting = useSignal(false);
  if (isAdjusting.value) return <Adjust goal={goal} onClose={() => (isAdjusting.value = false)} />;
  const to = async (state: GoalState) => {
    const done = await turnGoal(goal, state);
    if (done) saved(done, t("goals.turned"));
  };
  const isBack = goalState(goal) === "achieved";
  return (
    <div class={css.acts}>
      {mayTurn(goal, "active") && (
        <Button look={isBack ? "other" : "main"} wide onClick={() => to("active")}>
          {t(isBack ? "goals.again" : "goals.activate")}
        </Button>
      )}
      {mayTurn(goal, "achieved") && (
        <Button look="main" icon="check" wide onClick={() => to("achieved")}>
          {t("goals.achieve")}
        </Button>
      )}
      <Buttons>
        {mayTurn(goal, "adjusted") && <Button onClick={() => (isAdjusting.value = true)}>{t("goals.adjust")}</Button>}
        {mayTurn(goal, "dropped") && <Button onClick={() => to("dropped")}>{t("goals.drop")}</Button>}
      </Buttons>
    </div>
  );
}

function Adjust({ goal, onClose }: { readonly goal: Goal; readonly onClose: () => void }) {
  const { route } = useLocation();
  const onSend = async (made: GoalText) => {
    const done = await adjustGoal(goal, made);
    const isSaved = saved(done.saved, t("goals.turned"));
    if (isSaved) {
      onClose();
      route(path(`/goals/${done.id}`));
    }
    return isSaved;
  };
  return (
    <div class={css.acts}>
      <p class="soft">{t("goals.adjustText")}</p>
      <GoalForm
        name={`adjust.${goal.id}`}
        from={goalText(goal)}
        button={t("goals.adjustSave")}
        onSend={onSend}
        onCancel={onClose}
      />
    </div>
  );
}
