// Written by cmd/typegen from the Go sources beside it. Do not edit: run `go generate ./...`.

/** The fields that say whose a record is: one person, or a set of them. */
export const owners: Readonly<Record<string, readonly string[]>> = {
  contactPerson: ["person"],
  evaluation: ["person"],
  handover: ["from", "to"],
  meeting: ["convenor", "chair", "minuteTaker"],
  meetingRequest: ["owner"],
  participant: ["person"],
  reach: ["person"],
  referral: ["person"],
  task: ["responsible", "helpers"],
  transition: ["owner"],
};
/** The field that leads from a record to the meeting whose hosts keep it. */
export const hosted: Readonly<Record<string, string>> = {
  agendaItem: "meeting",
  goal: "meeting",
  minutesSection: "meeting",
  participant: "meeting",
  task: "sourceMeeting",
  wish: "meeting",
};
