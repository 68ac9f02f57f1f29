import type { ComponentChildren } from "preact";
import type { Part, Version } from "../../data/conflicts.ts";
import { type Key, t } from "../../text/catalogue.ts";
import css from "./Side.module.css";

interface Props {
  readonly where: Key;
  readonly version: Version;
  /** The way to choose it. */
  readonly children: ComponentChildren;
}

/** One of two versions: where it stands, who wrote it and when, what it says. */
export function Side({ where, version, children }: Props) {
  const by = writtenBy(version);
  return (
    <section class={css.side}>
      <h4 class={css.title}>{t(where)}</h4>
      {by && <p class="soft">{by}</p>}
      <div class={version.parts.length > 1 ? css.text : `${css.text} ${css.short}`}>
        {version.parts.map((part, i) => (
          <Paragraph key={i} part={part} />
        ))}
      </div>
      {children}
    </section>
  );
}

function Paragraph({ part }: { readonly part: Part }) {
  if (!part.differs) return <p>{part.text || t("waiting.empty")}</p>;
  return (
    <p class={css.differs}>
      <span class="sr">{t("waiting.differs")} </span>
      {part.text}
    </p>
  );
}

function writtenBy({ who, isMine, when }: Version): string | null {
  if (!who && !isMine) return when;
  const keys = isMine
    ? (["waiting.youWrote", "waiting.youWroteAt"] as const)
    : (["waiting.wrote", "waiting.wroteAt"] as const);
  return when ? t(keys[1], { navn: who ?? "", tid: when }) : t(keys[0], { navn: who ?? "" });
}
