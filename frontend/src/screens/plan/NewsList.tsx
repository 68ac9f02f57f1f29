import { isFirstVisit, news } from "../../data/news.ts";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { Knot } from "./Knot.tsx";
import css from "./NewsList.module.css";

const few = 5;

/** What has happened since this person was here last. */
export function NewsList() {
  const all = news.value;
  return (
    <Knot title={t("home.news")}>
      <Card tight={all.length > 0}>
        {all.length === 0 && <p class="soft">{t(isFirstVisit.value ? "home.newsFirst" : "home.newsNone")}</p>}
        <ul>
          {all.slice(0, few).map((one) => (
            <li key={one.key}>
              <a class={css.link} href={one.href}>
                {t(one.words, { titel: one.title })}
              </a>
            </li>
          ))}
        </ul>
      </Card>
    </Knot>
  );
}
