import type { Written } from "../../data/written.ts";
import { t } from "../../text/catalogue.ts";
import css from "./Texts.module.css";

interface Props {
  readonly title?: string;
  readonly written: readonly Written[];
}

/** What somebody wrote, field by field. */
export function Texts({ title, written }: Props) {
  if (written.length === 0) return null;
  return (
    <div class={css.texts}>
      {title && <p class={css.title}>{title}</p>}
      <dl>
        {written.map((one) => (
          <div key={one.key} class={css.one}>
            <dt>{one.label}</dt>
            <dd>{one.text || t("waiting.empty")}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
