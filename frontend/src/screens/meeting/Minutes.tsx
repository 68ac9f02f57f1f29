import { path, today, zone } from "../../data/case.ts";
import { agreements, lacksMinutes, type Meeting } from "../../data/meetings.ts";
import { isShared, mayWriteMinutes, type Part, partsOf } from "../../data/minutes.ts";
import { saved } from "../../data/saved.ts";
import { finish, reopen, type Task, taskLine } from "../../data/tasks.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { TaskRow } from "../../parts/TaskRow.tsx";
import { t } from "../../text/catalogue.ts";
import { momentWords } from "../../text/dates.ts";
import { Beside } from "./Beside.tsx";
import css from "./Minutes.module.css";

/** What came of a meeting: its minutes with what was agreed under each point, and what others say to it. */
export function Minutes({ meeting }: { readonly meeting: Meeting }) {
  if (mayWriteMinutes(meeting)) return <Write meeting={meeting} />;
  const tasks = agreements(meeting).filter(({ f }) => f.state !== "draft");
  const parts = partsOf(meeting).filter((part) => part.section || under(part, tasks).length > 0);
  const rest = tasks.filter((task) => !parts.some((part) => under(part, tasks).includes(task)));
  if (parts.length === 0 && rest.length === 0) return null;
  return (
    <div class={isShared(meeting) ? css.both : ""}>
      <div>
        {parts.length > 0 && (
          <Block title={t("meetings.text")}>
            <Card>
              {parts.map((part) => (
                <One key={part.key} part={part} tasks={under(part, tasks)} />
              ))}
              <Foot meeting={meeting} />
            </Card>
          </Block>
        )}
        {rest.length > 0 && (
          <Block title={t("meetings.agreed")}>
            <Card tight>
              <Rows tasks={rest} />
            </Card>
          </Block>
        )}
      </div>
      {isShared(meeting) && <Beside meeting={meeting} />}
    </div>
  );
}

// Before they are shared they are the hosts' own, and written on a screen of their own.
function Write({ meeting }: { readonly meeting: Meeting }) {
  const hasBegun = meeting.f.minutesState === "draft";
  return (
    <div class={css.write}>
      {lacksMinutes(meeting) && !hasBegun && <p class={css.lacks}>{t("minutes.missing")}</p>}
      <LinkButton href={path(`/meetings/${meeting.id}/minutes`)} look={lacksMinutes(meeting) ? "main" : "other"} wide>
        {t(hasBegun ? "minutes.goOn" : "minutes.write")}
      </LinkButton>
    </div>
  );
}

function under(part: Part, tasks: readonly Task[]): readonly Task[] {
  const isFirst = part.item !== null && part.key === part.item.id;
  return isFirst ? tasks.filter(({ f }) => f.item === (part.item?.id as string)) : [];
}

function One({ part, tasks }: { readonly part: Part; readonly tasks: readonly Task[] }) {
  return (
    <div class={css.section}>
      <h3>{part.heading}</h3>
      {part.section && <p class={css.text}>{part.section.f.text}</p>}
      {tasks.length > 0 && <Rows tasks={tasks} />}
    </div>
  );
}

function Rows({ tasks }: { readonly tasks: readonly Task[] }) {
  return (
    <ul>
      {tasks.map((task) => (
        <TaskRow key={task.id} task={task} look={taskLine} onTick={onTick} onUndo={onUndo} />
      ))}
    </ul>
  );
}

function Foot({ meeting }: { readonly meeting: Meeting }) {
  const { minutesSharedAt, decisionsOnMunicipalSupport, childAbsent, noFollowUp } = meeting.f;
  return (
    <>
      {childAbsent && <p class="soft">{childAbsent}</p>}
      {noFollowUp && <p class="soft">{`${t("minutes.noNext")}: ${noFollowUp}`}</p>}
      {!decisionsOnMunicipalSupport && <p class="soft">{t("meetings.nodec")}</p>}
      {minutesSharedAt && <p class="soft">{momentWords(minutesSharedAt, today.value, zone.value)}</p>}
    </>
  );
}

async function onTick(task: Task) {
  saved(await finish(task), t("tasks.ticked"));
}

async function onUndo(task: Task) {
  saved(await reopen(task), t("tasks.undone"));
}
