import { caseID, lastPlace, path, planName, plans, space } from "../data/case.ts";
import { initials, myName } from "../data/people.ts";
import { Icon } from "../parts/Icon.tsx";
import { t } from "../text/catalogue.ts";
import css from "./Header.module.css";
import type { Screen } from "./routes.ts";

interface Props {
  readonly screen: Screen | undefined;
  readonly isIn: boolean;
  /** Something is open beside the screen, with the page's one h1. */
  readonly isBeside: boolean;
}

/** The top bar: where one is, for whom, and me. */
export function Header(props: Props) {
  const { screen, isIn } = props;
  return (
    <header class={css.header}>
      {screen?.back ? <Back back={screen.back} /> : <Title {...props} />}
      {isIn && (
        <a class={css.me} href="/me" aria-label={t("app.me")}>
          {myName.value ? initials(myName.value) : <Icon name="contacts" />}
        </a>
      )}
    </header>
  );
}

function Back({ back }: { readonly back: NonNullable<Screen["back"]> }) {
  const href = caseID.value ? path(back.to ?? "") : (back.to ?? lastPlace.value);
  return (
    <a class={css.back} href={href}>
      <Icon name="back" />
      {t(back.words)}
    </a>
  );
}

function Title({ screen, isIn, isBeside }: Props) {
  if (!isIn || !screen || screen.isOpen) return <span class={css.brand}>{t("app.name")}</span>;
  const words = screen.heading?.() ?? t(screen.title);
  return (
    <div class={css.title}>
      {isBeside ? <h2 class={css.second}>{words}</h2> : <h1 tabIndex={-1}>{words}</h1>}
      {!screen.heading && <ForWhom />}
    </div>
  );
}

function ForWhom() {
  if (!space.value) return null;
  const navn = planName(space.value);
  if (plans.value.length < 2) return <div class={css.who}>{t("app.for", { navn })}</div>;
  return (
    <a class={css.switch} href="/cases" aria-label={t("app.switch", { navn })}>
      {t("app.for", { navn })}
      <Icon name="down" />
    </a>
  );
}
