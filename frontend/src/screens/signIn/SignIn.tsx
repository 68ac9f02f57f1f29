import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { type Redeemed, redeem, takeCode } from "../../data/session.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { Languages } from "../../parts/Languages.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./SignIn.module.css";

const refusals = {
  used: "signIn.used",
  noNet: "signIn.noNet",
  busy: "signIn.busy",
  storage: "signIn.storage",
} as const;

/** The way in by a link. It waits for a press, so that a preview of the link does not use it up. */
export function SignIn() {
  const { route } = useLocation();
  const code = useSignal(takeCode());
  const isOpening = useSignal(false);
  const refusal = useSignal<Exclude<Redeemed, "ok"> | null>(null);
  useEffect(() => {
    // A second link, opened while this screen is up, changes only what is behind the #.
    const onLink = () => {
      const next = takeCode();
      if (next) code.value = next;
      refusal.value = null;
    };
    addEventListener("hashchange", onLink);
    return () => removeEventListener("hashchange", onLink);
  }, []);
  const onOpen = async () => {
    if (!code.value) return;
    isOpening.value = true;
    const became = await redeem(code.value);
    isOpening.value = false;
    if (became === "ok") return route("/", true);
    refusal.value = became;
    if (became === "used") code.value = "";
  };
  return (
    <>
      <h1 tabIndex={-1}>{t("signIn.title")}</h1>
      <p class={css.lead}>{t("signIn.what")}</p>
      <Languages />
      <Card>
        <ul class={css.points}>
          <li>{t("signIn.see")}</li>
          <li>{t("signIn.see2")}</li>
          <li>{t("signIn.see3")}</li>
        </ul>
        <p class="soft">{t("signIn.device")}</p>
        {refusal.value && (
          <p class={css.refusal} role="alert">
            {t(refusals[refusal.value])}
          </p>
        )}
        {code.value ? (
          <div class={css.open}>
            <Button look="main" wide onClick={onOpen} busy={isOpening.value}>
              {t(isOpening.value ? "signIn.opening" : "signIn.open")}
            </Button>
            <p class="soft">{t("signIn.once")}</p>
          </div>
        ) : (
          !refusal.value && <p class={css.open}>{t("signIn.needLink")}</p>
        )}
      </Card>
    </>
  );
}
