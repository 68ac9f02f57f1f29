import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { openNotice, placeOf, tickNotice } from "../../data/reminders.ts";
import { tell } from "../../data/saved.ts";
import { t } from "../../text/catalogue.ts";

/** Where a push leads: its opaque id is asked of the server, and then this is the place it stands for. Without network, the list. */
export function Opening({ id = "" }: { readonly id?: string }) {
  const { route } = useLocation();
  useEffect(() => {
    let isHere = true;
    const isTicked = location.search === "?tick"; // the notification's own button was pressed
    void openNotice(id).then(async (notice) => {
      if (notice && isTicked && (await tickNotice(notice))) tell(t("tasks.ticked"));
      if (isHere) route(notice ? placeOf(notice) : "/n", true);
    });
    return () => {
      isHere = false;
    };
  }, [id]);
  return <h1 tabIndex={-1}>{t("reminders.opening")}</h1>;
}
