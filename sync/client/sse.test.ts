import { expect, test } from "vitest";
import { createParser } from "./sse.ts";

function heard(...pieces: string[]) {
  const events: string[][] = [];
  const retries: number[] = [];
  const parse = createParser({ onEvent: (name, data) => events.push([name, data]), onRetry: (ms) => retries.push(ms) });
  for (const piece of pieces) parse(piece);
  return { events, retries };
}

const stream =
  ': hello\r\nevent: head\r\ndata: {"k7":326}\r\n\r\ndata: {"k":"k7","s":327}\n\n:\n\nevent: scope\rdata: {}\r\rretry: 1234\n\n';
const want = {
  events: [
    ["head", '{"k7":326}'],
    ["message", '{"k":"k7","s":327}'],
    ["scope", "{}"],
  ],
  retries: [1234],
};

test("events, comments, all three line ends and retry are read", () => {
  expect(heard(stream)).toEqual(want);
});

test("a stream may be cut anywhere", () => {
  for (let i = 0; i <= stream.length; i++) expect(heard(stream.slice(0, i), stream.slice(i))).toEqual(want);
  expect(heard(...stream)).toEqual(want);
});

test("several data lines are one text", () => {
  expect(heard("data: a\ndata:b\ndata\n\n").events).toEqual([["message", "a\nb\n"]]);
});

test("an event without data is none, and its name is forgotten", () => {
  expect(heard("event: scope\n\ndata: x\n\n").events).toEqual([["message", "x"]]);
});

test("an event that is not finished is none", () => {
  expect(heard("data: x\n").events).toEqual([]);
});

test("unknown fields and a retry that is no number are passed over", () => {
  expect(heard("id: 7\nfoo: bar\nretry: soon\ndata: x:y\n\n")).toEqual({ events: [["message", "x:y"]], retries: [] });
});
