import { limits, type MeetingForm } from "../../../../sync/plan/plan.gen.ts";
import { askable, suggestCircle, suggestRoles, toggle } from "../../data/circle.ts";
import { put } from "../../data/keep.ts";
import { type Meeting, type Participant, participants } from "../../data/meetings.ts";
import { type Person, person } from "../../data/people.ts";
import { Avatar } from "../../parts/Avatar.tsx";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ManyChips, OneChip } from "../../parts/Chips.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Call.module.css";
import { Kept } from "./Kept.tsx";
import { told } from "./told.ts";

/** Who is asked, and what each is there to do (MT5, MT6). */
export function Circle({ one }: { readonly one: Meeting }) {
  const places = participants(one);
  const asked = new Set<string>(places.map(({ f }) => f.person ?? ""));
  const others = places.filter(({ f }) => f.person !== one.f.convenor);
  return (
    <Block title={t("call.people")}>
      <Card>
        <p class="soft">{t("call.peopleHint")}</p>
        {others.length === 0 && (
          <div class={css.suggest}>
            <Button look="main" wide onClick={() => told(suggestCircle(one), t("call.circleNone"))}>
              {t("call.circle")}
            </Button>
          </div>
        )}
        <ManyChips<string>
          legend={t("call.people")}
          isQuiet
          values={asked}
          choices={askable(one).map(({ id, name }) => ({ value: id, words: name }))}
          onPress={(id) => told(toggle(one, id as Person["id"]))}
        />
        <p class="soft">{t("call.notInPlan")}</p>
      </Card>
      {others.length > 0 && <Roles one={one} places={places} />}
    </Block>
  );
}

function Roles({ one, places }: { readonly one: Meeting; readonly places: readonly Participant[] }) {
  return (
    <div class={css.roles}>
      <h3>{t("call.roles")}</h3>
      <p class="soft">{t("call.rolesHint")}</p>
      <Card tight>
        {places.some(({ f }) => !f.role?.trim()) && (
          <div class={css.suggest}>
            <Button wide onClick={() => told(suggestRoles(one))}>
              {t("call.suggestRoles")}
            </Button>
          </div>
        )}
        <ul class={css.rows}>
          {places.map((place) => (
            <Role key={place.id} one={one} place={place} />
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Role({ one, place }: { readonly one: Meeting; readonly place: Participant }) {
  const who = person(place.f.person);
  const navn = who?.first ?? t("app.someone");
  const isFamily = who?.sector === "family" || who?.sector === "network";
  return (
    <li>
      <details class={css.row}>
        <summary>
          <Avatar initials={who?.initials ?? "·"} />
          <span class={css.summary}>
            <span>
              {who?.name ?? t("app.someone")}
              {who?.isMe && ` (${t("call.you")})`}
            </span>
            <span class="soft">{place.f.role?.trim() || t("call.roleNone", { navn })}</span>
          </span>
        </summary>
        <Kept rec={place} field="role" label={t("call.role", { navn })} max={limits.participant.relevance} lines={2} />
        {one.f.kind === "tvaerfagligt_netvaerksmoede" && !isFamily && (
          <Kept
            rec={place}
            field="relevance"
            label={t("call.relevance", { navn })}
            max={limits.participant.relevance}
            lines={2}
          />
        )}
        {one.f.form === "hybrid" && <Joins place={place} />}
      </details>
    </li>
  );
}

const ways: readonly MeetingForm[] = ["physical", "video", "phone"];

function Joins({ place }: { readonly place: Participant }) {
  return (
    <OneChip
      legend={t("call.joins")}
      value={place.f.joins}
      choices={ways.map((value) => ({ value, words: t(`call.form_${value}`) }))}
      onPress={(joins) => told(put(place, { joins }))}
    />
  );
}
