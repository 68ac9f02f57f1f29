/** What a stream of server-sent events tells its reader. */
export interface Listener {
  readonly onEvent: (name: string, data: string) => void;
  readonly onRetry: (ms: number) => void;
}

/** Reads server-sent events from text that arrives in pieces, cut anywhere. */
export function createParser({ onEvent, onRetry }: Listener): (text: string) => void {
  let rest = "";
  let name = "";
  let data: string[] = [];

  function onLine(line: string): void {
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (line === "") dispatch();
    else if (field === "event") name = value;
    else if (field === "data") data.push(value);
    else if (field === "retry" && /^\d+$/.test(value)) onRetry(Number(value));
  }

  function dispatch(): void {
    if (data.length > 0) onEvent(name || "message", data.join("\n"));
    name = "";
    data = [];
  }

  return (text) => {
    // A carriage return at the very end waits: its line feed may be in the next piece.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
}
