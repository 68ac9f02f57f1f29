import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { kindWords } from "../../data/words.ts";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { quoted } from "../../text/names.ts";
import css from "./Done.module.css";

interface Props {
  readonly one: { readonly about: string; readonly kind: string; readonly href: string | null };
  readonly words: string;
  readonly children?: ComponentChildren;
}

/** Stands for a moment where a card was; whoever pressed its button goes on reading here. */
export function Done({ one, words, children }: Props) {
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => ref.current?.focus(), []);
  const title = one.about || kindWords(one.kind);
  return (
    <Card>
      <p ref={ref} tabIndex={-1} class={css.words}>
        {words}
      </p>
      {children}
      {one.href && (
        <a class={css.link} href={one.href}>
          {t("waiting.toRecord", { hvad: quoted(title) })}
        </a>
      )}
    </Card>
  );
}
