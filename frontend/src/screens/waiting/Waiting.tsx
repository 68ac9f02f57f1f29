import { useEffect } from "preact/hooks";
import { type Disagreement, disagreements, forgetSettled } from "../../data/conflicts.ts";
import { parked } from "../../data/parked.ts";
import { saved } from "../../data/saved.ts";
import { sync } from "../../data/store.ts";
import { restoreParent, unplaced } from "../../data/unplaced.ts";
import { reviews, unsent } from "../../data/waiting.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { Conflict } from "./Conflict.tsx";
import { Head } from "./Head.tsx";
import { NotTaken } from "./NotTaken.tsx";
import { OneReview } from "./OneReview.tsx";
import css from "./Waiting.module.css";

/** What this person should look at, then what waits for the network, then what others will choose. */
export function Waiting() {
  useOpenedAt();
  useEffect(() => forgetSettled, []);
  const isCalm =
    sync.value.waiting +
      disagreements.value.length +
      parked.value.length +
      reviews.value.length +
      unplaced.value.length ===
    0;
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("waiting.title")}
      </h1>
      {isCalm && <Empty>{t("waiting.none")}</Empty>}
      <Conflicts ones={disagreements.value.filter((one) => one.mayChoose)} />
      <Parked />
      <Reviews />
      <Unplaced />
      <Unsent />
      <Conflicts ones={disagreements.value.filter((one) => !one.mayChoose)} />
    </>
  );
}

// A link from a record names its conflict: a reader and a keyboard begin there.
function useOpenedAt(): void {
  useEffect(() => {
    const heading = location.hash && document.getElementById(location.hash.slice(1));
    if (!heading) return;
    heading.scrollIntoView({ block: "start" });
    heading.focus();
  }, []);
}

function Conflicts({ ones }: { readonly ones: readonly Disagreement[] }) {
  if (ones.length === 0) return null;
  return (
    <Block title={t("waiting.conflicts")}>
      <p class={`soft ${css.intro}`}>{t("waiting.conflictsText")}</p>
      <ul class={css.list}>
        {ones.map((one) => (
          <li key={one.id}>
            <Conflict one={one} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Parked() {
  if (parked.value.length === 0) return null;
  return (
    <Block title={t("waiting.parked")}>
      {!parked.value.every((one) => one.isErased) && <p class={`soft ${css.intro}`}>{t("waiting.parkedText")}</p>}
      <ul class={css.list}>
        {parked.value.map((one) => (
          <li key={one.id}>
            <NotTaken one={one} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Reviews() {
  if (reviews.value.length === 0) return null;
  return (
    <Block title={t("waiting.reviews")}>
      <p class={`soft ${css.intro}`}>{t("waiting.reviewsText")}</p>
      <ul class={css.list}>
        {reviews.value.map((one) => (
          <li key={one.id}>
            <OneReview one={one} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Unplaced() {
  if (unplaced.value.length === 0) return null;
  return (
    <Block title={t("waiting.unplaced")}>
      <p class={`soft ${css.intro}`}>{t("waiting.unplacedText")}</p>
      <ul class={css.list}>
        {unplaced.value.map((one) => (
          <li key={one.key}>
            <Card>
              <Head one={one} />
              <p>{t("waiting.unplacedFrom", { hvad: one.parentAbout })}</p>
              {one.href && <a href={one.href}>{t("waiting.unplacedSee")}</a>}
              {one.mayRestore && (
                <Button onClick={async () => void saved(await restoreParent(one), t("waiting.unplacedBack"))}>
                  {t("waiting.unplacedRestore")}
                </Button>
              )}
            </Card>
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Unsent() {
  const { waiting, blocked = 0 } = sync.value;
  if (waiting === 0) return null;
  return (
    <Block title={t("waiting.unsent")}>
      <Card>
        <p>{t("app.waiting", { n: waiting })}</p>
        <p class="soft">{t("waiting.unsentText")}</p>
        {blocked > 0 && <p>{t("waiting.blocked", { n: blocked })}</p>}
        {unsent.value.map((one) => (
          <div key={one.key} class={css.side}>
            <Head one={one} />
          </div>
        ))}
      </Card>
    </Block>
  );
}
