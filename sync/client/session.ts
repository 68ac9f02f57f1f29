/** Speaks to the server as one account: the access token in memory, the refresh cookie with the browser. What is not this protocol's JSON counts as no network. */
import type { AccountID } from "../plan/plan.gen.ts";
import type { World } from "./types.ts";
import { isGrant, isProblem, type Problem } from "./wire.ts";

/** How long a request may take before the line counts as too slow for it. */
export const patience = 30_000;

/** Why a request came to nothing. */
export type Refused =
  | { readonly ok: false; readonly why: "network" | "timeout" | "signedOut" }
  /** The request was never made, because no access token was to be had. */
  | { readonly ok: false; readonly why: "noToken"; readonly wait: number | null }
  | { readonly ok: false; readonly why: "problem"; readonly problem: Problem; readonly wait: number | null };

/** What a request came to. */
export type Answer<T> = { readonly ok: true; readonly body: T } | Refused;

const noNetwork: Refused = { ok: false, why: "network" };
const signedOut: Refused = { ok: false, why: "signedOut" };

/** Signs in by a one-time link; `code` of a refusal is the server's, or "network". */
export async function signInByLink(
  world: World,
  code: string,
): Promise<{ ok: true; access: string; account: AccountID } | { ok: false; code: string }> {
  const answer = await ask(world, "/api/v1/auth/link", posting({ code }), isGrant);
  if (answer.ok) return { ok: true, access: answer.body.access, account: answer.body.person as AccountID };
  return { ok: false, code: answer.why === "problem" ? (answer.problem.code ?? answer.problem.type) : "network" };
}

/** Ends the session at the server; false if it could not be told. What the phone holds goes with `Client.destroy`, also without network. */
export async function signOut(world: World): Promise<boolean> {
  return (await ask(world, "/api/v1/auth/logout", posting({}), (_): _ is unknown => true)).ok;
}

export type Method = "GET" | "PUT" | "POST" | "DELETE";

export interface Session {
  isSignedOut(): boolean;
  signIn(access: string): void;
  /** Forgets the access token and the end of the session: the next request shows whether it stands. */
  doubt(): void;
  post<T>(path: string, body: unknown, isBody: (v: unknown) => v is T): Promise<Answer<T>>;
  /** Any other request about this account, beside what is synced. */
  ask<T>(method: Method, path: string, body: unknown, isBody: (v: unknown) => v is T): Promise<Answer<T>>;
  /** Asks for a file of one type. */
  file(path: string, body: unknown, type: string): Promise<Answer<Blob>>;
  /** Opens a stream of events. */
  stream(path: string, signal: AbortSignal): Promise<Answer<ReadableStream<Uint8Array>>>;
  /** Sends a last body while the page goes away; nobody waits for the answer. */
  partingPost(path: string, body: string): void;
  close(): void;
}

/** Opens a session for one account; `onContact` hears after each request whether the server itself has answered. */
export function openSession(
  world: World,
  account: AccountID,
  onContact: (reached: boolean) => void,
  granted?: string,
): Session {
  let access = granted;
  let ended = false;
  let refreshing: Promise<Answer<string>> | undefined;
  let signIns = 0;
  const closing = new AbortController();

  function refresh(): Promise<Answer<string>> {
    const before = signIns;
    refreshing ??= ask(world, "/api/v1/auth/refresh", posting({}), isGrant, closing.signal).then((answer) => {
      // Somebody signed in while it was on its way: it speaks of the session before, which is gone.
      if (before !== signIns) return token();
      refreshing = undefined;
      // Somebody else has signed in on this browser: their session must never carry this account's changes.
      const isForeign = answer.ok && answer.body.person !== account;
      ended = isForeign || isStatus(answer, 401);
      heard(answer);
      if (ended) return signedOut;
      if (!answer.ok) return answer.why === "problem" ? { ok: false, why: "noToken", wait: answer.wait } : noNetwork;
      access = answer.body.access;
      return { ok: true, body: access };
    });
    return refreshing;
  }

  async function token(refused?: string): Promise<Answer<string>> {
    if (ended) return signedOut;
    return access !== undefined && access !== refused ? { ok: true, body: access } : refresh();
  }

  function renew(fresh?: string): void {
    access = fresh;
    ended = false;
    refreshing = undefined;
    signIns++;
  }

  async function authorised<T>(send: (access: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    const first = await token();
    if (!first.ok) return first;
    const answer = heard(await send(first.body));
    if (!isStatus(answer, 401)) return answer;
    const second = await token(first.body);
    return second.ok ? heard(await send(second.body)) : second;
  }

  function heard<A extends Answer<unknown>>(answer: A): A {
    if (!closing.signal.aborted) onContact(answer.ok || answer.why === "problem");
    return answer;
  }

  return {
    isSignedOut: () => ended,
    signIn: renew,
    doubt: () => renew(),
    post: (path, body, isBody) =>
      authorised((bearer) => ask(world, path, posting(body, bearer), isBody, closing.signal)),
    ask: (method, path, body, isBody) =>
      authorised((bearer) => ask(world, path, { ...posting(body, bearer), method }, isBody, closing.signal)),
    file: (path, body, type) => authorised((bearer) => askFile(world, path, posting(body, bearer), type)),
    stream: (path, signal) =>
      authorised((bearer) =>
        openStream(world, path, { headers: { Authorization: `Bearer ${bearer}` }, redirect: "error", signal }),
      ),
    partingPost(path, body) {
      if (access === undefined || ended) return;
      const gone = () => undefined; // the page is leaving; what arrived is answered again next time
      void world.fetch(path, { ...posting(undefined, access), body, keepalive: true }).then(gone, gone);
    },
    close: () => closing.abort(),
  };
}

function isStatus(answer: Answer<unknown>, status: number): boolean {
  return !answer.ok && answer.why === "problem" && answer.problem.status === status;
}

function posting(body: unknown, bearer?: string): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    credentials: "same-origin",
    redirect: "error", // this API never redirects; a captive portal does
  };
}

/** One request, with an end to waiting. Whatever goes wrong with it is a value. */
async function ask<T>(
  world: World,
  path: string,
  init: RequestInit,
  isBody: (v: unknown) => v is T,
  closing?: AbortSignal,
): Promise<Answer<T>> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, patience);
  closing?.addEventListener("abort", stop);
  if (closing?.aborted) stop();
  try {
    return await read(await world.fetch(path, { ...init, signal: abort.signal }), world.now(), isBody);
  } catch {
    return late ? { ok: false, why: "timeout" } : noNetwork;
  } finally {
    clearTimeout(timer);
    closing?.removeEventListener("abort", stop);
  }
}

async function read<T>(response: Response, now: number, isBody: (v: unknown) => v is T): Promise<Answer<T>> {
  if (!/^application\/(problem\+)?json\b/i.test(response.headers.get("Content-Type") ?? "")) {
    await response.body?.cancel();
    return noNetwork;
  }
  const json: unknown = JSON.parse(await response.text());
  if (response.ok) return isBody(json) ? { ok: true, body: json } : noNetwork;
  if (!isProblem(json, response.status)) return noNetwork;
  return { ok: false, why: "problem", problem: json, wait: retryAfter(response.headers.get("Retry-After"), now) };
}

async function askFile(world: World, path: string, init: RequestInit, type: string): Promise<Answer<Blob>> {
  try {
    const response = await world.fetch(path, init);
    const isFile = response.ok && response.headers.get("Content-Type")?.startsWith(type);
    return isFile
      ? { ok: true, body: await response.blob() }
      : await read(response, world.now(), (_): _ is never => false);
  } catch {
    return noNetwork;
  }
}

async function openStream(world: World, path: string, init: RequestInit): Promise<Answer<ReadableStream<Uint8Array>>> {
  try {
    const response = await world.fetch(path, init);
    const isStream = response.ok && /^text\/event-stream\b/i.test(response.headers.get("Content-Type") ?? "");
    if (isStream && response.body) return { ok: true, body: response.body };
    return await read(response, world.now(), (_): _ is never => false);
  } catch {
    return noNetwork;
  }
}

/** Seconds, or a date; at most ten minutes, because a mistake there must not keep a phone away for days. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), 600_000);
}
