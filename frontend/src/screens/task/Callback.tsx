import { childInitials, whomToCall } from "../../data/callback.ts";
import { saved } from "../../data/saved.ts";
import { bring, mayBring, type Task } from "../../data/tasks.ts";
import { Avatar } from "../../parts/Avatar.tsx";
import { Beside } from "../../parts/Beside.tsx";
import { Button, LinkButton, tel } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Task.module.css";

/** What a contact person needs who is asked to ring today: whom it is about, and the numbers, the call first. */
export function Callback({ task }: { readonly task: Task }) {
  const [first, ...others] = whomToCall();
  return (
    <Card>
      <Beside mark={<Avatar initials={childInitials()} size="large" />}>
        <p>{t("tasks.callText")}</p>
      </Beside>
      <div class={css.calls}>
        {first ? (
          <LinkButton look="main" wide icon="phone" href={tel(first.phone ?? "")}>
            {t("contacts.call", { navn: first.first })}
          </LinkButton>
        ) : (
          <p class="soft">{t("tasks.callNobody")}</p>
        )}
        {others.map((who) => (
          <LinkButton key={who.id} wide icon="phone" href={tel(who.phone ?? "")}>
            {t("contacts.call", { navn: who.first })}
          </LinkButton>
        ))}
        {mayBring(task, "in_progress") && task.f.state === "open" && (
          <Button
            look="quiet"
            wide
            onClick={async () => saved(await bring(task, "in_progress", t("tasks.callTomorrow")), t("app.saved"))}
          >
            {t("tasks.callTomorrow")}
          </Button>
        )}
      </div>
    </Card>
  );
}
