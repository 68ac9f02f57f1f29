import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { openNotice, placeOf } from "../../data/reminders.ts";
import { t } from "../../text/catalogue.ts";

/** Where a push leads: its opaque id is asked of the server, and then this is the place it stands for. Without network, the list. */
export function Opening({ id = "" }: { readonly id?: string }) {
  const { route } = useLocation();
  useEffect(() => {
    let isHere = true;
    void openNotice(id).then((notice) => isHere && route(notice ? placeOf(notice) : "/n", true));
    return () => {
      isHere = false;
    };
  }, [id]);
  return <h1 tabIndex={-1}>{t("reminders.opening")}</h1>;
}
