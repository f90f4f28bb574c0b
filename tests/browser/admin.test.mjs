// The administrator's pages: health, accounts, everybody's jobs, the audit log; and that nobody else sees them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertQuiet, dataset, LIMIT, PASSWORD, person } from "./people.mjs";
import { check, fits, LOOKS, look, Stage } from "./stage.mjs";

let stage;
let admin;
before(async () => {
  stage = await Stage.open();
  // The first account of a server on loopback is its administrator.
  admin = await person(stage, "root");
});
after(() => stage?.close());

test("an account is made, gets another role, is shut out with a reason and let in again", async () => {
  const { page, complaints } = admin;
  await page.getByRole("link", { name: "Admin" }).click();
  await page.getByRole("tab", { name: "Accounts" }).click(LIMIT);
  await page.getByRole("button", { name: "New account" }).click(LIMIT);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill("grace@example.org");
  await dialog.getByLabel("User name").fill("grace");
  await dialog.getByRole("textbox", { name: "Password" }).fill("12345678");
  await dialog.getByRole("button", { name: "Make the account" }).click();
  await dialog.getByText(/password/i).nth(1).waitFor(LIMIT);
  await dialog.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await dialog.getByLabel("Role").selectOption("viewer");
  await dialog.getByRole("button", { name: "Make the account" }).click();
  const row = page.getByRole("row").filter({ hasText: "grace@example.org" });
  await row.waitFor(LIMIT);
  await row.getByLabel("Role of grace").selectOption("analyst");
  await page.getByText("The account of grace is changed").first().waitFor(LIMIT);
  assert.ok(await page.getByRole("button", { name: "Shut out: root" }).isDisabled(), "nobody shuts themselves out");

  await row.getByRole("button", { name: "Shut out: grace" }).click();
  const asked = page.getByRole("dialog");
  const sure = asked.getByRole("button", { name: "Shut out" });
  assert.ok(await sure.isDisabled(), "the name has to be typed first");
  await asked.getByLabel("Reason").fill("On leave until May.");
  await asked.getByLabel("Type grace to be sure").fill("grace");
  await sure.click();
  await row.getByText("On leave until May.").waitFor(LIMIT);

  const grace = await stage.visit("/sign-in");
  const signIn = async () => {
    await grace.page.getByLabel("E-mail or user name").fill("grace");
    await grace.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await grace.page.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn();
  await grace.page.getByRole("alert").waitFor(LIMIT);
  await row.getByRole("button", { name: "Let in: grace" }).click();
  await row.getByText("Active").waitFor(LIMIT);
  await signIn();
  await grace.page.getByRole("heading", { name: "Tables in, answers out" }).waitFor(LIMIT);
  await grace.page.goto(`${stage.origin}/admin`);
  await grace.page.getByText("This page is for administrators").waitFor(LIMIT);
  assert.equal(await grace.page.getByRole("link", { name: "Admin" }).count(), 0);
  assertQuiet(complaints, ["422", "409"]);
});

test("everybody's jobs are filtered, tell their errors, and dead ones are tried again", async () => {
  const { page, ask, complaints } = admin;
  await dataset(ask, "good.csv", "a\n1\n");
  await dataset(ask, "broken.json", '[{"a": 1},\n{"a": }]');
  await page.goto(`${stage.origin}/admin?tab=jobs`);
  await page.getByLabel("Status").selectOption("failed");
  await page.getByText("invalid_file").waitFor(LIMIT);
  // The head and the one event.
  await page.getByRole("row").nth(2).waitFor({ state: "detached", ...LIMIT });
  assert.equal(await page.getByRole("row").count(), 2);
  await page.getByRole("button", { name: /^Details of ingest/ }).click();
  const errors = page.getByRole("region", { name: "Errors" });
  await errors.getByText(/^attempt 1/).waitFor(LIMIT);
  await errors.getByRole("button", { name: "Retry" }).click();
  await page.getByText("1 job waits for a worker again").waitFor(LIMIT);
  await page.getByRole("button", { name: "Retry the dead ones" }).click();
  await page.getByText(/jobs? waits? for a worker again/).first().waitFor(LIMIT);
  await page.getByLabel("Status").selectOption("succeeded");
  await page.getByRole("cell", { name: "Done" }).first().waitFor(LIMIT);
  assert.match(page.url(), /status=succeeded/);
  assertQuiet(complaints, ["422", "409"]);
});

test("the audit log tells who did what, and its filters stand in the address", async () => {
  const { page, ask, complaints } = admin;
  const { id } = await dataset(ask, "audited.csv", "a\n1\n");
  await page.goto(`${stage.origin}/admin?tab=audit`);
  const first = page.getByRole("row").nth(1);
  await first.getByRole("button", { name: "dataset.upload" }).waitFor(LIMIT);
  await first.getByText("root").waitFor(LIMIT);
  await first.getByRole("button", { name: id }).click();
  await page.waitForURL(/target=/);
  // The head and the one event.
  await page.getByRole("row").nth(2).waitFor({ state: "detached", ...LIMIT });
  assert.equal(await page.getByRole("row").count(), 2);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByLabel("Action").fill("user.disable");
  await page.waitForURL(/action=user\.disable/);
  await page.getByRole("cell", { name: /On leave until May\./ }).waitFor(LIMIT);
  await page.getByLabel("Outcome").selectOption("limited");
  await page.getByText("No event fits").waitFor(LIMIT);
  assertQuiet(complaints, ["422", "409"]);
});

test("health tells of every part and of the workers", async () => {
  const { page, complaints } = admin;
  await page.goto(`${stage.origin}/admin`);
  const strip = page.getByRole("status", { name: "Health" });
  for (const part of ["database", "queue", "storage", "disk", "worker"]) await strip.getByText(part, { exact: true }).waitFor(LIMIT);
  assert.equal(await strip.getByText("Works").count(), 5);
  await page.getByRole("cell", { name: /^worker-/ }).waitFor(LIMIT);
  assertQuiet(complaints, ["422", "409"]);
});

test("the pages of data and administration are accessible, light and dark, wide and narrow", { timeout: 300_000 }, async () => {
  const { page, ask, complaints } = admin;
  complaints.length = 0;
  const bad = Array.from({ length: 300 }, (_, i) => (i === 7 ? "7" : `${i},x`)).join("\n");
  const ready = await dataset(ask, "ready.csv", `id,word\n${bad}\n`);
  const failed = await dataset(ask, "failed.csv", "id,word\n1,a\n2\n3,c\n");
  const stored = await dataset(ask, "stored.csv", "id;word\n1;a\n", "?ingest=false");
  await ask("DELETE", `/api/v1/datasets/${(await dataset(ask, "gone.csv", "a\n1\n")).id}`);
  const paths = ["/datasets", "/datasets/trash", `/datasets/${failed.id}`, `/datasets/${stored.id}`, "/profile"];
  for (const tab of ["rows", "columns", "left-out", "versions", "reading", "about"]) paths.push(`/datasets/${ready.id}?tab=${tab}`);
  for (const tab of ["health", "users", "jobs", "audit"]) paths.push(`/admin?tab=${tab}`);
  for (const path of paths) {
    await page.goto(stage.origin + path);
    await page.locator("table, .tile, [role=grid]").first().waitFor(LIMIT);
    await checkEach(page, path);
  }
  await page.goto(`${stage.origin}/datasets/${ready.id}`);
  await page.getByRole("button", { name: "Filter", exact: true }).click(LIMIT);
  await page.getByRole("dialog").waitFor(LIMIT);
  await checkEach(page, "the filter");
  // Pages that follow each other fast have more event streams open than the server allows a person.
  assertQuiet(complaints, ["429 (Too Many Requests) /api/v1/events"]);
});

// Both modes on both widths; nothing is wider than the page.
async function checkEach(page, path) {
  for (const each of LOOKS) {
    await look(page, each);
    await check(page);
    await fits(page, path);
  }
}
