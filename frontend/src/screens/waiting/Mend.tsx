import { useRevision } from "../../data/draft.ts";
import { type Parked, sendAgain } from "../../data/parked.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Mend.module.css";
import { Write } from "./Write.tsx";

/** A change that was not taken, opened to be put right and sent again. */
export function Mend({ one, onClose }: { readonly one: Parked; readonly onClose: () => void }) {
  const { way, fields } = one.again;
  const from = Object.fromEntries(fields.map(({ key, value }) => [key, value]));
  const draft = useRevision<Readonly<Record<string, string>>>(`mend.${one.id}`, from, one.space.id);
  const isPart = way === "mend" && fields.length < one.written.length;
  const onSend = async (event: Event) => {
    event.preventDefault();
    if (saved(await sendAgain(one, draft.values.value), t("waiting.sentAgain"))) draft.clear();
  };
  const onCancel = () => {
    draft.clear();
    onClose();
  };
  return (
    <form class={css.mend} onSubmit={onSend}>
      {isPart && <p class={css.part}>{t("waiting.mendPart")}</p>}
      {fields.map(({ key, field }) => (
        <Write
          key={key}
          field={field}
          value={draft.values.value[key] ?? ""}
          onInput={(text) => draft.write(key, text)}
        />
      ))}
      <Button submit look="main" wide>
        {t(way === "note" ? "waiting.asNoteSave" : "waiting.mendSave")}
      </Button>
      <Button look="quiet" wide onClick={onCancel}>
        {t("app.cancel")}
      </Button>
    </form>
  );
}
