import { afterEach, beforeEach, test } from "vitest";
import { calm, closeBrowser, hides, killProfile, newPhone, openProfile, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeEach(async () => {
  program = await Program.start();
});
afterEach(async () => {
  await closeBrowser();
  await program.close();
});

const task = "Lave fælles morgenplan for begge hjem sammen med Malthe";
const address = "/c/case-1/tasks/c1-t10";

test("a parent ticks and writes without network, and the teacher's open page shows it once there is network again", async () => {
  const mother = await newPhone();
  const teacher = await newPhone();
  await signIn(mother, program, "case-1/c1-signe");
  await signIn(teacher, program, "case-1/c1-karen");
  await teacher.goto(program.origin + address);
  await shows(teacher, "Ikke begyndt");

  await program.stop();
  await mother.reload(); // from nothing but what the phone holds
  await shows(mother, "Din tovholder er");
  await mother.getByRole("link", { name: "Opgaver" }).click();
  await mother.getByText(task).click();
  await mother.getByRole("textbox").fill("Vi prøver en tegnet plan på køleskabet.");
  await mother.getByRole("button", { name: /Gem/ }).click();
  await shows(mother, "Vi prøver en tegnet plan på køleskabet.");
  await mother.getByRole("button", { name: "Det er gjort" }).click();
  await shows(mother, /venter på net/i);

  await program.run();
  // Nobody touches the teacher's page: it hears of the change and pulls it.
  await shows(teacher, "Vi prøver en tegnet plan på køleskabet.");
  await hides(teacher, "Ikke begyndt");
  await hides(mother, /venter på net/i);
  calm(mother);
  calm(teacher);
});

test("what was written is still there when the browser was killed before it could be sent", async () => {
  const yesterday = await openProfile();
  await signIn(yesterday.page, program, "case-1/c1-thomas");
  await yesterday.context.close(); // browsers write cookies to disk with a delay: he signed in some time ago
  const first = await openProfile(yesterday.folder);
  const teacher = await newPhone();
  await signIn(teacher, program, "case-1/c1-karen");
  await teacher.goto(program.origin + address);
  await shows(teacher, "Ikke begyndt");
  await program.stop();
  await first.page.goto(program.origin + address);
  await first.page.getByRole("textbox").fill("Far: mandag er den svære.");
  await first.page.getByRole("button", { name: /Gem/ }).click();
  await shows(first.page, "Far: mandag er den svære.");
  await first.page.getByRole("button", { name: "Det er gjort" }).click();
  await shows(first.page, /venter på net/i);
  await killProfile(first.folder, first.context);

  const second = await openProfile(first.folder);
  await second.page.goto(program.origin + address); // cold, without network
  await shows(second.page, "Far: mandag er den svære.");
  await program.run();
  await shows(teacher, "Far: mandag er den svære.");
  await hides(teacher, "Ikke begyndt");
  calm(second.page);
  await second.context.close();
});
