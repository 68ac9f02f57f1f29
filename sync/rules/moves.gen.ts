// Written by cmd/typegen from the Go sources beside it. Do not edit: run `go generate ./...`.

/** Where each state may go, by kind and field. */
export const moves: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>> = {
  case: {
    state: {
      active: ["paused", "closed"],
      closed: ["active"],
      draft: ["active"],
      paused: ["active", "closed"],
    },
  },
  form: {
    state: {
      draft: ["final"],
      final: ["draft", "sent"],
    },
  },
  goal: {
    state: {
      achieved: ["active"],
      active: ["achieved", "adjusted", "dropped"],
      draft: ["active", "proposed", "dropped"],
      proposed: ["active", "dropped"],
    },
  },
  handover: {
    state: {
      accepted: ["completed"],
      proposed: ["accepted", "declined", "withdrawn"],
    },
  },
  meeting: {
    minutesState: {
      "": ["draft"],
      draft: ["shared"],
      shared: ["final"],
    },
    state: {
      draft: ["invited", "cancelled", "held"],
      held: ["minutes_shared"],
      invited: ["cancelled", "held"],
      minutes_shared: ["closed"],
    },
  },
  meetingRequest: {
    answer: {
      "": ["meeting", "talk", "no"],
      no: ["meeting"],
      talk: ["meeting", "no"],
    },
  },
  participant: {
    reply: {
      accepted: ["tentative", "declined"],
      declined: ["accepted", "tentative"],
      no_reply: ["accepted", "tentative", "declined"],
      tentative: ["accepted", "declined"],
    },
  },
  referral: {
    state: {
      accepted: ["ended", "refused"],
      sent: ["accepted", "refused"],
    },
  },
  task: {
    state: {
      blocked: ["done", "open", "cancelled"],
      done: ["open", "in_progress", "blocked"],
      draft: ["open", "cancelled"],
      in_progress: ["open", "done", "blocked", "cancelled"],
      open: ["in_progress", "done", "blocked", "cancelled"],
    },
  },
  transition: {
    state: {
      done: ["planned"],
      planned: ["done"],
    },
  },
};
