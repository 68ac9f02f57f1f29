// Written by cmd/typegen from the Go sources beside it. Do not edit: run `go generate ./...`.

/** Where each state may go, by kind and field. */
export const moves: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>> = {
  participant: {
    reply: {
      accepted: ["tentative", "declined"],
      declined: ["accepted", "tentative"],
      no_reply: ["accepted", "tentative", "declined"],
      tentative: ["accepted", "declined"],
    },
  },
  task: {
    state: {
      blocked: ["done", "open", "cancelled"],
      done: ["open", "in_progress", "blocked"],
      in_progress: ["open", "done", "blocked", "cancelled"],
      open: ["in_progress", "done", "blocked", "cancelled"],
    },
  },
};
