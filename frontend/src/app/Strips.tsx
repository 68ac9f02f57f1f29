import { useLocation } from "preact-iso/router";
import { attention, isWaitingLong } from "../data/attention.ts";
import { today, zone } from "../data/case.ts";
import { isWriting } from "../data/draft.ts";
import { dismiss, handed, hasTried, sync } from "../data/store.ts";
import { Strip } from "../parts/Strip.tsx";
import { t } from "../text/catalogue.ts";
import { momentWords } from "../text/dates.ts";
import { applyUpdate, updateReady } from "./update.ts";

/** What should be known before reading on, one calm line each; mostly there is none. */
export function Strips() {
  const { path } = useLocation();
  return (
    <>
      <Ended />
      <Lost />
      <Network />
      {attention.value > 0 && path !== "/waiting" && (
        <Strip>
          <span>{t("app.attention", { n: attention.value })}</span>
          <a href="/waiting" aria-label={t("app.lookLong")}>
            {t("app.look")}
          </a>
        </Strip>
      )}
      <Update />
    </>
  );
}

// Nobody is interrupted in the middle of a sentence: the button comes when it is saved.
function Update() {
  if (!updateReady.value) return null;
  if (isWriting.value) {
    return (
      <Strip>
        <span>{t("app.updateLater")}</span>
      </Strip>
    );
  }
  return (
    <Strip>
      <span>{t("app.update")}</span>
      <button type="button" onClick={applyUpdate}>
        {t("app.updateNow")}
      </button>
    </Strip>
  );
}

/** Plans this person has lost; all that is left of them here is this notice. */
function Lost() {
  return (
    <>
      {handed.value.map(({ space, name: navn, changes: n, erased }) => (
        <Strip key={space}>
          <span>
            {erased ? t("waiting.erased") : t("waiting.lost", { navn })}{" "}
            {n > 0 && t(erased ? "waiting.erasedUnsent" : "waiting.lostHanded", { n })}
          </span>
          <button type="button" onClick={() => dismiss(space)}>
            {t("waiting.lostOK")}
            <span class="sr"> {navn}</span>
          </button>
        </Strip>
      ))}
    </>
  );
}

function Ended() {
  if (!sync.value.signedOut) return null;
  return (
    <Strip loud>
      <span>{t("app.ended")}</span>
      <a href="/in">{t("app.again")}</a>
    </Strip>
  );
}

function Network() {
  const { reachable, lastContact, waiting, signedOut } = sync.value;
  if (isWaitingLong.value) {
    return (
      <Strip loud icon="clock">
        <span>{t("app.waitingLong", { n: waiting })}</span>
        <a href="/me">{t("me.fetch")}</a>
      </Strip>
    );
  }
  if (signedOut || reachable || !hasTried.value) return null;
  const tid = lastContact && momentWords(lastContact, today.value, zone.value);
  return (
    <Strip icon="offline">
      <span>
        {tid ? t("app.offline", { tid }) : t("app.offlineNever")}
        {waiting > 0 && <br />}
        {waiting > 0 && t("app.waiting", { n: waiting })}
      </span>
    </Strip>
  );
}
