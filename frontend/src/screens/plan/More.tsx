import { path } from "../../data/case.ts";
import { Card } from "../../parts/Card.tsx";
import { type Key, t } from "../../text/catalogue.ts";
import { Knot } from "./Knot.tsx";
import css from "./More.module.css";

const places: readonly { readonly to: string; readonly words: Key }[] = [
  { to: "/ahead", words: "ahead.title" },
  { to: "/consents", words: "home.consents" },
  { to: "/forms", words: "forms.title" },
  { to: "/people", words: "people.title" },
];

/** Where the rest of the plan stands. */
export function More() {
  return (
    <Knot title={t("home.more")}>
      <Card tight>
        <ul>
          {places.map(({ to, words }) => (
            <li key={to} class={css.row}>
              <a class={css.link} href={path(to)}>
                {t(words)}
              </a>
            </li>
          ))}
        </ul>
      </Card>
    </Knot>
  );
}
