/** What this person was told, and how they want to be told (backend/remind). Asked of the server, never kept. */
import { signal } from "@preact/signals";
import type { Op, SpaceView } from "../../../sync/client/types.ts";
import type { RecordID, SpaceID } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { isKey, type Key, language } from "../text/catalogue.ts";
import { may, meIn } from "./case.ts";
import { ask, edit, find, spaces } from "./store.ts";
import { aboutWords, hrefOf } from "./words.ts";

/** One thing that this person was told. */
export interface Notice {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly space: SpaceID;
  readonly rec: RecordID;
  readonly opened: boolean;
}

/** How this person wants to be reminded (R49). */
export interface Settings {
  readonly zone: string;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly weekends: boolean;
  readonly off: readonly string[];
  readonly email: string;
  readonly language: string;
  readonly shared: boolean;
  /** Whether the server sends e-mails at all. */
  readonly mails: boolean;
}

/** The kinds that can be turned off one by one. */
export const groups = ["task", "meeting", "answer", "plan"] as const;

/** Null until the server has said so, and without network. */
export const notices = signal<readonly Notice[] | null>(null);
export const settings = signal<Settings | null>(null);

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null;
const isNotice = (v: unknown): v is Notice =>
  isObject(v) && ["id", "at", "kind", "space", "rec"].every((key) => typeof v[key] === "string");
const isInbox = (v: unknown): v is { readonly notices: readonly Notice[]; readonly due: number } =>
  isObject(v) && Array.isArray(v.notices) && v.notices.every(isNotice) && typeof v.due === "number";
const isSettings = (v: unknown): v is Settings =>
  isObject(v) && typeof v.quietFrom === "string" && typeof v.quietTo === "string" && Array.isArray(v.off);

/** Asks for the inbox. */
export async function askNotices(): Promise<void> {
  const inbox = await ask("GET", "/api/v1/notices", undefined, isInbox);
  notices.value = inbox?.notices ?? null;
  if (inbox) await showBadge(inbox.due);
}

/** What the opaque id of a push stands for, noted as opened; null if it is not known, not theirs any more, or without network. */
export async function openNotice(id: string): Promise<Notice | null> {
  const notice = await ask("GET", `/api/v1/notices/${encodeURIComponent(id)}`, undefined, isNotice);
  if (notice) await ask("POST", `/api/v1/notices/${encodeURIComponent(id)}/opened`, {}, isObject);
  return notice;
}

export async function askSettings(): Promise<void> {
  settings.value = await ask("GET", "/api/v1/reminders", undefined, isSettings);
}

/** Keeps some of them; false if the server did not take it. */
export async function keepSettings(some: Partial<Settings>): Promise<boolean> {
  if (!settings.value) return false;
  const body = { ...settings.value, ...some, language: language.peek() };
  const kept = await ask("PUT", "/api/v1/reminders", body, isSettings);
  if (kept) settings.value = kept;
  return kept !== null;
}

/** The number on the app's icon, where the system has one. */
async function showBadge(count: number): Promise<void> {
  // An ornament: a system that refuses it takes nothing away.
  await navigator.setAppBadge?.(count)?.catch(() => undefined);
}

/** What a notice is about, in words. */
export function noticeWords({ kind }: Notice): Key {
  const key = `reminders.kind_${kind.replace(".", "_")}`;
  return isKey(key) ? key : "reminders.kind_other";
}

const viewOf = ({ space }: Notice): SpaceView | undefined => spaces.value.get(space);

/** What the thing itself is called, as far as it is on this phone. */
export function noticeAbout(notice: Notice): string {
  const view = viewOf(notice);
  return view ? aboutWords(view, view.records.get(notice.rec)) : "";
}

// Where things without a place of their own are dealt with.
const places: Readonly<Record<string, string>> = {
  handover: "/handover",
  level: "/levels",
  law: "/ahead",
  request: "/meetings",
  consent: "/consents",
  plan: "/goals",
};

/** Where a notice leads. */
export function placeOf(notice: Notice): string {
  const view = viewOf(notice);
  const rec = view?.records.get(notice.rec);
  const own = view && rec ? hrefOf(view, rec) : null;
  return own ?? `/c/${notice.space}${places[notice.kind.split(".")[0] ?? ""] ?? ""}`;
}

/** Ticks the agreement that a notice is about, as its notification was asked to; false where that is not to be done. */
export async function tickNotice(notice: Notice): Promise<boolean> {
  const view = viewOf(notice);
  const task = find(view ?? null, "task", notice.rec);
  const state = task?.f.state ?? "open";
  if (
    !view ||
    !task ||
    !may(meIn(view), task, "state") ||
    state === "done" ||
    !mayMove("task", "state", state, "done")
  ) {
    return false;
  }
  const op: Op = { rec: task.id, kind: "task", set: { state: "done" }, was: { state } };
  return (await edit(view.id, [op])).ok;
}
