import { useEffect } from "preact/hooks";
import { caseID, seesAll, space } from "../../data/case.ts";
import { visit } from "../../data/news.ts";
import { t } from "../../text/catalogue.ts";
import { Handovers } from "./Handovers.tsx";
import { Mine } from "./Mine.tsx";
import { More } from "./More.tsx";
import { NewsList } from "./NewsList.tsx";
import { Next } from "./Next.tsx";
import { Others } from "./Others.tsx";
import css from "./Plan.module.css";
import { TovholderCard } from "./TovholderCard.tsx";
import { Where } from "./Where.tsx";

/** The first screen: whom to call, what happens next, what is mine, what the others do, where we are, what is new. */
export function Plan() {
  const id = caseID.value;
  useEffect(() => {
    if (id) visit(id);
  }, [id]);
  if (!space.value?.complete && space.value?.me) return <p class="soft">{t("app.fetching")}</p>;
  return (
    <div class={css.rope}>
      <TovholderCard />
      <Next />
      <Handovers />
      <Mine />
      <Others />
      <Where />
      <NewsList />
      {seesAll.value && <More />}
    </div>
  );
}
