import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { path } from "../../data/case.ts";
import { invite, keeps, mayInvite, missingIn } from "../../data/invite.ts";
import { kept } from "../../data/keep.ts";
import { type Meeting, meeting } from "../../data/meetings.ts";
import { saved, tell } from "../../data/saved.ts";
import { Button, LinkButton } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Call.module.css";
import { Circle } from "./Circle.tsx";
import { Family } from "./Family.tsx";
import { How } from "./How.tsx";
import { Kept } from "./Kept.tsx";
import { More } from "./More.tsx";
import { Points } from "./Points.tsx";
import { When } from "./When.tsx";

/** One invitation, filled in from the top down and saved as one goes, also without network. */
export function Call({ id = "" }: { readonly id?: string }) {
  const one = meeting(id);
  if (!one) return <h1 tabIndex={-1}>{t("meetings.missing")}</h1>;
  if (!keeps(one) || !["draft", "invited"].includes(one.f.state ?? "")) return <NotMine one={one} />;
  const isDraft = one.f.state === "draft";
  return (
    <>
      <div class={css.head}>
        <h1 tabIndex={-1}>{one.f.title}</h1>
        <p class="soft">{t("call.kept")}</p>
      </div>
      {isDraft && <When one={one} />}
      <How one={one} />
      <Why one={one} />
      <Points one={one} />
      <Circle one={one} />
      <Family one={one} />
      <More one={one} />
      {isDraft && mayInvite(one) ? (
        <Send one={one} />
      ) : (
        <LinkButton href={path(`/meetings/${one.id}`)} wide>
          {t("call.see")}
        </LinkButton>
      )}
    </>
  );
}

function NotMine({ one }: { readonly one: Meeting }) {
  return (
    <>
      <div class={css.head}>
        <h1 tabIndex={-1}>{one.f.title}</h1>
        {!keeps(one) && <p>{t("fault.meeting.notYours")}</p>}
      </div>
      <LinkButton href={path(`/meetings/${one.id}`)} wide>
        {t("call.see")}
      </LinkButton>
    </>
  );
}

function Why({ one }: { readonly one: Meeting }) {
  return (
    <Block title={t("call.why")}>
      <Card>
        <Kept
          rec={one}
          field="purpose"
          label={t("call.purpose")}
          hint={t("call.purposeHint")}
          max={limits.meeting.need}
          lines={3}
        />
        {one.f.kind === "tvaersektorielt_netvaerksmoede" && (
          <Kept rec={one} field="need" label={t("call.need")} max={limits.meeting.need} lines={2} />
        )}
      </Card>
    </Block>
  );
}

/** What is still missing, and the button that waits for it. */
function Send({ one }: { readonly one: Meeting }) {
  const { route } = useLocation();
  const isBusy = useSignal(false);
  const missing = missingIn(one);
  const onSend = async () => {
    isBusy.value = true;
    await kept(); // what was typed last has just left its field
    const done = await invite(one.id);
    isBusy.value = false;
    if (!("ok" in done)) {
      const first = done[0];
      if (first) tell(t("call.notYet", { hvad: t(`fault.${first}`) }));
    } else if (saved(done, t("call.sent"))) route(path(`/meetings/${one.id}`), true);
  };
  return (
    <section class={css.send} aria-label={t("call.send")}>
      {missing.length > 0 && (
        <>
          <h2>{t("call.missing")}</h2>
          <ul class={css.missing}>
            {missing.map((code) => (
              <li key={code} class={css.lack}>
                <span class={css.ring} aria-hidden="true" />
                {t(`fault.${code}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {missing.length === 0 && (
        <p class={css.ready}>
          <Icon name="check" />
          {t("call.ready")}
        </p>
      )}
      <div class={missing.length > 0 ? css.grey : undefined}>
        <Button look={missing.length > 0 ? "other" : "main"} wide busy={isBusy.value} onClick={onSend}>
          {t("call.send")}
        </Button>
      </div>
    </section>
  );
}
