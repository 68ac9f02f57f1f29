import { useSignal } from "@preact/signals";
import { sync, syncNow } from "../data/store.ts";
import { Button } from "../parts/Button.tsx";
import { Card } from "../parts/Card.tsx";
import { t } from "../text/catalogue.ts";
import css from "./Locked.module.css";

/** Stands where the plans were when the phone has not reached the server for too long. */
export function Locked() {
  const { waiting, signedOut } = sync.value;
  const isTrying = useSignal(false);
  const hasFailed = useSignal(false);
  const onAgain = async () => {
    isTrying.value = true;
    await syncNow();
    isTrying.value = false;
    hasFailed.value = !sync.peek().reachable;
  };
  return (
    <Card>
      <h1 tabIndex={-1} class={css.title}>
        {t("locked.title")}
      </h1>
      <p>{t("locked.why")}</p>
      {waiting > 0 && <p class={css.kept}>{t("locked.kept")}</p>}
      <p class={css.answer} role="status">
        {hasFailed.value && !isTrying.value && t("locked.noNet")}
      </p>
      {signedOut ? (
        <a class={css.signIn} href="/in">
          {t("app.again")}
        </a>
      ) : (
        <Button look="main" wide onClick={onAgain} busy={isTrying.value}>
          {t(isTrying.value ? "locked.trying" : "locked.again")}
        </Button>
      )}
    </Card>
  );
}
