import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askFeed, closeFeed, feed, feedAddress, openFeed } from "../../data/feed.ts";
import { tell } from "../../data/saved.ts";
import { Button, LinkButton } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { Check } from "../../parts/Check.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Calendar.module.css";

/** My calendar: an address for one's own calendar program, with titles that say nothing unless one asks for more. */
export function Calendar() {
  useEffect(() => void askFeed(), []);
  const { value } = feed;
  return (
    <>
      <h1 tabIndex={-1}>{t("calendar.title")}</h1>
      <p class={css.lead}>{t("calendar.lead")}</p>
      {value === null && <p class="soft">{t("calendar.noNet")}</p>}
      {feedAddress.value && <Address address={feedAddress.value} />}
      {value && <Wish isOn={value.on} had={value.details ?? false} />}
    </>
  );
}

// The address is the right to read, and it is shown this once.
function Address({ address }: { readonly address: string }) {
  const onCopy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      tell(t("calendar.copied"));
    } catch {
      tell(t("calendar.notCopied"), true); // the browser said no: the address stands there to be marked by hand
    }
  };
  return (
    <Block title={t("calendar.address")}>
      <Card>
        <p>{t("calendar.addressText")}</p>
        <p class={css.address}>{address}</p>
        <div class={css.ways}>
          <Button look="main" wide onClick={() => void onCopy()}>
            {t("calendar.copy")}
          </Button>
          <LinkButton wide href={address.replace(/^https?:/, "webcal:")}>
            {t("calendar.subscribe")}
          </LinkButton>
        </div>
      </Card>
    </Block>
  );
}

function Wish({ isOn, had }: { readonly isOn: boolean; readonly had: boolean }) {
  const details = useSignal(had);
  const isBusy = useSignal(false);
  const run = async (work: () => Promise<boolean>, done: string) => {
    isBusy.value = true;
    const isDone = await work();
    isBusy.value = false;
    tell(isDone ? done : t("calendar.noNet"), !isDone);
  };
  return (
    <Block title={t(isOn ? "calendar.isOn" : "calendar.isOff")}>
      <Card>
        <Check
          label={t("calendar.details")}
          hint={t("calendar.detailsHint")}
          isOn={details.value}
          onChange={(is) => {
            details.value = is;
          }}
        />
        {isOn && <p class="soft">{t("calendar.again")}</p>}
        <div class={css.ways}>
          <Button wide busy={isBusy.value} onClick={() => void run(() => openFeed(details.value), t("calendar.made"))}>
            {t(isOn ? "calendar.renew" : "calendar.make")}
          </Button>
          {isOn && (
            <Button wide look="quiet" busy={isBusy.value} onClick={() => void run(closeFeed, t("calendar.stopped"))}>
              {t("calendar.stop")}
            </Button>
          )}
        </div>
      </Card>
    </Block>
  );
}
