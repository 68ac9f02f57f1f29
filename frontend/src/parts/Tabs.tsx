import { t } from "../text/catalogue.ts";
import { Icon, type IconName } from "./Icon.tsx";
import css from "./Tabs.module.css";

export interface Tab {
  readonly key: string;
  readonly href: string;
  readonly icon: IconName;
  readonly words: string;
  readonly isHere: boolean;
}

/** The four places of a plan, always in sight. */
export function Tabs({ tabs }: { readonly tabs: readonly Tab[] }) {
  return (
    <nav class={css.tabs} aria-label={t("app.tabs")}>
      {tabs.map((tab) => (
        <a key={tab.key} href={tab.href} class={css.tab} aria-current={tab.isHere ? "page" : undefined}>
          <Icon name={tab.icon} />
          {tab.words}
        </a>
      ))}
    </nav>
  );
}
