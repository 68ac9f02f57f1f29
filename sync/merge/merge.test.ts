import { describe, expect, test } from "vitest";
import type { Kind, RecordID } from "../plan/plan.gen.ts";
import { apply, type Records, replay, same } from "./merge.ts";
import type { Op, Rec } from "./record.ts";
import conflicts from "./vectors/conflicts.json" with { type: "json" };
import fields from "./vectors/fields.json" with { type: "json" };
import records from "./vectors/records.json" with { type: "json" };
import sets from "./vectors/sets.json" with { type: "json" };

interface Plain {
  readonly kind: string;
  readonly f: object;
  readonly del?: boolean;
}

interface Vector {
  readonly name: string;
  readonly records: Readonly<Record<string, Plain>>;
  readonly ops: readonly Op[];
  readonly want: Readonly<Record<string, Plain>>;
}

const vectors = [...fields, ...sets, ...records, ...conflicts] as unknown as readonly Vector[];
const id = (text: string) => text as RecordID;
const waiting = { waiting: true };

function recordsOf(plain: Vector["records"]): Records {
  return new Map(Object.entries(plain).map(([key, rec]) => [id(key), { id: id(key), seq: 7, ...rec } as Rec]));
}

function plainOf(all: Records): Record<string, Plain> {
  return Object.fromEntries([...all].map(([key, { kind, f, del }]) => [key, { kind, f, ...(del && { del }) }]));
}

describe("vectors", () => {
  test.each(vectors)("$name", ({ records, ops, want }) => {
    expect(plainOf(apply(recordsOf(records), ops, waiting))).toEqual(want);
  });

  test.each(vectors)("changes nothing that it was given: $name", ({ records, ops }) => {
    const before = recordsOf(records);
    apply(before, ops, waiting);
    expect(plainOf(before)).toEqual(records);
  });

  test.each(vectors)("replaying twice is replaying once: $name", ({ records, ops, want }) => {
    const made = { ops, made: waiting };
    expect(plainOf(replay(recordsOf(records), [made, made]))).toEqual(want);
  });

  test("each has a name of its own", () => {
    expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
  });
});

describe("identity", () => {
  const base = recordsOf({ t1: { kind: "task", f: { title: "a", helpers: ["p1"] } }, t2: { kind: "task", f: {} } });
  const set = (rec: string, title: string): Op => ({ rec: id(rec), set: { title } });

  test("a record that is not touched stays the same object", () => {
    const after = apply(base, [set("t1", "b")], waiting);
    expect(after.get(id("t2"))).toBe(base.get(id("t2")));
    expect(after.get(id("t1"))).not.toBe(base.get(id("t1")));
  });

  test("a change that changes nothing gives the same map", () => {
    const add: Op = { rec: id("t1"), add: { helpers: ["p1"] } };
    expect(apply(base, [set("t1", "a"), set("t9", "b"), add], waiting)).toBe(base);
  });

  test("a touched record waits until the change is answered", () => {
    expect(apply(base, [set("t1", "b")], waiting).get(id("t1"))).toMatchObject({ waiting: true, seq: 7 });
    expect(apply(base, [set("t1", "b")], { waiting: false }).get(id("t1"))).not.toHaveProperty("waiting");
  });

  test("a record made here has no number yet", () => {
    const made: Op = { rec: id("t3"), kind: "task", new: { title: "c" } };
    expect(apply(base, [made], waiting).get(id("t3"))).toEqual({
      id: "t3",
      kind: "task",
      f: { title: "c" },
      seq: 0,
      waiting: true,
    });
  });
});

test("200 changes over 600 records replay in less than 50 ms", () => {
  const records = new Map<RecordID, Rec>();
  for (let i = 0; i < 600; i++)
    records.set(id(`t${i}`), { id: id(`t${i}`), kind: "task" as Kind, f: { title: `${i}` }, seq: i });
  const changes = Array.from({ length: 200 }, (_, i) => ({
    ops: [{ rec: id(`t${i * 3}`), set: { state: "done" }, add: { helpers: ["p1"] } } as Op],
    made: waiting,
  }));
  replay(records, changes); // warm
  const start = performance.now();
  replay(records, changes);
  expect(performance.now() - start).toBeLessThan(50);
});

test("values are compared as JSON, not as objects", () => {
  expect(same({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
  expect(same({ a: 1 }, { b: 1 })).toBe(false);
  expect(same([], {})).toBe(false);
  expect(same(null, {})).toBe(false);
  expect(same(["a", "b"], ["a"])).toBe(false);
});
