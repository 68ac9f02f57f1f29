import { caseID, lastPlace, path, planName, plans, space } from "../data/case.ts";
import { initials, myName } from "../data/people.ts";
import { Icon } from "../parts/Icon.tsx";
import { t } from "../text/catalogue.ts";
import css from "./Header.module.css";
import type { Screen } from "./routes.ts";

/** The top bar: where one is, for whom, and me. */
export function Header({ screen, isIn }: { readonly screen: Screen | undefined; readonly isIn: boolean }) {
  return (
    <header class={css.header}>
      {screen?.back ? <Back back={screen.back} /> : <Title screen={screen} isIn={isIn} />}
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

function Title({ screen, isIn }: { readonly screen: Screen | undefined; readonly isIn: boolean }) {
  if (!isIn || !screen || screen.isOpen) return <span class={css.brand}>{t("app.name")}</span>;
  return (
    <div class={css.title}>
      <h1 tabIndex={-1}>{t(screen.title)}</h1>
      <ForWhom />
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
