// Written by cmd/typegen from the Go sources beside it. Do not edit: run `go generate ./...`.

/** Every reason for which the server parks a change. */
export type FaultCode =
  | "case.closed"
  | "case.notOpened"
  | "change.baseAhead"
  | "change.malformed"
  | "change.newer"
  | "change.tooLarge"
  | "change.twice"
  | "conflict.settled"
  | "field.fixed"
  | "field.notAllowed"
  | "field.unknown"
  | "move.notAllowed"
  | "record.deleted"
  | "record.exists"
  | "record.missing"
  | "task.noResponsible"
  | "task.notYours"
  | "task.onlyOwn"
  | "value.badCharacter"
  | "value.missing"
  | "value.tooLong"
  | "value.wrongType";
