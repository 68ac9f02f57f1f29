import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { today, zone } from "../../data/case.ts";
import {
  checkPush,
  hasDetails,
  lastPush,
  pushState,
  tryPush,
  turnOff,
  turnOn,
  wantDetails,
} from "../../data/phonepush.ts";
import { askSettings, groups, keepSettings, type Settings, settings } from "../../data/reminders.ts";
import { tell } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { Check } from "../../parts/Check.tsx";
import { TextField, TimeField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { momentWords } from "../../text/dates.ts";
import css from "./Reminders.module.css";

/** How this person is told of what is due: on this phone, when, of what, and what happens with what is not opened. */
export function Reminders() {
  useEffect(() => {
    void checkPush();
    void askSettings();
  }, []);
  return (
    <>
      <h1 tabIndex={-1}>{t("reminders.title")}</h1>
      <p class={css.lead}>{t("reminders.lead")}</p>
      <Block title={t("reminders.here")}>
        <Card>
          <Here />
        </Card>
      </Block>
      {settings.value ? <Wishes value={settings.value} /> : <p class="soft">{t("reminders.noNet")}</p>}
      <p>
        <a class={css.link} href="/n">
          {t("reminders.inbox")}
        </a>
      </p>
    </>
  );
}

// The permission is asked for only after the person's own press, and with a word of what will come.
function Here() {
  const isBusy = useSignal(false);
  const run = async (work: () => Promise<unknown>) => {
    isBusy.value = true;
    await work();
    isBusy.value = false;
  };
  const onTry = () =>
    run(async () => {
      const went = await tryPush();
      tell(t(went ? "reminders.tried" : "reminders.notTried"), !went);
    });
  const state = pushState.value;
  const tid = lastPush.value && momentWords(Date.parse(lastPush.value), today.value, zone.value);
  return (
    <>
      <p>
        <b>{t(`reminders.state_${state}`)}</b> {state === "on" && tid && t("reminders.last", { tid })}
      </p>
      {state === "off" && <p class="soft">{t("reminders.why")}</p>}
      <div class={css.ways}>
        {state === "off" && (
          <Button look="main" wide busy={isBusy.value} onClick={() => void run(turnOn)}>
            {t("reminders.turnOn")}
          </Button>
        )}
        {state === "on" && (
          <>
            <Button wide busy={isBusy.value} onClick={() => void onTry()}>
              {t("reminders.try")}
            </Button>
            <Check
              label={t("reminders.details")}
              hint={t("reminders.detailsHint")}
              isOn={hasDetails.value}
              onChange={(isOn) => void wantDetails(isOn)}
            />
            <Button wide look="quiet" busy={isBusy.value} onClick={() => void run(turnOff)}>
              {t("reminders.turnOff")}
            </Button>
          </>
        )}
        {(state === "homeFirst" || state === "impossible" || state === "off") && (
          <a class={css.link} href="/me/install">
            {t("reminders.install")}
          </a>
        )}
      </div>
    </>
  );
}

function Wishes({ value }: { readonly value: Settings }) {
  const email = useSignal(value.email);
  const error = useSignal("");
  const keep = async (some: Partial<Settings>) => {
    const isKept = await keepSettings(some);
    tell(t(isKept ? "reminders.kept" : "reminders.notKept"), !isKept);
    return isKept;
  };
  const onEmail = async () => {
    if (email.value.trim() === value.email) return;
    error.value = (await keep({ email: email.value.trim() })) ? "" : t("reminders.badEmail");
  };
  const turn = (group: string, isOn: boolean) =>
    void keep({ off: isOn ? value.off.filter((one) => one !== group) : [...value.off, group] });
  return (
    <>
      <Block title={t("reminders.quiet")}>
        <Card>
          <p class="soft">{t("reminders.quietText")}</p>
          <div class={css.times}>
            <TimeField
              label={t("reminders.quietFrom")}
              value={value.quietFrom}
              onInput={(quietFrom) => quietFrom && void keep({ quietFrom })}
            />
            <TimeField
              label={t("reminders.quietTo")}
              value={value.quietTo}
              onInput={(quietTo) => quietTo && void keep({ quietTo })}
            />
          </div>
          <Check
            label={t("reminders.weekends")}
            isOn={value.weekends}
            onChange={(weekends) => void keep({ weekends })}
          />
        </Card>
      </Block>
      <Block title={t("reminders.what")}>
        <Card>
          {groups.map((group) => (
            <Check
              key={group}
              label={t(`reminders.group_${group}`)}
              isOn={!value.off.includes(group)}
              onChange={(isOn) => turn(group, isOn)}
            />
          ))}
          <Check
            label={t("reminders.shared")}
            hint={t("reminders.sharedHint")}
            isOn={value.shared}
            onChange={(shared) => void keep({ shared })}
          />
        </Card>
      </Block>
      {value.mails && (
        <Block title={t("reminders.unopened")}>
          <Card>
            <TextField
              label={t("reminders.email")}
              hint={t("reminders.emailHint")}
              error={error.value || undefined}
              max={200}
              value={email.value}
              onInput={(next) => {
                email.value = next;
              }}
              onDone={() => void onEmail()}
            />
          </Card>
        </Block>
      )}
    </>
  );
}
