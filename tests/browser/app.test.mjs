// The app from end to end in a real browser: an analyst registers, uploads, looks, analyses and signs out; what goes
// wrong is told; two people never see each other's data; nothing breaks the page's policy; axe finds nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ANALYSES, sample } from "./analyses.mjs";
import { assertQuiet, LIMIT, PASSWORD, person, upload } from "./people.mjs";
import { check, fits, Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

function orders(rows) {
  const lines = ["id,region,price"];
  for (let i = 0; i < rows; i++) lines.push(`${i},${["North", "South"][i % 2]},${i % 7 === 0 ? "" : (i * 1.5).toFixed(2)}`);
  return `${lines.join("\n")}\n`;
}

test("an analyst uploads, looks at rows and columns, analyses, gets the cached answer and signs out", async () => {
  const { page, complaints } = await person(stage, "ada");
  await upload(page, "orders.csv", orders(2_000));
  await page.getByRole("region", { name: "Uploads" }).getByRole("link", { name: "Open" }).click(LIMIT);
  await page.getByRole("heading", { name: "orders" }).waitFor(LIMIT);
  const grid = page.getByRole("grid");
  await grid.getByRole("gridcell", { name: "North" }).first().waitFor(LIMIT);
  assert.ok((await grid.locator(".missing").count()) > 0, "missing values look missing");
  await grid.focus();
  await page.keyboard.press("End");
  await grid.getByRole("gridcell", { name: "1,999", exact: true }).waitFor(LIMIT);

  await page.getByRole("tab", { name: "Columns" }).click();
  await page.getByRole("img", { name: /Histogram of price/ }).waitFor(LIMIT);

  await page.getByRole("link", { name: "Analyse" }).click();
  await page.getByRole("button", { name: "Compute" }).click(LIMIT);
  await page.getByText("Done").first().waitFor(LIMIT);
  await page.getByRole("columnheader", { name: /^mean/ }).first().waitFor(LIMIT);
  await page.getByRole("button", { name: "Compute" }).click(LIMIT);
  await page.getByText(/from the cache/).waitFor(LIMIT);

  await page.getByRole("link", { name: /Your account/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click(LIMIT);
  await page.getByRole("heading", { name: "Sign in to Plotline" }).waitFor(LIMIT);
  assertQuiet(complaints);
});

test("a file that is no table fails with its line and what to do", async () => {
  const { page } = await person(stage, "berta");
  await upload(page, "broken.json", '[{"a": 1},\n{"a": }]');
  await page.getByRole("region", { name: "Uploads" }).getByRole("link", { name: "Open" }).click(LIMIT);
  const alert = page.getByRole("alert").filter({ hasText: "could not be read" });
  await alert.getByText(/Line 2/).waitFor(LIMIT);
});

test("a session that has ended asks again and keeps the page", async () => {
  const { page, context } = await person(stage, "clara");
  await page.getByRole("link", { name: "Jobs" }).click();
  await page.getByText("No job yet").waitFor(LIMIT);
  await context.clearCookies();
  await page.getByRole("link", { name: "Analysis" }).click();
  const layer = page.getByRole("dialog", { name: "Your session has ended" });
  await layer.getByRole("textbox", { name: "Password" }).fill(PASSWORD, LIMIT);
  await layer.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Count, nulls, mean", { exact: false }).first().waitFor(LIMIT);
  assert.match(page.url(), /\/analysis$/);
});

test("one sees where one is signed in, ends a session elsewhere, and signs out everywhere", async () => {
  const { page, complaints } = await person(stage, "cora");
  const elsewhere = async () => {
    const { page: other } = await stage.visit("/sign-in");
    await other.getByLabel("E-mail or user name").fill("cora");
    await other.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await other.getByRole("button", { name: "Sign in" }).click();
    await other.getByRole("heading", { name: "Tables in, answers out" }).waitFor(LIMIT);
    return other;
  };
  const first = await elsewhere();
  await page.getByRole("link", { name: /Your account/ }).click();
  const rows = page.getByRole("row");
  // The head, this browser and the other one.
  await rows.nth(2).waitFor(LIMIT);
  assert.equal(await rows.filter({ hasText: "this browser" }).count(), 1);
  await page.getByRole("button", { name: "End", exact: true }).click();
  await rows.nth(2).waitFor({ state: "detached", ...LIMIT });
  // Within two seconds the session has ended everywhere.
  const isOver = async (other) => (await other.context().request.get(`${stage.origin}/api/v1/users/me`)).status() === 401;
  for (const end = Date.now() + LIMIT.timeout; !(await isOver(first)); ) assert.ok(Date.now() < end, "the session goes on");
  await first.getByRole("link", { name: "Jobs" }).click();
  await first.getByRole("dialog", { name: "Your session has ended" }).waitFor(LIMIT);

  const second = await elsewhere();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("heading", { name: "Sign in to Plotline" }).waitFor(LIMIT);
  await page.goto(`${stage.origin}/profile`);
  await page.getByRole("heading", { name: "Sign in to Plotline" }).waitFor(LIMIT);
  for (const end = Date.now() + LIMIT.timeout; !(await isOver(second)); ) assert.ok(Date.now() < end, "the session goes on");
  await second.reload();
  await second.getByRole("heading", { name: "Sign in to Plotline" }).waitFor(LIMIT);
  assertQuiet(complaints);
});

test("running and recent jobs lie in a drawer, which leads to their results", async () => {
  const { page, complaints } = await person(stage, "cilla");
  await sample(page, ANALYSES.slice(0, 1));
  await page.getByRole("button", { name: /^Jobs, \d+ running/ }).filter({ visible: true }).click();
  const drawer = page.getByRole("dialog", { name: "Running and recent jobs" });
  const analysis = drawer.getByRole("row").filter({ hasText: "Descriptive statistics" });
  await analysis.getByText("Done").waitFor(LIMIT);
  await drawer.getByRole("row").filter({ hasText: "Reading a file" }).getByRole("link", { name: "Open" }).waitFor(LIMIT);
  await analysis.getByRole("link", { name: "Result" }).click();
  await drawer.waitFor({ state: "detached", ...LIMIT });
  await page.getByRole("columnheader", { name: /^mean/ }).first().waitFor(LIMIT);
  await page.getByRole("button", { name: /^Jobs, \d+ running/ }).filter({ visible: true }).click();
  await drawer.getByRole("link", { name: "All jobs" }).click(LIMIT);
  await page.getByRole("heading", { name: "Jobs", exact: true }).waitFor(LIMIT);
  assertQuiet(complaints);
});

test("names, headers and cells are shown as text, and two people see their own data only", async () => {
  const evil = "<img src=x onerror=document.title=1>";
  const anna = await person(stage, "anna");
  await upload(anna.page, `${evil.replace(/[/\\]/g, "")}.csv`, `"${evil}","b"\n"${evil}",1\n"${evil}",2\n`);
  await anna.page.getByRole("region", { name: "Uploads" }).getByRole("link", { name: "Open" }).click(LIMIT);
  await anna.page.getByRole("gridcell", { name: evil }).first().waitFor(LIMIT);
  await anna.page.getByRole("tab", { name: "Columns" }).click();
  await anna.page.getByText(evil).first().waitFor(LIMIT);
  assert.equal(await anna.page.locator("img").count(), 0);
  assert.notEqual(await anna.page.title(), "1");
  const address = new URL(anna.page.url()).pathname;
  const dora = await person(stage, "dora");
  await dora.page.goto(stage.origin + address);
  await dora.page.getByText("There is no such page").waitFor(LIMIT);
  assert.equal(await dora.page.getByText(evil).count(), 0);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`every page is accessible, ${colorScheme}, ${width} px`, { timeout: 120_000 }, async () => {
      const name = `ella-${colorScheme}-${width}`;
      const { page, complaints } = await person(stage, name, { colorScheme, viewport: { width, height: 900 } });
      await check(page);
      await upload(page, "orders.csv", orders(300));
      await page.getByRole("region", { name: "Uploads" }).getByRole("link", { name: "Open" }).click(LIMIT);
      await page.getByRole("gridcell", { name: "North" }).first().waitFor(LIMIT);
      await page.getByRole("button", { name: /^Close: / }).click();
      await check(page);
      for (const tab of ["Columns", "About"]) {
        await page.getByRole("tab", { name: tab }).click();
        await page.getByRole("tabpanel").locator("section, tr").first().waitFor(LIMIT);
        await check(page);
      }
      await page.getByRole("link", { name: "Analyse" }).click();
      await page.getByRole("button", { name: "Compute" }).click(LIMIT);
      await page.getByRole("columnheader", { name: /^mean/ }).first().waitFor(LIMIT);
      await check(page);
      for (const path of ["/", "/datasets", "/jobs", "/profile", "/no-such-page"]) {
        await page.goto(stage.origin + path);
        await page.locator("h1, h2").first().waitFor(LIMIT);
        await check(page);
      }
      await fits(page);
      // Pages that follow each other fast have more event streams open than the server allows a person.
      assertQuiet(complaints, ["429 (Too Many Requests) /api/v1/events"]);
    });
  }
}

test("the keyboard alone reaches every page and the palette", async () => {
  const { page } = await person(stage, "frida");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the content");
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.getByRole("heading", { name: "Datasets" }).waitFor(LIMIT);
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("textbox", { name: "Search and commands" });
  await palette.waitFor(LIMIT);
  await palette.fill("Jobs");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Jobs" }).waitFor(LIMIT);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor(LIMIT);
});
