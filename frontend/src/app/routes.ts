import type { ComponentType } from "preact";
import lazy from "preact-iso/lazy";
import { dayHeading } from "../data/across.ts";
import { Plan } from "../screens/plan/Plan.tsx";
import { SignIn } from "../screens/signIn/SignIn.tsx";
import { Tasks } from "../screens/tasks/Tasks.tsx";
import { type Key, speakWhole } from "../text/catalogue.ts";

export type TabName = "plan" | "tasks" | "meetings" | "contacts";

/** One screen: its address, what it is called, and where it leads back to. */
export interface Screen {
  readonly path: string;
  readonly component: ComponentType<{ readonly id?: string }>;
  readonly title: Key;
  /** Its heading, where that is more than its title. */
  readonly heading?: () => string;
  readonly tab?: TabName;
  /** Where it leads back to, within the plan; without `to`, to where one was. Such a screen carries its own heading. */
  readonly back?: { readonly to?: string; readonly words: Key };
  /** Open to those who are not signed in. */
  readonly isOpen?: true;
}

// All but the first screens load in one piece after them: one request, and there when the network is not.
const more = async () => (await Promise.all([import("./more.ts"), speakWhole()]))[0];
const Task = lazy(() => more().then((screens) => screens.Task));
const NewTask = lazy(() => more().then((screens) => screens.NewTask));
const Meetings = lazy(() => more().then((screens) => screens.Meetings));
const NewMeeting = lazy(() => more().then((screens) => screens.NewMeeting));
const Call = lazy(() => more().then((screens) => screens.Call));
const Ask = lazy(() => more().then((screens) => screens.Ask));
const Video = lazy(() => more().then((screens) => screens.Video));
const Meeting = lazy(() => more().then((screens) => screens.Meeting));
const Contacts = lazy(() => more().then((screens) => screens.Contacts));
const Consents = lazy(() => more().then((screens) => screens.Consents));
const Levels = lazy(() => more().then((screens) => screens.Levels));
const Ahead = lazy(() => more().then((screens) => screens.Ahead));
const Move = lazy(() => more().then((screens) => screens.Move));
const Cases = lazy(() => more().then((screens) => screens.Cases));
const NewCase = lazy(() => more().then((screens) => screens.NewCase));
const Help = lazy(() => more().then((screens) => screens.Help));
const Handover = lazy(() => more().then((screens) => screens.Handover));
const People = lazy(() => more().then((screens) => screens.People));
const Calendar = lazy(() => more().then((screens) => screens.Calendar));
const Reminders = lazy(() => more().then((screens) => screens.Reminders));
const Install = lazy(() => more().then((screens) => screens.Install));
const Inbox = lazy(() => more().then((screens) => screens.Inbox));
const Opening = lazy(() => more().then((screens) => screens.Opening));
const Me = lazy(() => more().then((screens) => screens.Me));
const Forms = lazy(() => more().then((screens) => screens.Forms));
const Form = lazy(() => more().then((screens) => screens.Form));
const MinutesEditor = lazy(() => more().then((screens) => screens.MinutesEditor));
const Goals = lazy(() => more().then((screens) => screens.Goals));
const Goal = lazy(() => more().then((screens) => screens.Goal));
const NewGoal = lazy(() => more().then((screens) => screens.NewGoal));
const Evaluations = lazy(() => more().then((screens) => screens.Evaluations));
const Evaluation = lazy(() => more().then((screens) => screens.Evaluation));
const Situation = lazy(() => more().then((screens) => screens.Situation));
const Today = lazy(() => more().then((screens) => screens.Today));
const Waiting = lazy(() => more().then((screens) => screens.Waiting));

const toPlan = { to: "", words: "app.plan" } as const;
const toMeetings = { to: "/meetings", words: "app.meetings" } as const;
const toGoals = { to: "/goals", words: "app.back" } as const;
const away = { words: "app.back" } as const;

/** Every screen of the app. */
export const screens: readonly Screen[] = [
  { path: "/c/:case", component: Plan, title: "home.title", tab: "plan" },
  { path: "/c/:case/tasks", component: Tasks, title: "tasks.title", tab: "tasks" },
  {
    path: "/c/:case/tasks/new",
    component: NewTask,
    title: "tasks.new",
    tab: "tasks",
    back: { to: "/tasks", words: "app.tasks" },
  },
  {
    path: "/c/:case/tasks/:id",
    component: Task,
    title: "tasks.title",
    tab: "tasks",
    back: { to: "/tasks", words: "app.tasks" },
  },
  { path: "/c/:case/meetings", component: Meetings, title: "meetings.title", tab: "meetings" },
  { path: "/c/:case/meetings/new", component: NewMeeting, title: "meetings.call", tab: "meetings", back: toMeetings },
  { path: "/c/:case/meetings/ask", component: Ask, title: "meetings.ask", tab: "meetings", back: toMeetings },
  { path: "/c/:case/meetings/:id", component: Meeting, title: "meetings.title", tab: "meetings", back: toMeetings },
  { path: "/c/:case/meetings/:id/call", component: Call, title: "meetings.call", tab: "meetings", back: toMeetings },
  {
    path: "/c/:case/meetings/:id/minutes",
    component: MinutesEditor,
    title: "minutes.title",
    tab: "meetings",
    back: { to: "/meetings", words: "app.meetings" },
  },
  { path: "/c/:case/goals", component: Goals, title: "goals.title", tab: "plan", back: toPlan },
  { path: "/c/:case/goals/new", component: NewGoal, title: "goals.new", tab: "plan", back: toGoals },
  { path: "/c/:case/goals/:id", component: Goal, title: "goals.title", tab: "plan", back: toGoals },
  { path: "/c/:case/evaluations", component: Evaluations, title: "evaluation.title", tab: "plan", back: toGoals },
  { path: "/c/:case/evaluations/:id", component: Evaluation, title: "evaluation.title", tab: "plan", back: toGoals },
  { path: "/c/:case/situation", component: Situation, title: "situation.title", tab: "plan", back: toPlan },
  { path: "/c/:case/contacts", component: Contacts, title: "contacts.title", tab: "contacts" },
  { path: "/c/:case/levels", component: Levels, title: "levels.title", tab: "plan", back: toPlan },
  {
    path: "/c/:case/levels/:id",
    component: Move,
    title: "levels.title",
    tab: "plan",
    back: { to: "/levels", words: "levels.title" },
  },
  { path: "/c/:case/ahead", component: Ahead, title: "ahead.title", tab: "plan", back: toPlan },
  { path: "/c/:case/consents", component: Consents, title: "consents.title", tab: "plan", back: toPlan },
  { path: "/c/:case/forms", component: Forms, title: "forms.title", tab: "plan", back: toPlan },
  {
    path: "/c/:case/forms/:id",
    component: Form,
    title: "forms.title",
    tab: "plan",
    back: { to: "/forms", words: "forms.title" },
  },
  { path: "/c/:case/handover", component: Handover, title: "handover.title", tab: "plan", back: toPlan },
  {
    path: "/c/:case/people",
    component: People,
    title: "people.title",
    tab: "contacts",
    back: { to: "/contacts", words: "app.contacts" },
  },
  { path: "/today", component: Today, title: "today.title", heading: () => dayHeading.value },
  { path: "/cases", component: Cases, title: "cases.title" },
  { path: "/cases/new", component: NewCase, title: "cases.new", back: { to: "/cases", words: "cases.title" } },
  { path: "/me", component: Me, title: "me.title", back: away },
  {
    path: "/me/calendar",
    component: Calendar,
    title: "calendar.title",
    back: { to: "/me", words: "me.title" },
  },
  {
    path: "/me/reminders",
    component: Reminders,
    title: "reminders.title",
    back: { to: "/me", words: "me.title" },
  },
  {
    path: "/me/install",
    component: Install,
    title: "install.title",
    back: { to: "/me/reminders", words: "reminders.title" },
    isOpen: true,
  },
  { path: "/n", component: Inbox, title: "reminders.inboxTitle", back: away },
  { path: "/n/:id", component: Opening, title: "reminders.opening", back: away },
  { path: "/waiting", component: Waiting, title: "waiting.title", back: away },
  { path: "/video", component: Video, title: "video.title", back: away, isOpen: true },
  { path: "/help", component: Help, title: "help.title", back: away, isOpen: true },
  { path: "/in", component: SignIn, title: "signIn.title", isOpen: true },
];

/** Fetches the rest of the screens while nobody waits for them. */
export function preload(): void {
  void more();
}
