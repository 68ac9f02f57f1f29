import { useSignal } from "@preact/signals";
import { keepAfterAll, type Parked, sendAgain, throwAway } from "../../data/parked.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Card } from "../../parts/Card.tsx";
import { type Key, t } from "../../text/catalogue.ts";
import { Done } from "./Done.tsx";
import { Head } from "./Head.tsx";
import { Mend } from "./Mend.tsx";
import css from "./NotTaken.module.css";
import { Texts } from "./Texts.tsx";

/** A change of mine that the plan did not take: why, what I wrote, and two ways on. */
export function NotTaken({ one }: { readonly one: Parked }) {
  const isMending = useSignal(false);
  if (one.isThrown) return <Thrown one={one} />;
  return (
    <Card>
      <Head one={one} />
      <p class={css.reason}>{t(one.reason)}</p>
      <Texts title={t("waiting.youWrote")} written={one.written} />
      {isMending.value ? (
        <Mend one={one} onClose={() => (isMending.value = false)} />
      ) : (
        <Ways one={one} onMend={() => (isMending.value = true)} />
      )}
    </Card>
  );
}

const ways: Readonly<Record<"mend" | "send" | "back" | "note", Key>> = {
  mend: "waiting.mend",
  send: "waiting.send",
  back: "waiting.bringBack",
  note: "waiting.asNote",
};

function Ways({ one, onMend }: { readonly one: Parked; readonly onMend: () => void }) {
  const { way, fields } = one.again;
  const title = one.about || one.plan;
  const onAgain = async () => {
    if (fields.length > 0) onMend();
    else saved(await sendAgain(one), t("waiting.sentAgain"));
  };
  return (
    <Buttons>
      {way && (
        <Button look="main" onClick={onAgain} label={`${t(ways[way])}: ${title}`}>
          {t(ways[way])}
        </Button>
      )}
      <Button
        onClick={async () => saved(await throwAway(one), t("waiting.thrown"))}
        label={`${t("waiting.throw")}: ${title}`}
      >
        {t("waiting.throw")}
      </Button>
    </Buttons>
  );
}

function Thrown({ one }: { readonly one: Parked }) {
  return (
    <Done one={{ ...one, href: null }} words={t("waiting.thrown")}>
      <Buttons>
        <Button onClick={async () => saved(await keepAfterAll(one), t("waiting.thrownBack"))}>
          {t("waiting.undo")}
        </Button>
      </Buttons>
    </Done>
  );
}
