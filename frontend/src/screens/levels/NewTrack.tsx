import { useSignal } from "@preact/signals";
import { type Arena, limits } from "../../../../sync/plan/plan.gen.ts";
import { caseID } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import { saved } from "../../data/saved.ts";
import { addTrack, arenas } from "../../data/tracks.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { OneChip } from "../../parts/Chips.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Levels.module.css";

/** One more problem, with a level of its own (LS9). */
export function NewTrack() {
  const isOpen = useSignal(false);
  if (arenas().length === 0) return null;
  if (isOpen.value) return <Form onClose={() => (isOpen.value = false)} />;
  return (
    <div class={css.add}>
      <Button wide onClick={() => (isOpen.value = true)}>
        {t("levels.newTrack")}
      </Button>
    </div>
  );
}

function Form({ onClose }: { readonly onClose: () => void }) {
  const draft = useRevision(`track.${caseID.value}`, { label: "", arena: arenas()[0] as string, reason: "" });
  const isTried = useSignal(false);
  const { label, arena, reason } = draft.values.value;
  const close = () => {
    draft.clear();
    onClose();
  };
  const onSave = async (event: Event) => {
    event.preventDefault();
    isTried.value = true;
    if (!label.trim() || !reason.trim()) return;
    const made = { label: label.trim(), arena: arena as Arena, reason: reason.trim() };
    if (saved(await addTrack(made), t("levels.trackAdded", { spor: made.label }))) close();
  };
  const lacks = (text: string, words: string) => (isTried.value && !text.trim() ? words : undefined);
  return (
    <form class={css.add} onSubmit={onSave}>
      <Card>
        <h2>{t("levels.newTrack")}</h2>
        <p class={`soft ${css.lead}`}>{t("levels.newTrackHint")}</p>
        <OneChip
          legend={t("levels.arena")}
          value={arena as Arena}
          choices={arenas().map((value) => ({ value, words: t(`levels.arena_${value}`) }))}
          onPress={(value) => draft.write("arena", value)}
        />
        <TextField
          label={t("levels.trackLabel")}
          hint={t("levels.trackLabelHint")}
          error={lacks(label, t("levels.needLabel"))}
          value={label}
          onInput={(text) => draft.write("label", text)}
          max={limits.track.label}
        />
        <TextField
          label={t("levels.trackReason")}
          hint={t("moves.reasonHint")}
          error={lacks(reason, t("levels.needReason"))}
          value={reason}
          onInput={(text) => draft.write("reason", text)}
          max={limits.levelEntry.reason}
          lines={3}
        />
        <Button submit look="main" wide>
          {t("levels.trackSave")}
        </Button>
        <Button look="quiet" wide onClick={close}>
          {t("app.cancel")}
        </Button>
      </Card>
    </form>
  );
}
