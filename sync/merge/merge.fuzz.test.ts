import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordID } from "../plan/plan.gen.ts";
import { apply, type Records, replay } from "./merge.ts";
import type { Op, Value } from "./record.ts";

/** Few records, few fields and few members, so that everything meets everything. */
const ids = ["t1", "t2", "t3", "x1", "x2"];
const id = fc.constantFrom(...ids, "t9", "__proto__");
const field = fc.constantFrom("title", "helpers", "state", "a.1", "record", "field", "claimed", "constructor");
const member = fc.constantFrom("p1", "p2", "p3");
const members = fc.array(member, { maxLength: 4 });
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Value>("a", "b", "", 0, 3, false, true, null, "settled", "t1") },
  { weight: 2, arbitrary: members },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Value> },
);
const values = fc.dictionary(field, value, { maxKeys: 3 });
const sets = fc.dictionary(field, members, { maxKeys: 2 });

const news = fc.record({ rec: id, kind: fc.constantFrom("task", "conflict", "newer"), new: values });
const set = fc.record({ rec: id, set: values, was: values }, { requiredKeys: ["rec", "set"] });
const del = fc.record({ rec: id, del: fc.constant(true) });
const crew = fc.record({ rec: id, add: sets, remove: sets }, { requiredKeys: ["rec"] });
const edit = fc.record({ rec: id, set: values, add: sets, remove: sets }, { requiredKeys: ["rec"] });
const settle = fc.record(
  { conflict: id, choose: fc.constantFrom("theirs", "mine", "value"), set: values },
  { requiredKeys: ["conflict", "choose"] },
);
const listOf = (...kinds: fc.Arbitrary<unknown>[]) =>
  fc.array(fc.oneof(...kinds), { maxLength: 8 }) as fc.Arbitrary<unknown> as fc.Arbitrary<readonly Op[]>;
const anyOps = listOf(news, set, del, crew, edit, settle);

const conflict = { record: "t1", field: "title", claimed: "c", state: "open" };
const space: fc.Arbitrary<Records> = fc
  .array(fc.tuple(fc.constantFrom(...ids), values, fc.boolean()), { maxLength: 6 })
  .map((all) => {
    const ops = all.flatMap(([rec, f, gone]) => {
      const made = rec.startsWith("x") ? { kind: "conflict", new: { ...f, ...conflict } } : { kind: "task", new: f };
      return [{ rec, ...made }, ...(gone ? [{ rec, del: true }] : [])];
    });
    return apply(new Map(), ops as unknown as readonly Op[], { waiting: false });
  });

const made = { waiting: true };
const runs = { numRuns: 2000 };
const change = (ops: readonly Op[]) => ({ ops, made });
const recordOf = (op: Op) => ("rec" in op ? op.rec : undefined);

test("any operations are applied without an error, and change nothing that was given", () => {
  fc.assert(
    fc.property(space, anyOps, (records, ops) => {
      const before = structuredClone({ records, ops });
      apply(records, ops, made);
      expect({ records, ops }).toEqual(before);
    }),
    runs,
  );
});

test("the same operations give the same records", () => {
  fc.assert(
    fc.property(space, anyOps, (records, ops) => {
      expect(apply(records, ops, made)).toEqual(apply(structuredClone(records), structuredClone(ops), made));
    }),
    runs,
  );
});

test("replaying one operation twice is replaying it once", () => {
  fc.assert(
    fc.property(space, fc.oneof(news, set, del, crew, settle), (records, one) => {
      const op = one as unknown as Op;
      expect(replay(records, [change([op]), change([op])])).toEqual(apply(records, [op], made));
    }),
    runs,
  );
});

test("replaying a whole outbox twice is replaying it once", () => {
  fc.assert(
    fc.property(space, listOf(news), listOf(set, del), (records, first, then) => {
      // A phone writes only what it sees, so the new ones come first.
      const outbox = [change(first), change(then)];
      expect(replay(records, [...outbox, ...outbox])).toEqual(replay(records, outbox));
    }),
    runs,
  );
});

test("replaying changes one by one is replaying them together", () => {
  fc.assert(
    fc.property(space, anyOps, anyOps, (records, one, two) => {
      expect(apply(apply(records, one, made), two, made)).toEqual(replay(records, [change(one), change(two)]));
    }),
    runs,
  );
});

test("changes of different records may come in any order", () => {
  const edits = listOf(news, set, del, crew, edit);
  fc.assert(
    fc.property(space, edits, edits, (records, one, all) => {
      const taken = new Set(one.map(recordOf));
      const two = all.filter((op) => !taken.has(recordOf(op)));
      expect(replay(records, [change(one), change(two)])).toEqual(replay(records, [change(two), change(one)]));
    }),
    runs,
  );
});

test("changes of different fields of one record may come in any order", () => {
  fc.assert(
    fc.property(space, id, values, values, (records, rec, one, all) => {
      const two = Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(one, name)));
      const [a, b] = [{ rec, set: one } as unknown as Op, { rec, set: two } as unknown as Op];
      expect(apply(records, [a, b], made)).toEqual(apply(records, [b, a], made));
    }),
    runs,
  );
});

test("a record that no operation names stays the same object, and nothing done gives the same map", () => {
  fc.assert(
    fc.property(space, listOf(news, set, del, crew, edit), (records, ops) => {
      const after = apply(records, ops, made);
      const named = new Set(ops.map(recordOf));
      for (const [key, rec] of records) if (!named.has(key)) expect(after.get(key)).toBe(rec);
      const absent = ops.filter((op) => !("new" in op) && "rec" in op && !records.has(op.rec));
      expect(apply(records, absent, made)).toBe(records);
    }),
    runs,
  );
});

test("what is deleted stays as it is, and nothing vanishes", () => {
  fc.assert(
    fc.property(space, listOf(news, set, del, crew, edit), (records, ops) => {
      const after = apply(records, ops, made);
      for (const [key, rec] of records) {
        expect(after.has(key)).toBe(true);
        if (rec.del) expect(after.get(key)).toBe(rec);
      }
    }),
    runs,
  );
});

test("a set holds what was added and not removed since, sorted and each member once", () => {
  const steps = fc.array(fc.record({ add: members, remove: members }), { maxLength: 6 });
  fc.assert(
    fc.property(members, steps, (start, all) => {
      const rec = "t1" as RecordID;
      const born = { rec, kind: "task", new: { helpers: start } } as const;
      const ops = all.map(({ add, remove }): Op => ({ rec, add: { helpers: add }, remove: { helpers: remove } }));
      const want = new Set(start);
      for (const { add, remove } of all) {
        for (const one of add) want.add(one);
        for (const one of remove) want.delete(one);
      }
      expect(apply(new Map(), [born, ...ops], made).get(rec)?.f).toEqual({ helpers: [...want].sort() });
    }),
    runs,
  );
});

test("writing what is there already gives the same map, and null takes a field away", () => {
  fc.assert(
    fc.property(space, field, (records, name) => {
      for (const { id: rec, f, del } of records.values()) {
        expect(apply(records, [{ rec, set: f as Readonly<Record<string, Value>> }], made)).toBe(records);
        const cleared = apply(records, [{ rec, set: { [name]: null } }], made).get(rec)?.f;
        if (!del) expect(Object.keys(cleared ?? {})).toEqual(Object.keys(f).filter((other) => other !== name));
      }
    }),
    runs,
  );
});

test("a settled conflict stays settled as it was", () => {
  fc.assert(
    fc.property(space, settle, settle, (records, one, two) => {
      const again = { ...two, conflict: one.conflict } as unknown as Op;
      const after = apply(records, [one as unknown as Op], made);
      if (after !== records) expect(apply(after, [again], made)).toBe(after);
    }),
    runs,
  );
});
