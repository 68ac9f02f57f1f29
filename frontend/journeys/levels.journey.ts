import { afterAll, beforeAll, expect, test } from "vitest";
import { calm, closeBrowser, findings, hasNet, newPhone, overflow, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeAll(async () => {
  program = await Program.start();
});
afterAll(async () => {
  await closeBrowser();
  await program.close();
});

test("a leader moves the school track with what the move needs, and a parent reads why", async () => {
  // LS20b, LS20c, LS21, R7, R8, LS30
  const page = await newPhone();
  await signIn(page, program, "case-1/c1-jonas");
  await page.goto(`${program.origin}/c/case-1/levels/institution`);
  await page.getByLabel("Hvor skal vi hen?").selectOption("4");
  await page.getByLabel("Hvorfor?", { exact: true }).fill("Råd er ikke nok");
  await page.getByRole("button", { name: "Skift niveau" }).click();
  await shows(page, "Skriv, hvilke vurderinger I skal have først.");
  await page.getByLabel(/Hvilke vurderinger/).fill("PPV fra PPR");
  await page.reload(); // what was written is kept
  await page.getByLabel(/Hvilke vurderinger/).waitFor();
  expect(await page.getByLabel(/Hvilke vurderinger/).inputValue()).toBe("PPV fra PPR");
  await page.getByLabel("Hvornår følger I op?").fill("2027-01-15");
  await page.getByLabel("Hvad bygger den særlige hjælp på?").selectOption("meeting");
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Skift niveau" }).click();
  await page.waitForURL(/\/levels$/);
  await shows(page, "Råd er ikke nok");
  calm(page);

  const parent = await newPhone({ viewport: { width: 320, height: 640 } });
  await signIn(parent, program, "case-1/c1-signe");
  await parent.goto(`${program.origin}/c/case-1/levels`);
  await shows(parent, "Råd er ikke nok");
  expect(await parent.getByRole("link", { name: /^Skift/ }).count()).toBe(0); // R8: the family asks, the leader moves
  await parent.getByRole("link", { name: "Bed om et møde om det: Skole" }).waitFor();
  await shows(parent, "Vurderinger først: PPV fra PPR");
  expect(await parent.getByText(/^Skole: niveau 4 fra .* og nu$/).count()).toBe(1); // the axis of time, in words
  expect(await overflow(parent)).toBe(0);
  calm(parent);
});

test("an evaluation that proposes the next level leads to the move, which says that it rests on it", async () => {
  // LS3, LS30
  const page = await newPhone();
  await signIn(page, program, "case-2/c2-lars");
  await page.goto(`${program.origin}/c/case-2/evaluations`);
  await page.getByRole("button", { name: /^Se tilbage/ }).click();
  await page.getByText("Gå et niveau op", { exact: true }).click();
  await page.getByRole("link", { name: "Gå til niveau og trin" }).click();
  await page.getByRole("heading", { name: /^Skift niveau/ }).waitFor();
  const rests = page.getByLabel("Hvilken evaluering bygger det på?");
  expect(await rests.locator("option:checked").textContent()).toMatch(/^Evaluering/);
  expect(await findings(page)).toEqual([]);
  calm(page);
});

test("a skip asks for its reason, and the step between for the leader, without network too", async () => {
  // R5, R6, LS11, LS15
  const page = await newPhone();
  await signIn(page, program, "case-4/c4-jonas");
  await page.goto(`${program.origin}/c/case-4/levels`);
  await page.getByRole("link", { name: "Skift niveau: Hjem" }).click();
  await page.getByLabel("Hvor skal vi hen?").selectOption("3");
  await page.getByLabel("Hvorfor?", { exact: true }).fill("Det haster");
  await page.getByRole("button", { name: "Skift niveau" }).click();
  await shows(page, "I springer et niveau over. Skriv hvorfor.");
  await page.getByLabel("Hvor skal vi hen?").selectOption("2");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Skift niveau" }).click();
  await shows(page, "Skriv, hvilken leder der er med.");
  await page.getByLabel("Hvilken leder er med?").selectOption({ label: "Jonas Brandt" });
  await page.getByLabel("Hvad gør lederen herfra?").fill("Indkalder til møder");
  await page.getByLabel("Hvem er tovholder herfra?").selectOption({ label: "Tea Lindgaard" });
  await page.getByRole("button", { name: "Skift niveau" }).click();
  await page.getByRole("img", { name: "Hjem: niveau 2 af 5" }).waitFor();
  await page.context().setOffline(false);
  await hasNet(page);

  // LS9: two problems in one arena, side by side.
  await page.getByRole("button", { name: "Et problem mere" }).click();
  await page.getByRole("button", { name: "Gem problemet" }).click();
  await shows(page, "Skriv, hvad det skal hedde.");
  await page.getByLabel("Hvad skal det hedde?").fill("Skole, venner");
  await page.getByLabel("Hvad er svært?").fill("Freja er meget alene.");
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Gem problemet" }).click();
  await page.getByRole("img", { name: "Skole, venner: niveau 1 af 5" }).waitFor();

  const tea = await newPhone();
  await signIn(tea, program, "case-4/c4-tea");
  await tea.goto(`${program.origin}/c/case-4/levels`);
  await tea.getByRole("img", { name: "Skole, venner: niveau 1 af 5" }).waitFor();
  await tea.getByRole("img", { name: "Skole: niveau 3 af 5" }).waitFor();
  const told = await tea.getByRole("list", { name: "Hjem" }).getByRole("listitem").allInnerTexts();
  expect(told.join(" ").replaceAll("\u00a0", " ")).toMatch(
    /Hjem: niveau 1 fra 17\. august til .*Hjem: niveau 2 fra .* og nu/s,
  );
  for (const one of [page, tea]) calm(one);
});
