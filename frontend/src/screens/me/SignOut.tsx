import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { turnOff } from "../../data/phonepush.ts";
import { signOut } from "../../data/session.ts";
import { sync } from "../../data/store.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";

/** The way out, with a plain word about what is lost by it. */
export function SignOut() {
  const { route } = useLocation();
  const isAsking = useSignal(false);
  const unsent = sync.value.waiting;
  const onYes = async () => {
    await turnOff(); // while the server still knows who this is
    await signOut();
    route("/", true);
  };
  if (!isAsking.value) {
    return (
      <Button wide onClick={() => (isAsking.value = true)}>
        {t("me.signOut")}
      </Button>
    );
  }
  return (
    <Card>
      {unsent > 0 && <p>{t("me.signOutUnsent", { n: unsent })}</p>}
      <p>{t("me.signOutText")}</p>
      <Button look="main" wide onClick={() => (isAsking.value = false)}>
        {t("me.stay")}
      </Button>
      <Button look="quiet" wide onClick={onYes}>
        {t(unsent > 0 ? "me.signOutAnyway" : "me.signOutYes")}
      </Button>
    </Card>
  );
}
