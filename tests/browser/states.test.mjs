// What pages say when something is missing: the server, the right to do something, the page itself; and the help on keys.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sample } from "./analyses.mjs";
import { assertQuiet, dataset, LIMIT, PASSWORD, person } from "./people.mjs";
import { check, Stage } from "./stage.mjs";

let stage;
let admin;
before(async () => {
  stage = await Stage.open();
  admin = await person(stage, "root");
});
after(() => stage?.close());

test("a page without its server says so, keeps what it has, and recovers by itself", async () => {
  const { page, context, ask } = await person(stage, "wanda");
  await dataset(ask, "tides.csv", "at,height\n1,2\n2,3\n");
  await page.goto(`${stage.origin}/datasets`);
  const row = page.getByRole("link", { name: "tides" });
  await row.waitFor(LIMIT);
  await context.setOffline(true);
  await page.getByLabel("Find by name").fill("tide");
  const alert = page.getByRole("alert").filter({ hasText: "The server does not answer" });
  await alert.waitFor(LIMIT);
  await alert.getByText("Plotline tries again every few seconds.").waitFor(LIMIT);
  await check(page);
  await context.setOffline(false);
  await row.waitFor(LIMIT);
  assert.equal(await alert.count(), 0);

  // What is on the page stays there while it may be old.
  await context.setOffline(true);
  await page.waitForTimeout(11_000);
  await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
  const old = page.getByRole("status").filter({ hasText: "What you see may be old" });
  await old.waitFor(LIMIT);
  assert.equal(await row.count(), 1);
  await context.setOffline(false);
  await old.waitFor({ state: "detached", ...LIMIT });
  assert.equal(await row.count(), 1);
});

test("somebody who may only look is offered nothing else, and what is refused is told in words", async () => {
  const { page, ask } = await person(stage, "xenia");
  const { dataset: id } = await sample(page, []);
  const users = await (await admin.ask("GET", "/api/v1/admin/users?q=xenia")).json();
  const changed = await admin.ask("PATCH", `/api/v1/admin/users/${users.items[0].id}`, { data: { role: "viewer" } });
  assert.ok(changed.ok(), await changed.text());
  await page.goto(`${stage.origin}/`);
  await page.getByRole("heading", { level: 1 }).waitFor(LIMIT);
  await page.getByRole("link", { name: /orders/ }).first().waitFor(LIMIT);
  const offered = async (name) => page.getByRole("button", { name, exact: true }).count();
  assert.equal((await offered("Upload")) + (await offered("Look first")), 0);
  await page.goto(`${stage.origin}/datasets`);
  await page.getByRole("link", { name: /orders/ }).first().waitFor(LIMIT);
  assert.equal((await offered("Upload")) + (await offered("Look first")), 0);
  // Files that are dropped are not taken.
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["a\n1\n"], "a.csv"));
    window.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.waitForTimeout(100);
  assert.equal(await page.locator(".drop").count(), 0);
  await page.goto(`${stage.origin}/analysis?dataset=${id}`);
  await page.getByText("Your role is Viewer").waitFor(LIMIT);
  assert.equal(await offered("Compute"), 0);
  await check(page);
  // A page that the role does not allow: here the list of what somebody else is asked for, refused by the server.
  await page.route("**/api/v1/jobs?**", async (route) => {
    const body = { title: "This is not allowed.", status: 403, detail: "This needs the role analyst." };
    await route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(body) });
  });
  await page.goto(`${stage.origin}/jobs`);
  const refused = page.getByRole("alert").filter({ hasText: "You may not do this" });
  await refused.getByText("This needs the role analyst. Your role is Viewer.").waitFor(LIMIT);
  await page.unroute("**/api/v1/jobs?**");
  const nobody = await stage.visit("/sign-in");
  await nobody.context.close();
  // An empty start says what the role is for.
  await admin.ask("POST", "/api/v1/admin/users", {
    data: { email: "yves@example.org", username: "yves", password: PASSWORD, role: "viewer" },
  });
  const yves = await stage.visit("/sign-in");
  await yves.page.getByLabel("E-mail or user name").fill("yves");
  await yves.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await yves.page.getByRole("button", { name: "Sign in" }).click();
  await yves.page.getByText("Your role is Viewer").waitFor(LIMIT);
  await yves.page.getByRole("link", { name: "Charts shared with you" }).click(LIMIT);
  await yves.page.getByRole("heading", { level: 1, name: "Charts" }).waitFor(LIMIT);
  assertQuiet(yves.complaints, []);
  assert.ok((await ask("GET", "/api/v1/auth/session")).ok());
});

test("what is not there is told within the page, which has one main part; the help tells the keys that one has", async () => {
  const { page } = await person(stage, "zora");
  await page.goto(`${stage.origin}/datasets/00000000-0000-7000-8000-000000000000`);
  await page.getByText("There is no such page").waitFor(LIMIT);
  assert.equal(await page.locator("main").count(), 1);
  await check(page);
  await page.goto(`${stage.origin}/no-such-page`);
  await page.getByText("There is no such page").waitFor(LIMIT);
  assert.equal(await page.locator("main").count(), 1);
  await page.goto(`${stage.origin}/datasets`);
  await page.getByRole("heading", { level: 1 }).waitFor(LIMIT);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const told of ["Select all cells", "To the first or the last row", "Undo", "Filter by several marks, when Shift is released"])
    await help.getByText(told, { exact: true }).waitFor(LIMIT);
  assert.equal(await help.getByText("Admin", { exact: true }).count(), 0);
  await check(page);
  await admin.page.goto(`${stage.origin}/datasets`);
  await admin.page.getByRole("heading", { level: 1 }).waitFor(LIMIT);
  await admin.page.keyboard.press("?");
  await admin.page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Admin", { exact: true }).waitFor(LIMIT);
});
