// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { speak } from "../text/testwords.ts";
import { isWriting } from "./draft.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { together, useField, type Writing } from "./writing.ts";

let client: TestClient;
let writing: Writing;
const goal = (f: Record<string, unknown>) => rec("goal", "g1", { title: "Sove", ...f });
const show = (f: Record<string, unknown> = {}) => client.show("k1", "me", [rec("case", "k1", { title: "M" }), goal(f)]);

function Field() {
  writing = useField(goal({}), "measure");
  return null;
}

let root: HTMLElement;
async function open(): Promise<void> {
  root = document.createElement("div");
  await act(() => render(<Field />, root));
}
const close = () => act(() => render(null, root));

const sets = () => client.edits.map(({ ops }) => (ops[0] as { set?: unknown }).set);

beforeEach(() => {
  vi.useFakeTimers();
  speak("da");
  localStorage.clear();
  client = openTest();
  show();
});

afterEach(close);

test("a pause saves what was written, and not each key", async () => {
  await open();
  await act(() => writing.write("To"));
  await act(() => writing.write("To dage"));
  expect([sets(), isWriting.value]).toEqual([[], true]);
  await act(async () => void (await vi.advanceTimersByTimeAsync(1_000)));
  expect([sets(), isWriting.value, writing.text.value]).toEqual([[{ measure: "To dage" }], false, ""]);
});

test("leaving the page saves at once, and what was lost with the page is saved when it comes back", async () => {
  await open();
  writing.write("To dage");
  dispatchEvent(new Event("pagehide"));
  await vi.advanceTimersByTimeAsync(0);
  expect(sets()).toEqual([{ measure: "To dage" }]);
  client.answer = { ok: false, code: "full" };
  writing.write("Tre dage");
  await close();
  await vi.advanceTimersByTimeAsync(0);
  client.answer = { ok: true, change: "c" as never };
  await open();
  await vi.advanceTimersByTimeAsync(0);
  expect(sets().at(-1)).toEqual({ measure: "Tre dage" });
});

test("what could not be saved stays in the field", async () => {
  await open();
  client.answer = { ok: false, code: "full" };
  writing.write("To dage");
  await vi.advanceTimersByTimeAsync(1_000);
  expect([writing.text.value, isWriting.value]).toEqual(["To dage", true]);
});

test("what somebody else wrote meanwhile is not written over", async () => {
  show({ measure: "Et\n\nTo\n\nTre" });
  await open();
  writing.write("Et\n\nTo\n\nTre og mere");
  show({ measure: "Et, rettet\n\nTo\n\nTre" });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sets()).toEqual([{ measure: "Et, rettet\n\nTo\n\nTre og mere" }]);
});

test("where both changed the same paragraph, both stand", () => {
  expect(together("Et\n\nTo", "Et\n\nTo fra hende", "Et\n\nTo fra mig")).toBe("Et\n\nTo fra mig\n\nTo fra hende");
});
