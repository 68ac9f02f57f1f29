// The screens that are not the first, and the plans beside them; they load together, after it.
export { Cases } from "../screens/cases/Cases.tsx";
export { Contacts } from "../screens/contacts/Contacts.tsx";
export { Form } from "../screens/forms/Form.tsx";
export { Forms } from "../screens/forms/Forms.tsx";
export { Handover } from "../screens/handover/Handover.tsx";
export { Help } from "../screens/help/Help.tsx";
export { Levels } from "../screens/levels/Levels.tsx";
export { Me } from "../screens/me/Me.tsx";
export { Meeting } from "../screens/meeting/Meeting.tsx";
export { Meetings } from "../screens/meetings/Meetings.tsx";
export { NewCase } from "../screens/newCase/NewCase.tsx";
export { NewTask } from "../screens/newTask/NewTask.tsx";
export { People } from "../screens/people/People.tsx";
export { Task } from "../screens/task/Task.tsx";
export { Today } from "../screens/today/Today.tsx";
export { Waiting } from "../screens/waiting/Waiting.tsx";
export { Across } from "./Across.tsx";
