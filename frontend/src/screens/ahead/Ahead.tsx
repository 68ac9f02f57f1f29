import { t } from "../../text/catalogue.ts";
import { Law } from "./Law.tsx";
import { Places } from "./Places.tsx";
import { Referrals } from "./Referrals.tsx";

/** The way on: referrals and their answers, changes of place, and the clocks of the law. */
export function Ahead() {
  return (
    <>
      <h1 tabIndex={-1}>{t("ahead.title")}</h1>
      <Referrals />
      <Places />
      <Law />
    </>
  );
}
