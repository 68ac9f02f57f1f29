// @vitest-environment happy-dom
import { render } from "preact";
import { beforeEach, expect, test, vi } from "vitest";
import type { Rec } from "../../../sync/client/types.ts";
import { speak } from "../text/testwords.ts";
import { type Line, TaskRow } from "./TaskRow.tsx";

const task = { id: "t1", kind: "task", f: {}, seq: 1 } as unknown as Rec<"task">;
const line: Line = {
  href: "/c/k1/tasks/t1",
  title: "Ringe til PPR",
  who: { name: "Karen Lyhne", initials: "KL" },
  due: "2026-11-24",
  doneAt: null,
  today: "2026-11-23",
  state: "open",
  isMine: true,
  isLate: false,
  waiting: false,
  mayTick: true,
  mayUndo: false,
  clash: null,
  kind: null,
};
const onTick = vi.fn();
const onUndo = vi.fn();

function draw(change: Partial<Line>): HTMLElement {
  const root = document.createElement("ul");
  render(<TaskRow task={task} look={() => ({ ...line, ...change })} onTick={onTick} onUndo={onUndo} />, root);
  return root;
}

const words = (root: HTMLElement) => root.textContent?.replaceAll("\u00a0", " ");

beforeEach(() => {
  vi.clearAllMocks();
  speak("da");
});

test("a task of mine has a checkbox with its own name, and one press ticks it", () => {
  const box = draw({}).querySelector("input");
  expect(box?.type).toBe("checkbox");
  expect(box?.getAttribute("aria-label")).toBe("Ringe til PPR");
  box?.dispatchEvent(new Event("change"));
  expect(onTick).toHaveBeenCalledWith(task);
});

test("a ticked one can be undone in its row and says that it waits", () => {
  const root = draw({ state: "done", waiting: true, mayTick: false, mayUndo: true });
  expect(words(root)).toContain("Gjort · venter på net");
  root.querySelector("button")?.click();
  expect(onUndo).toHaveBeenCalledWith(task);
});

test("lateness is said to the one who owes it, and only a date about others", () => {
  expect(words(draw({ isLate: true, due: "2026-11-20" }))).toContain("Skulle være gjort fredag 20. november");
  const theirs = words(draw({ isLate: true, due: "2026-11-20", isMine: false, mayTick: false }));
  expect(theirs).toContain("Karen Lyhne · Aftalt til fredag 20. november");
});

test("what may not be read is a line without a link or a box", () => {
  const root = draw({ title: null, isMine: false, mayTick: false });
  expect(words(root)).toContain("Aftale hos en anden. Du kan ikke se indholdet.");
  expect(root.querySelector("a, input")).toBeNull();
});

test("text that people wrote is text, whatever is in it", () => {
  const root = draw({ title: "<img src=x onerror=alert(1)>" });
  expect(root.querySelector("img")).toBeNull();
  expect(words(root)).toContain("<img src=x onerror=alert(1)>");
});
