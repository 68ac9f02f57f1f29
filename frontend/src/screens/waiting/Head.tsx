import { kindWords } from "../../data/words.ts";
import css from "./Head.module.css";

interface Props {
  readonly one: { readonly about: string; readonly kind: string; readonly plan: string };
  /** What a link from elsewhere leads to. */
  readonly id?: string;
  readonly field?: string;
}

/** What a card is about: its record, of what kind, in which plan. */
export function Head({ one, id, field }: Props) {
  const kind = kindWords(one.kind);
  return (
    <>
      <h3 id={id} class={css.head} tabIndex={id ? -1 : undefined}>
        {one.about || kind}
      </h3>
      <p class="soft">{[one.about && kind, one.plan, field].filter(Boolean).join(" · ")}</p>
    </>
  );
}
