import { attention, type Disagreement, disagreements, type Parked, parked, unsent } from "../../data/attention.ts";
import { today } from "../../data/case.ts";
import { sync } from "../../data/store.ts";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { isKey, type Key, t } from "../../text/catalogue.ts";
import { isDay, longDay } from "../../text/dates.ts";
import css from "./Waiting.module.css";

/** What waits for the network, what the plan did not take, and where two people have changed the same. */
export function Waiting() {
  const { waiting, blocked = 0 } = sync.value;
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("waiting.title")}
      </h1>
      {waiting + attention.value === 0 && <Empty>{t("waiting.none")}</Empty>}
      {waiting > 0 && (
        <Block title={t("waiting.unsent")}>
          <Card>
            <p>{t("app.waiting", { n: waiting })}</p>
            <p class="soft">{t("waiting.unsentText")}</p>
            {blocked > 0 && <p>{t("waiting.blocked", { n: blocked })}</p>}
            {unsent.value.map((one) => (
              <div key={one.key} class={css.side}>
                <Head one={one} />
              </div>
            ))}
          </Card>
        </Block>
      )}
      {parked.value.length > 0 && <NotTaken />}
      {disagreements.value.length > 0 && <Two />}
    </>
  );
}

function NotTaken() {
  return (
    <Block title={t("waiting.parked")}>
      <p class="soft">{t("waiting.parkedText")}</p>
      <ul class={css.list}>
        {parked.value.map((one) => (
          <li key={one.key}>
            <Card>
              <Head one={one} />
              <p>{t(wordsOf("fault", one.code, "fault.unknown"))}</p>
              {one.values.map(({ field, text }) => (
                <Side
                  key={field}
                  title={`${t("waiting.youWrote")} · ${t(fieldWords(field))}`}
                  text={valueWords(field, text)}
                />
              ))}
            </Card>
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Two() {
  return (
    <Block title={t("waiting.conflicts")}>
      <p class="soft">{t("waiting.conflictsText")}</p>
      <ul class={css.list}>
        {disagreements.value.map((one) => (
          <li key={one.key}>
            <Card>
              <Head one={one} />
              <p class="soft">{t(fieldWords(one.field))}</p>
              <Side title={by("waiting.kept", one.keptBy)} text={valueWords(one.field, one.kept)} />
              <Side title={by("waiting.claimed", one.claimedBy)} text={valueWords(one.field, one.claimed)} />
            </Card>
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Head({ one }: { readonly one: Pick<Parked | Disagreement, "about" | "kind" | "plan"> }) {
  return (
    <>
      <h3>{one.about || t(wordsOf("waiting", one.kind, "waiting.other"))}</h3>
      <p class="soft">
        {[one.about && t(wordsOf("waiting", one.kind, "waiting.other")), one.plan].filter(Boolean).join(" · ")}
      </p>
    </>
  );
}

function Side({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div class={css.side}>
      <div class="soft">{title}</div>
      <div class={css.text}>{text || t("waiting.empty")}</div>
    </div>
  );
}

function by(key: Key, who: string | null): string {
  return who ? `${t(key)}, ${t("waiting.by", { navn: who })}` : t(key);
}

function fieldWords(field: string): Key {
  return wordsOf("waiting", `field${field.charAt(0).toUpperCase()}${field.slice(1)}`, "waiting.fieldOther");
}

// Words of the plan are said in the reader's language; what people wrote stands as they wrote it.
function valueWords(field: string, text: string): string {
  if (isDay(text)) return longDay(text, today.value);
  if (field === "state") return t(stateWords[text] ?? "waiting.other");
  return field === "reply" ? t(wordsOf("meetings", `reply_${text}`, "waiting.other")) : text;
}

const stateWords: Readonly<Record<string, Key>> = {
  open: "tasks.open",
  in_progress: "tasks.inProgress",
  blocked: "tasks.blocked",
  done: "tasks.isDone",
  cancelled: "tasks.cancelled",
};

function wordsOf(topic: string, name: string, otherwise: Key): Key {
  const key = `${topic}.${name}`;
  return isKey(key) ? key : otherwise;
}
