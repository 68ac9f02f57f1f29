// The screens that are not the first; they load together, after it.
export { Ask } from "../screens/ask/Ask.tsx";
export { Call } from "../screens/call/Call.tsx";
export { NewMeeting } from "../screens/call/NewMeeting.tsx";
export { Cases } from "../screens/cases/Cases.tsx";
export { Contacts } from "../screens/contacts/Contacts.tsx";
export { Help } from "../screens/help/Help.tsx";
export { Levels } from "../screens/levels/Levels.tsx";
export { Me } from "../screens/me/Me.tsx";
export { Meeting } from "../screens/meeting/Meeting.tsx";
export { Meetings } from "../screens/meetings/Meetings.tsx";
export { NewCase } from "../screens/newCase/NewCase.tsx";
export { NewTask } from "../screens/newTask/NewTask.tsx";
export { Task } from "../screens/task/Task.tsx";
export { Video } from "../screens/video/Video.tsx";
export { Waiting } from "../screens/waiting/Waiting.tsx";
