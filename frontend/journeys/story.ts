/** A sample case told as what its people do, each thing at its moment. */
import type { Actor, Say } from "./acts.ts";

interface Party {
  readonly id: string;
  readonly name: string;
  readonly sector: string;
  readonly access: string;
  readonly memberFrom?: string;
}
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly locale: string;
  readonly country: string;
  readonly parties: readonly Party[];
  readonly tracks: readonly { readonly id: string; readonly label: string }[];
  readonly levelHistory: readonly LevelEntry[];
  readonly tovholderAssignments: readonly {
    readonly personId: string;
    readonly from: string;
    readonly to: string | null;
  }[];
  readonly currentTovholderId: string;
  readonly handovers: readonly Handover[];
  readonly contactPersons: readonly Contact[];
  readonly goals: readonly Goal[];
  readonly meetings: readonly Meeting[];
  readonly tasks: readonly Task[];
  readonly consents: readonly Consent[];
}
interface LevelEntry {
  readonly track: string;
  readonly modelId: string;
  readonly level: number;
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
  readonly decidedBy: string;
  readonly leaderInvolved?: string;
  readonly skipReason?: string;
  readonly familyInformedAt?: string;
  readonly nextReview?: string;
  readonly outcome: string | null;
}
interface Handover {
  readonly fromPersonId: string;
  readonly toPersonId: string;
  readonly proposedAt: string;
  readonly acceptedAt: string | null;
  readonly effectiveFrom: string;
  readonly state: string;
  readonly reason: string;
  readonly acknowledgements: readonly { readonly personId: string; readonly at: string }[];
}
interface Contact {
  readonly sector: string;
  readonly personId: string;
  readonly bestTime: string;
  readonly activeUntil?: string;
}
interface Goal {
  readonly id: string;
  readonly track: string;
  readonly title: string;
  readonly childWords: string | null;
  readonly agreedAt: string;
  readonly agreedBy: readonly string[];
  readonly measure: string;
  readonly baseline: string | null;
  readonly latest: string | null;
  readonly targetDate: string;
  readonly state: string;
  readonly closedAt?: string;
}
interface Meeting {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly form: string;
  readonly place: string;
  readonly purpose: string;
  readonly convenorId: string;
  readonly chairId: string;
  readonly minuteTakerId: string;
  readonly invitedAt: string | null;
  readonly state: string;
  readonly track: string;
  readonly agenda: readonly { readonly title: string }[];
  readonly participants: readonly {
    readonly personId: string;
    readonly reply: string;
    readonly attendance: string | null;
    readonly apology?: string;
  }[];
  readonly wishForOthers: readonly {
    readonly byPersonId: string;
    readonly wish: string;
    readonly outcome: string | null;
  }[];
  readonly minutes: {
    readonly sharedAt: string;
    readonly sections: readonly { readonly text: string }[];
    readonly goalIds: readonly string[];
    readonly taskIds: readonly string[];
  } | null;
  readonly evaluation?: {
    readonly ratings: readonly { readonly goalId: string; readonly rating: string }[];
    readonly childVoice: string;
    readonly next: string;
  };
}
interface Task {
  readonly id: string;
  readonly title: string;
  readonly responsibleId: string;
  readonly due: string;
  readonly state: string;
  readonly goalId?: string | null;
  readonly sourceMeetingId?: string | null;
  readonly doneAt?: string;
}
interface Consent {
  readonly state: string;
  readonly purpose: string;
  readonly fromSectors: readonly string[];
  readonly toSectors: readonly string[];
  readonly categories: readonly string[];
  readonly requiredFrom: readonly string[];
  readonly answers: readonly {
    readonly personId: string;
    readonly answer: string;
    readonly at: string;
    readonly method: string;
    readonly recordedBy?: string;
  }[];
}

/** One thing that somebody does, at its moment. */
export interface Deed {
  readonly at: Date;
  readonly who: string;
  readonly what: string;
  readonly act: (actor: Actor) => Promise<void>;
}

/** A case as it is lived: everything in it, in the order of its moments. */
export class Story {
  readonly deeds: Deed[] = [];
  readonly it: Case;
  readonly #now: string;
  readonly #say: Say;
  readonly #made = new Map<string, string>(); // a meeting of the file and of the plan
  readonly #lead: string;

  constructor(it: Case, now: string, say: Say) {
    this.it = it;
    this.#now = now.slice(0, 10);
    this.#say = say;
    this.#lead = it.parties.find(({ access }) => access === "professional_lead")?.id ?? "";
    this.#rope();
    this.#levels();
    this.#consents();
    for (const meeting of it.meetings) this.#meeting(meeting);
    this.#tasks();
    this.#goals();
    this.#contacts();
    this.deeds.sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  #at(moment: string, hour: string, who: string, what: string, act: Deed["act"]): void {
    const text = moment.length > 10 ? moment : `${moment}T${hour}:00${offsetOf(moment)}`;
    this.deeds.push({ at: new Date(text), who, what, act });
  }

  #party(id: string): Party {
    const found = this.it.parties.find((one) => one.id === id);
    if (!found) throw new Error(`nobody is ${id}`);
    return found;
  }

  name(id: string): string {
    return this.#party(id).name;
  }

  #first(id: string): string {
    return this.name(id).split(" ")[0] ?? "";
  }

  get #child(): string {
    const child = this.it.parties.find(({ access }) => access === "child");
    const name = child ? child.name.split(" ") : this.it.title.split(" - "); // a group goes by its own name
    return name[0] ?? "";
  }

  /** Who holds the rope on a day. */
  holder(day: string): string {
    const { tovholderAssignments: all } = this.it;
    return (all.findLast(({ from }) => from <= day) ?? all[0])?.personId ?? "";
  }

  #rope(): void {
    const [first, ...rest] = this.it.tovholderAssignments;
    const began = this.it.levelHistory.map(({ from }) => from).sort()[0] ?? "";
    if (first && first.from > began) {
      // The plan began without one, as a Norwegian one does: the leader asks.
      this.#at(first.from, "08:10", this.#lead, "asks for the first tovholder", (actor) =>
        actor.askToTake(this.name(first.personId), this.#say("handover.noneText")),
      );
      this.#at(first.from, "08:20", first.personId, "takes the rope", (actor) => actor.take());
    }
    const { handovers } = this.it;
    for (const handover of handovers) this.#handover(handover);
    for (const [i, next] of rest.entries()) {
      if (handovers.some(({ toPersonId }) => toPersonId === next.personId)) continue;
      const from = this.it.tovholderAssignments[i]?.personId ?? "";
      this.#handover({
        fromPersonId: from,
        toPersonId: next.personId,
        proposedAt: `${next.from}T08:10:00${offsetOf(next.from)}`,
        acceptedAt: `${next.from}T08:20:00${offsetOf(next.from)}`,
        effectiveFrom: next.from,
        state: "accepted",
        reason: this.#say("handover.newMine"),
        acknowledgements: [],
      });
    }
  }

  #handover(one: Handover): void {
    const { fromPersonId: from, toPersonId: to } = one;
    this.#at(one.proposedAt, "", from, "asks to take over", (actor) =>
      actor.askToTake(this.name(to), one.reason, one.effectiveFrom),
    );
    if (!one.acceptedAt) return;
    this.#at(one.acceptedAt, "", to, "takes the rope", (actor) => actor.take());
    for (const { personId, at } of one.acknowledgements) {
      if (personId !== from && personId !== to) this.#at(at, "", personId, "knows", (actor) => actor.knows());
    }
    const knows = [from, to, ...one.acknowledgements.map(({ personId }) => personId)];
    const rest = this.it.parties.filter(({ id }) => !knows.includes(id) && this.#isThere(id, one.effectiveFrom));
    if (one.state !== "completed" || rest.length === 0) return;
    const last =
      one.acknowledgements
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? one.acceptedAt;
    this.#at(new Date(Date.parse(last) + 60_000).toISOString(), "", from, "tells the rest", (actor) =>
      actor.tellsRest(),
    );
  }

  #levels(): void {
    for (const entry of this.it.levelHistory) {
      const before = this.it.levelHistory.find(
        (one) => one.track === entry.track && one.to && one.to < entry.from && one.to === dayBefore(entry.from),
      );
      const holder = this.holder(entry.from);
      const isOwner = this.#party(entry.decidedBy).sector === "child_psychiatry";
      const may =
        isOwner || ([holder, this.#lead].includes(entry.decidedBy) && this.#isThere(entry.decidedBy, entry.from));
      const hasBegun = (this.it.tovholderAssignments[0]?.from ?? "") <= entry.from;
      const who = may && (hasBegun || entry.decidedBy === this.#lead) ? entry.decidedBy : this.#lead;
      this.#at(entry.from, "09:00", who, `moves ${entry.track} to ${entry.level}`, (actor) =>
        actor.move(entry.track, {
          level: entry.level,
          from: entry.from,
          reason: entry.reason,
          informed: entry.familyInformedAt && entry.familyInformedAt <= entry.from ? entry.familyInformedAt : "",
          skipReason: entry.skipReason ?? "",
          leader: this.name(entry.leaderInvolved ?? this.#lead),
          leaderRole: this.#say("call.chair"),
          tovholder: this.name(holder || this.#lead),
          review: entry.nextReview ?? "",
          outcome:
            before?.outcome && before.outcome !== "changed" && before.outcome !== "action_own_service"
              ? before.outcome
              : "",
        }),
      );
    }
  }

  #isThere(id: string, day: string): boolean {
    return (this.#party(id).memberFrom ?? "") <= day.slice(0, 10);
  }

  #consents(): void {
    for (const one of this.it.consents) {
      const [first] = one.answers;
      if (!first) continue;
      const asker = this.#isThere(this.holder(first.at), first.at) ? this.holder(first.at) || this.#lead : this.#lead;
      this.#at(first.at, "11:00", asker, `asks: ${one.purpose}`, (actor) =>
        actor.askFamily({ purpose: one.purpose, categories: one.categories, from: one.fromSectors, to: one.toSectors }),
      );
      for (const { personId, answer, at, method, recordedBy } of one.answers) {
        const isHeard = method === "oral_recorded" && recordedBy;
        this.#at(
          at,
          answer === "withdrawn" ? "12:30" : "12:00",
          isHeard ? recordedBy : personId,
          `${answer}: ${one.purpose}`,
          (actor) => actor.answer(one.purpose, answer, isHeard ? this.name(personId) : ""),
        );
      }
    }
  }

  #meeting(one: Meeting): void {
    const isDraft = one.invitedAt === null;
    const invited = one.invitedAt ?? `${this.#now}T09:00:00+01:00`;
    this.#at(invited, "", one.convenorId, `calls ${one.title}`, async (actor) => {
      this.#made.set(one.id, await actor.call(this.#invitation(one, isDraft)));
    });
    if (isDraft) return;
    const soon = (minutes: number) => new Date(Date.parse(invited) + minutes * 60_000).toISOString();
    for (const { personId, reply, apology } of one.participants) {
      if (personId === one.convenorId) continue;
      if (!this.#isThere(personId, invited)) {
        this.#at(this.#from(personId, invited, "10:00"), "", one.convenorId, `asks one more to ${one.title}`, (actor) =>
          actor.askAlso(this.#id(one), this.name(personId)),
        );
      }
      if (["no_reply", "not_invited"].includes(reply)) continue;
      this.#at(this.#from(personId, soon(10), "10:30"), "", personId, `answers ${one.title}`, (actor) =>
        actor.reply(this.#id(one), reply, apology),
      );
    }
    for (const { byPersonId, wish, outcome } of one.wishForOthers) {
      this.#at(soon(20), "", byPersonId, `wishes for ${one.title}`, (actor) => actor.wish(this.#id(one), wish));
      if (!outcome) continue;
      this.#at(soon(30), "", one.convenorId, "answers a wish", (actor) => actor.answerWish(this.#id(one), outcome));
    }
    const { minutes, evaluation } = one;
    if (!minutes) return;
    const end = (more: number) => new Date(Date.parse(one.end) + more * 60_000).toISOString();
    this.#at(end(5), "", one.minuteTakerId, `writes ${one.title}`, (actor) =>
      actor.minutes(this.#id(one), this.#sheet(one)),
    );
    if (!evaluation) return;
    this.#at(end(10), "", one.minuteTakerId, `looks back at ${one.title}`, (actor) =>
      actor.lookBack(this.#track(one.track), {
        child: this.#child,
        ratings: evaluation.ratings
          .filter(({ goalId }) => this.#goal(goalId).track === one.track)
          .map(({ goalId, rating }) => ({ goal: this.#goal(goalId).title, rating })),
        voice: evaluation.childVoice,
        next: evaluation.next,
      }),
    );
  }

  // Who came into the plan after the invitation answers once they are there.
  #from(id: string, moment: string, hour: string): string {
    const there = this.#party(id).memberFrom;
    return there && there > moment.slice(0, 10) ? `${there}T${hour}:00${offsetOf(there)}` : moment;
  }

  #id(one: Meeting): string {
    const made = this.#made.get(one.id);
    if (!made) throw new Error(`${one.id} was not called`);
    return made;
  }

  #goal(id: string): Goal {
    const goal = this.it.goals.find((one) => one.id === id);
    if (!goal) throw new Error(`no goal ${id}`);
    return goal;
  }

  #track(id: string): string {
    return this.it.tracks.find((one) => one.id === id)?.label ?? "";
  }

  #invitation(one: Meeting, isDraft: boolean) {
    const child = one.participants.find(({ personId }) => this.#party(personId).access === "child");
    const how: Readonly<Record<string, string>> = {
      present: "in_the_room",
      partly: "part_of_it",
      present_remote: "remote",
      absent: "not_now",
    };
    return {
      kind: one.kind,
      title: one.title,
      day: one.start.slice(0, 10),
      from: one.start.slice(11, 16),
      to: one.end.slice(11, 16),
      form: one.form,
      place: one.place,
      purpose: one.purpose,
      agenda: one.agenda.map(({ title }) => title),
      people: one.participants
        .filter(({ personId }) => personId !== one.convenorId && this.#isThere(personId, one.invitedAt ?? this.#now))
        .map(({ personId }) => this.name(personId)),
      chair: this.name(one.chairId),
      minuteTaker: this.name(one.minuteTakerId),
      child: this.#child,
      childHow: how[child?.attendance ?? "present"] ?? "in_the_room",
      isDraft,
    };
  }

  #sheet(one: Meeting) {
    const { minutes, agenda } = one;
    const day = one.start.slice(0, 10);
    const fresh = minutes?.goalIds.map((id) => this.#goal(id)).filter(({ agreedAt }) => agreedAt === day) ?? [];
    const known = new Set(this.it.goals.filter(({ agreedAt }) => agreedAt <= day).map(({ id }) => id));
    const tasks = this.it.tasks.filter(({ sourceMeetingId }) => sourceMeetingId === one.id);
    return {
      child: this.#child,
      sections: minutes?.sections.map(({ text }, i) => ({ point: agenda[i]?.title ?? "", text })) ?? [],
      goals: fresh.map(({ title, childWords, agreedBy }) => ({
        title,
        words: childWords ?? "",
        by: agreedBy.map((id) => this.#first(id)),
      })),
      tasks: tasks.map(({ title, responsibleId, due, goalId }) => ({
        title,
        first: this.#first(responsibleId),
        name: this.name(responsibleId),
        due,
        goal: goalId && known.has(goalId) ? this.#goal(goalId).title : "",
      })),
      came: one.participants.flatMap(({ personId, attendance }) =>
        attendance ? [{ name: this.name(personId), attendance }] : [],
      ),
    };
  }

  #tasks(): void {
    for (const { title, responsibleId, due, state, doneAt, goalId, sourceMeetingId } of this.it.tasks) {
      if (!sourceMeetingId) {
        const holder = this.#party(responsibleId).access === "professional" ? responsibleId : this.holder(this.#now);
        const goal = goalId ? this.#goal(goalId).title : "";
        this.#at(this.#now, "08:30", holder, `agrees: ${title}`, (actor) =>
          actor.newTask(title, this.name(responsibleId), due, goal),
        );
      }
      const day = doneAt ?? [due, this.#now].sort()[0] ?? "";
      if (state !== "open") {
        this.#at(day, "15:30", responsibleId, `${state}: ${title}`, (actor) => actor.bring(title, state));
      }
    }
  }

  #goals(): void {
    for (const one of this.it.goals) {
      const meeting = this.it.meetings.find(({ start }) => start.slice(0, 10) === one.agreedAt);
      if (!meeting) throw new Error(`${one.id} was agreed in no meeting`);
      const later = new Date(Date.parse(meeting.end) + 15 * 60_000).toISOString();
      this.#at(later, "", meeting.minuteTakerId, `measures ${one.title}`, (actor) =>
        actor.measure(one.title, {
          measure: one.measure,
          baseline: one.baseline ?? "",
          latest: one.latest ?? "",
          target: one.targetDate,
          track: this.#track(one.track),
        }),
      );
      // An agreement from before there was such a goal is put to it.
      for (const task of this.it.tasks) {
        const from = this.it.meetings.find(({ id }) => id === task.sourceMeetingId);
        if (task.goalId !== one.id || !from || from.start >= meeting.start) continue;
        this.#at(later, "", this.holder(one.agreedAt), `puts to a goal: ${task.title}`, (actor) =>
          actor.aim(task.title, one.title),
        );
      }
      if (one.state !== "achieved" || !one.closedAt) continue;
      this.#at(one.closedAt, "16:30", this.holder(one.closedAt), `achieved: ${one.title}`, (actor) =>
        actor.achieve(one.title),
      );
    }
  }

  #contacts(): void {
    this.#at(this.#now, "07:50", this.holder(this.#now), "writes the contacts in", async (actor) => {
      await actor.go("/contacts");
      await actor.shows(this.#say("people.toHere"));
      for (const { sector, personId, bestTime, activeUntil } of this.it.contactPersons) {
        if (!activeUntil) await actor.contact(sector, this.name(personId), bestTime);
      }
    });
  }
}

// Central European Time, summer and winter, in the year of the sample.
function offsetOf(day: string): string {
  return day >= "2026-03-29" && day < "2026-10-25" ? "+02:00" : "+01:00";
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
