import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Video.module.css";

const parts = [
  { title: "video.before", steps: ["video.before1", "video.before2", "video.before3"] },
  { title: "video.during", steps: ["video.during1", "video.during2", "video.during3"] },
  { title: "video.trouble", steps: ["video.trouble1", "video.trouble2"] },
] as const;

/** The guide to a meeting on a screen; it is on the phone, so that it is there when the line is not (MT11). */
export function Video() {
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("video.title")}
      </h1>
      {parts.map(({ title, steps }) => (
        <Block key={title} title={t(title)}>
          <Card>
            <ol class={css.steps}>
              {steps.map((step) => (
                <li key={step}>{t(step)}</li>
              ))}
            </ol>
          </Card>
        </Block>
      ))}
    </>
  );
}
