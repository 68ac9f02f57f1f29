/** The real program on its own folder, and the door to it that a journey can shut. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Another build than the one beside it, where somebody builds while journeys run. */
const binary = process.env.SAMSPOR_BIN ?? fileURLToPath(new URL("../../bin/samspor", import.meta.url));

interface Link {
  readonly case: string;
  readonly person: string;
  readonly url: string;
}

/** The sample cases, as far as a journey changes them; every meeting can be any. */
export interface Sample {
  readonly demoNow: string;
  cases: { readonly id: string; readonly parties: Party[]; readonly meetings: Record<string, unknown>[] }[];
}

interface Party {
  readonly id: string;
  readonly access: string;
}

const sampleFile = fileURLToPath(new URL("../../backend/casefile/sample-cases.json", import.meta.url));

/** The sample as it stands in the program. */
export async function readSample<S = Sample>(): Promise<S> {
  return JSON.parse(await readFile(sampleFile, "utf8")) as S;
}

// Who is told their link last.
function lastOf({ cases }: Sample): string {
  const last = cases.at(-1);
  return `${last?.id}/${last?.parties.findLast(({ access }) => access !== "contact_only")?.id}`;
}

interface Changed {
  readonly status?: number;
  readonly body?: Buffer;
}

/** What may be done to an answer on its way: a journey plays a new build, a broken one, a bad or a slow line. */
export type Meddle = (asked: IncomingMessage, body: Buffer) => Changed | undefined | Promise<Changed | undefined>;

/** One running demo behind a door on a port that stays the same when the program stops and starts. */
export class Program {
  meddle: Meddle | undefined;
  #child: ChildProcess | undefined;
  #links = new Map<string, string>();
  #target = "";
  #door: Server | undefined;
  #sockets = new Set<Socket>();

  readonly folder: string;
  readonly #last: string;

  private constructor(folder: string, last: string) {
    this.folder = folder;
    this.#last = last;
  }

  /** Starts on the sample, or on what a journey makes of it; at the sample's own days where a moment is given. */
  static async start(change?: (sample: Sample) => void, now?: Date): Promise<Program> {
    const folder = await mkdtemp(join(tmpdir(), "samspor-journey-"));
    const sample = await readSample();
    change?.(sample);
    await writeFile(`${folder}.json`, JSON.stringify(sample));
    const program = new Program(folder, lastOf(sample));
    await program.run(now);
    program.#door = createServer((asked, answer) => program.#pass(asked, answer));
    program.#door.on("connection", (socket) => {
      program.#sockets.add(socket);
      socket.on("close", () => program.#sockets.delete(socket));
    });
    await new Promise<void>((done) => program.#door?.listen(0, "127.0.0.1", done));
    return program;
  }

  /** The address of the app, always the same. */
  get origin(): string {
    if (!this.#door) throw new Error("the door is not open yet");
    const { port } = this.#door.address() as AddressInfo;
    return `http://localhost:${port}`;
  }

  /** A link that signs somebody in, once. */
  link(of: string): string {
    const code = this.#links.get(of);
    if (!code) throw new Error(`no link for ${of}`);
    return `${this.origin}/in#${code}`;
  }

  /** Starts the program on what it has written before, now or at a moment; its links are new ones. */
  async run(now?: Date): Promise<void> {
    const args = ["--addr", "127.0.0.1:0", "--data", this.folder, "--file", `${this.folder}.json`];
    const at = now ? ["--now", now.toISOString()] : [];
    this.#child = spawn(binary, ["demo", "--json", ...args, ...at], { stdio: ["ignore", "pipe", "inherit"] });
    const out = this.#child.stdout;
    if (!out) throw new Error("the program has no output");
    for await (const line of createInterface({ input: out })) {
      const { case: space, person, url } = JSON.parse(line) as Link;
      const { host, hash } = new URL(url);
      this.#target = host.replace("localhost", "127.0.0.1");
      this.#links.set(`${space}/${person}`, hash.slice(1));
      if (`${space}/${person}` === this.#last) break;
    }
  }

  /** Stops the program, or has it die as a machine does: connections are refused until it runs again. */
  async stop(how: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill(how);
    await ended;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Runs another command of the program on what it has written, while it is stopped. */
  async command(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(binary, [...args, "--data", this.folder]);
    return stdout;
  }

  async close(): Promise<void> {
    await this.stop();
    await new Promise((done) => this.#door?.close(done));
    await rm(this.folder, { recursive: true, force: true });
    await rm(`${this.folder}.json`, { force: true });
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    if (!this.#child) return void asked.socket.destroy();
    const { hostname, port } = new URL(`http://${this.#target}`);
    const headers = { ...asked.headers };
    if (this.meddle) {
      // What is to be changed has to come, and to be readable.
      for (const name of ["accept-encoding", "if-none-match"]) delete headers[name];
    }
    const onward = request({ hostname, port, path: asked.url, method: asked.method, headers });
    onward.on("error", () => asked.socket.destroy());
    onward.on("response", (got) => this.#answer(asked, answer, got));
    asked.pipe(onward);
    answer.on("close", () => onward.destroy());
  }

  #answer(asked: IncomingMessage, answer: ServerResponse, got: IncomingMessage): void {
    if (!this.meddle || got.headers["content-type"] === "text/event-stream") {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
      return;
    }
    const parts: Buffer[] = [];
    got.on("data", (part: Buffer) => parts.push(part));
    got.on("end", async () => {
      const body = Buffer.concat(parts);
      const other = await this.meddle?.(asked, body);
      const headers = { ...got.headers };
      if (other?.body) headers["content-length"] = String(other.body.length);
      if (other?.status) delete headers["cache-control"]; // a real fault would not be marked as lasting
      answer.writeHead(other?.status ?? got.statusCode ?? 502, headers);
      answer.end(other?.body ?? body);
    });
  }
}
