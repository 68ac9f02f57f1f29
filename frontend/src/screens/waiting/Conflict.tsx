import { useSignal } from "@preact/signals";
import type { Value } from "../../../../sync/client/types.ts";
import { type Choice, choose, type Disagreement, type Version } from "../../data/conflicts.ts";
import { saved } from "../../data/saved.ts";
import { fieldWords } from "../../data/words.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { type Key, t } from "../../text/catalogue.ts";
import { ownerOf } from "../../text/names.ts";
import css from "./Conflict.module.css";
import { Done } from "./Done.tsx";
import { Head } from "./Head.tsx";
import { Side } from "./Side.tsx";
import { Third } from "./Third.tsx";

/** Two versions of one field, and the three ways to settle it. */
export function Conflict({ one }: { readonly one: Disagreement }) {
  const isWriting = useSignal(false);
  const onChoose = async (how: Choice, third?: Value) =>
    saved(await choose(one, how, third), t("waiting.chosen", { til: one.kept.parts[0]?.text ?? "" }));
  if (one.isSettled) return <Settled one={one} />;
  const words = wordsFor(one);
  return (
    <Card>
      <Head one={one} id={one.id} field={fieldWords(one.field)} />
      {!one.mayChoose && <p class={css.note}>{t("waiting.notYours")}</p>}
      <div class={css.sides}>
        <Side where="waiting.standing" version={one.kept}>
          {one.mayChoose && <Choose words={words.keep} one={one} onClick={() => onChoose("theirs")} />}
        </Side>
        <Side where="waiting.late" version={one.claimed}>
          {one.mayChoose && one.mayTake && <Choose words={words.use} one={one} onClick={() => onChoose("mine")} />}
        </Side>
      </div>
      <Before was={one.was} />
      {one.mayChoose && one.third && !isWriting.value && (
        <Button look="quiet" wide onClick={() => (isWriting.value = true)}>
          {t(one.third.shape === "choice" || one.third.shape === "day" ? "waiting.thirdChoose" : "waiting.third")}
        </Button>
      )}
      {one.third && isWriting.value && (
        <Third
          one={one}
          field={one.third}
          onSave={(value) => onChoose("value", value)}
          onClose={() => (isWriting.value = false)}
        />
      )}
    </Card>
  );
}

interface ChooseProps {
  readonly words: string;
  readonly one: Disagreement;
  readonly onClick: () => void;
}

function Choose({ words, one, onClick }: ChooseProps) {
  return (
    <Button wide onClick={onClick} label={`${words}: ${one.about}`}>
      {words}
    </Button>
  );
}

function Before({ was }: { readonly was: string }) {
  return (
    <details class={css.before}>
      <summary>{t("waiting.was")}</summary>
      <p class={css.text}>{was || t("waiting.empty")}</p>
    </details>
  );
}

function Settled({ one }: { readonly one: Disagreement }) {
  const til = one.kept.parts.map((part) => part.text).join(" ") || t("waiting.empty");
  return <Done one={one} words={t("waiting.chosen", { til })} />;
}

// When both are the same person's, on two phones, names would not tell them apart.
function wordsFor({ kept, claimed }: Disagreement): { readonly keep: string; readonly use: string } {
  const isSame = kept.isMine && claimed.isMine;
  return {
    keep: words(kept, isSame, ["waiting.keepMine", "waiting.keepTheirs", "waiting.keep"]),
    use: words(claimed, isSame, ["waiting.useMine", "waiting.useTheirs", "waiting.use"]),
  };
}

function words(version: Version, isSame: boolean, [mine, theirs, neutral]: readonly [Key, Key, Key]): string {
  if (isSame || (!version.isMine && !version.who)) return t(neutral);
  return version.isMine ? t(mine) : t(theirs, { navns: ownerOf(version.who ?? "") });
}
