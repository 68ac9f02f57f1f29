import type { Value } from "../../../../sync/client/types.ts";
import type { Disagreement } from "../../data/conflicts.ts";
import { useRevision } from "../../data/draft.ts";
import type { Field } from "../../data/fields.ts";
import { Button } from "../../parts/Button.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Third.module.css";
import { Write } from "./Write.tsx";

interface Props {
  readonly one: Disagreement;
  readonly field: Field;
  readonly onSave: (value: Value) => Promise<boolean>;
  readonly onClose: () => void;
}

/** A third version; it begins with one's own, else with the one that stands. */
export function Third({ one, field, onSave, onClose }: Props) {
  const from = one.claimed.isMine ? one.claimed : one.kept;
  const draft = useRevision(`third.${one.id}`, { value: String(from.value ?? "") }, one.space.id);
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (await onSave(draft.values.value.value.trim() || null)) draft.clear();
  };
  const onCancel = () => {
    draft.clear();
    onClose();
  };
  return (
    <form class={css.third} onSubmit={onSubmit}>
      <Write field={field} value={draft.values.value.value} onInput={(text) => draft.write("value", text)} />
      <Button submit look="main" wide>
        {t("waiting.thirdSave")}
      </Button>
      <Button look="quiet" wide onClick={onCancel}>
        {t("app.cancel")}
      </Button>
    </form>
  );
}
