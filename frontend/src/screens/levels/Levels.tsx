import type { LevelEntry } from "../../../../sync/plan/plan.gen.ts";
import { mayMake, me, path, today } from "../../data/case.ts";
import { type Lane, type Level, lanes, modelOf, said } from "../../data/levels.ts";
import { bareSpots, evaluation, mayMove, type Spot } from "../../data/moves.ts";
import { person } from "../../data/people.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { Ladder, Ladders } from "../../parts/Ladder.tsx";
import { language, t } from "../../text/catalogue.ts";
import { longDay, shortDay } from "../../text/dates.ts";
import { Flags } from "./Flags.tsx";
import css from "./Levels.module.css";
import { NewTrack } from "./NewTrack.tsx";
import { Said, wordOf } from "./Said.tsx";
import { Time } from "./Time.tsx";

/** Every track on its ladder: where it is, why, how it came there, and what the words mean. */
export function Levels() {
  return (
    <>
      <h1 tabIndex={-1}>{t("levels.title")}</h1>
      {lanes.value.length === 0 && <Empty>{t("levels.none")}</Empty>}
      {haveTracks() && <p class={`soft ${css.lead}`}>{t("levels.tracks")}</p>}
      <Flags />
      {lanes.value.map((lane) => (
        <One key={lane.key} lane={lane} />
      ))}
      {bareSpots.value.map((spot) => (
        <Bare key={spot.track} spot={spot} />
      ))}
      <NewTrack />
      <Time />
      <Words />
    </>
  );
}

// School and home on one model, as in Denmark.
function haveTracks(): boolean {
  return new Set(lanes.value.map((lane) => lane.model)).size < lanes.value.length;
}

function One({ lane }: { readonly lane: Lane }) {
  const n = lane.now.f.level ?? 0;
  const ord = said(lane.word, language.value).text;
  return (
    <Block title={lane.label}>
      <Card>
        <Ladders>
          <Ladder
            label={`${wordOf(lane.word)} ${n}`}
            levels={lane.levels.map((level) => level.n)}
            now={n}
            words={t("levels.of", { spor: lane.label, ord, n, alle: lane.levels.length })}
          />
        </Ladders>
        <h3 class={css.name}>
          <Said words={lane.level?.name} />
        </h3>
        <p>
          <Said words={lane.level?.sentence} />
        </p>
        <Reason entry={lane.now.f} ord={ord} />
        <Outcomes level={lane.level} />
        <History lane={lane} ord={wordOf(lane.word)} />
        <Act lane={lane} />
      </Card>
    </Block>
  );
}

/** A track that nobody has put on a level yet. */
function Bare({ spot }: { readonly spot: Spot }) {
  return (
    <Block title={spot.label}>
      <Card>
        <p class="soft">{t("levels.none")}</p>
        {mayMove(spot) && (
          <LinkButton href={path(`/levels/${spot.track}`)} label={t("moves.firstLong", { spor: spot.label })} wide>
            {t("moves.first")}
          </LinkButton>
        )}
      </Card>
    </Block>
  );
}

/** Who may moves it; the family and the others can ask for a meeting about it (R8). */
function Act({ lane }: { readonly lane: Lane }) {
  const spor = lane.label;
  const isMine = mayMove(lane);
  if (!isMine && !mayMake(me.value, "meetingRequest")) return null;
  return (
    <div class={css.act}>
      <LinkButton
        href={path(isMine ? `/levels/${lane.now.f.track}` : "/meetings/ask")}
        label={t(isMine ? "moves.linkLong" : "levels.askLong", { spor })}
        wide
      >
        {t(isMine ? "moves.link" : "levels.ask")}
      </LinkButton>
    </div>
  );
}

function Reason({ entry, ord }: { readonly entry: LevelEntry; readonly ord: string }) {
  const { reason, skipReason } = entry;
  const lines = factsOf(entry);
  return (
    <>
      <h4 class={css.head}>{t("levels.why", { ord })}</h4>
      <p>{reason}</p>
      {skipReason && (
        <p>
          <b>{t("levels.skipped")}:</b> {skipReason}
        </p>
      )}
      {lines.map((line) => (
        <div key={line} class="soft">
          {line}
        </div>
      ))}
    </>
  );
}

// Who, when, and what was agreed for it: each only where it was written down.
function factsOf(f: LevelEntry): readonly string[] {
  const day = (of: string) => ({ dato: longDay(of, today.value) });
  const names = [f.decidedBy, f.leaderInvolved, f.adviser, f.medicationBy].map((id) => person(id)?.name);
  const [by, leader, adviser, medicine] = names;
  const why = evaluation(f.evaluation)?.f.at;
  const lines = [
    f.from && t("levels.since", day(f.from)),
    by && t("levels.decided", { navn: by }),
    why && t("levels.evaluated", day(why)),
    leader && t("levels.leader", { navn: leader }),
    f.leaderRole && t("levels.leaderRole", { rolle: f.leaderRole }),
    adviser && t("levels.adviser", { navn: adviser }),
    f.assessments && t("levels.assessments", { hvad: f.assessments }),
    f.followUp && t("levels.followUp", day(f.followUp)),
    medicine && t("levels.medicine", { navn: medicine }),
    f.familyInformedAt && t("levels.told", day(f.familyInformedAt)),
    f.nextReview && t(f.nextReview < today.value ? "levels.reviewWas" : "levels.review", day(f.nextReview)),
  ];
  return lines.filter((line): line is string => Boolean(line));
}

function Outcomes({ level }: { readonly level: Level | undefined }) {
  if (!level?.outcomes?.length) return null;
  return (
    <details class={css.fold}>
      <summary>{t("levels.whatNext")}</summary>
      <ul class={css.outcomes}>
        {level.outcomes.map((outcome) => (
          <li key={outcome.text.da}>
            <Said words={outcome.text} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function History({ lane, ord }: { readonly lane: Lane; readonly ord: string }) {
  const past = lane.history.filter((entry) => entry.id !== lane.now.id);
  if (past.length === 0) return null;
  return (
    <details class={css.fold}>
      <summary>{t("levels.history")}</summary>
      <ol class={css.outcomes}>
        {past.map(({ id, f }) => (
          <li key={id}>
            <b>{`${ord} ${f.level}`}</b>
            <div class="soft">
              {f.from &&
                f.to &&
                t("levels.between", { fra: shortDay(f.from, today.value), til: shortDay(f.to, today.value) })}
            </div>
            {f.reason}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Words() {
  const models = new Map(lanes.value.map((lane) => [lane.model, lane]));
  return (
    <Block title={t("levels.words")}>
      {[...models.values()].map((lane) => (
        <details key={lane.model} class={css.fold}>
          <summary>
            <Said words={lane.modelName} />
          </summary>
          <p class={css.lead}>
            <Said words={modelOf(lane.model).about} />
          </p>
          <ol class={css.outcomes}>
            {lane.levels.map((level) => (
              <li key={level.n}>
                <b>
                  {`${level.n}. `}
                  <Said words={level.name} />
                </b>
                <p>
                  <Said words={level.purpose ?? level.sentence} />
                </p>
              </li>
            ))}
          </ol>
        </details>
      ))}
    </Block>
  );
}
