// Analyses from end to end: every kind shows its result in both modes and at both widths without a complaint of axe or of
// the page's policy; errors stand at their fields; cancelling, caching, sharing, and a session that ends on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ANALYSES, analysisPath, drawn, sample } from "./analyses.mjs";
import { PASSWORD, person } from "./people.mjs";
import { check, LIMIT, Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

// Kinds take turns, so that each is seen in both modes and at both widths, and the four together with several kinds.
const LOOKS = [
  [{ colorScheme: "light", width: 1440 }, { colorScheme: "dark", width: 390 }],
  [{ colorScheme: "dark", width: 1440 }, { colorScheme: "light", width: 390 }],
];

test("the result of every kind is drawn, accessible and within the policy, light and dark, wide and narrow", { timeout: 400_000 }, async () => {
  const { page, complaints } = await person(stage, "gina");
  const { pages } = await sample(page);
  complaints.length = 0;
  for (const [turn, [kind, path]] of pages.entries()) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(stage.origin + path);
    await page.getByText("How all of this is computed").waitFor(LIMIT);
    await drawn(page);
    for (const { colorScheme, width } of LOOKS[turn % 2]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await drawn(page);
      await check(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${kind} is ${wide} px too wide at ${width}`);
    }
    const charts = await page.getByRole("button", { name: "View as table" }).count();
    for (let i = 0; i < charts; i++) await page.getByRole("button", { name: "View as table" }).first().click();
    assert.equal(await page.locator("figure table").count(), charts, `${kind}: every chart is a table too`);
    await check(page);
  }
  assert.deepEqual(complaints, []);
});

test("a number says how it is computed, from the one text about methods", async () => {
  const { page } = await person(stage, "hana");
  const { pages } = await sample(page, ANALYSES.slice(0, 1));
  await page.goto(stage.origin + pages[0][1]);
  await page.getByRole("button", { name: "Method of skewness" }).click(LIMIT);
  await page.getByRole("dialog").getByText("null or edge").waitFor(LIMIT);
  await page.keyboard.press("Escape");
  await page.getByText("How all of this is computed").click();
  await page.getByText("Joanes and Gill 1998", { exact: false }).waitFor(LIMIT);
});

test("what the server finds wrong is told at its field, and mended there", async () => {
  const { page } = await person(stage, "ines");
  const { dataset } = await sample(page, []);
  await page.goto(stage.origin + analysisPath({ dataset, kind: "descriptive" }));
  await page.getByText("More options").click(LIMIT);
  await page.getByLabel("Percentiles").fill("5, 250");
  await page.getByRole("button", { name: "Compute" }).click();
  await page.getByText("250 is not a percentile", { exact: false }).waitFor(LIMIT);
  assert.equal(await page.getByLabel("Percentiles").getAttribute("aria-invalid"), "true");
  await page.getByLabel("Percentiles").fill("5, x");
  await page.getByRole("button", { name: "Compute" }).click();
  await page.getByText("“x” is not a number.").waitFor(LIMIT);
  await page.getByLabel("Percentiles").fill("5, 95");
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByLabel("Condition", { exact: true }).first().click();
  await page.getByRole("option", { name: "≥" }).click();
  await page.getByRole("textbox", { name: "Value", exact: true }).fill("many");
  await page.getByRole("button", { name: "Compute" }).click();
  await page.getByText("Column \"order_id\":", { exact: false }).waitFor(LIMIT);
  await page.getByRole("textbox", { name: "Value", exact: true }).fill("12000");
  await page.getByRole("button", { name: "Compute" }).click();
  await page.getByRole("columnheader", { name: /^P95/ }).waitFor(LIMIT);
});

test("an answer that exists is told to be cached, can be computed anew, and its address opens the same", async () => {
  const { page, context } = await person(stage, "jana");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { pages } = await sample(page, ANALYSES.slice(2, 3));
  await page.goto(stage.origin + pages[0][1]);
  await page.getByRole("button", { name: "Compute", exact: true }).click(LIMIT);
  await page.getByText(/from the cache/).waitFor(LIMIT);
  await page.getByRole("button", { name: "Run again" }).click();
  await page.getByText(/^took /).waitFor(LIMIT);
  await page.getByRole("button", { name: "Copy link" }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, page.url());
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("menuitem", { name: "Histogram" }).click(LIMIT);
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith("from\tto\tcount"), undefined, LIMIT);
  await page.getByRole("button", { name: "Download" }).click();
  const saving = page.waitForEvent("download", LIMIT);
  await page.getByRole("menuitem", { name: "Fitted distributions (CSV)" }).click(LIMIT);
  assert.equal((await saving).suggestedFilename(), "distribution-fitted-distributions.csv");
  const other = await context.newPage();
  await other.goto(link);
  await other.getByRole("heading", { name: "Distribution of price" }).waitFor(LIMIT);
  assert.equal(await other.getByLabel(/^Column/).first().inputValue(), "price");
  const earlier = other.getByRole("region", { name: "Earlier analyses of this dataset" });
  assert.equal(await earlier.getByRole("link", { name: /Distribution/ }).count(), 3);
  await earlier.getByText("column: price").first().waitFor(LIMIT);
});

// Numbers without order, enough that relating all of them takes a while.
function numbers(rows, columns) {
  let state = 12_345;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  const lines = [Array.from({ length: columns }, (_, i) => `c${i}`).join(",")];
  for (let i = 0; i < rows; i++) lines.push(Array.from({ length: columns }, next).join(","));
  return `${lines.join("\n")}\n`;
}

test("a long analysis tells how far it is, stops when asked to, and can be tried again", { timeout: 120_000 }, async () => {
  const { page } = await person(stage, "kira");
  const { dataset } = await sample(page, [], numbers(20_000, 80));
  const params = { methods: ["kendall", "spearman", "pearson"], correction: "holm" };
  await page.goto(stage.origin + analysisPath({ dataset, kind: "correlation", params }));
  await page.getByRole("button", { name: "Compute" }).click(LIMIT);
  await page.getByRole("progressbar", { name: "Computing" }).waitFor(LIMIT);
  await page.getByText(/\d %, 20,000 rows/).waitFor(LIMIT);
  assert.match(await page.title(), /^\d+(\.\d)? % · /);
  // The server answers at once; a slow line shows what is between.
  await page.route("**/api/v1/jobs/*", async (route) => {
    if (route.request().method() === "DELETE") await new Promise((done) => setTimeout(done, 400));
    await route.continue();
  });
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Stopping" }).waitFor(LIMIT);
  const result = page.getByRole("region", { name: "Result" });
  await result.getByText("Stopped", { exact: true }).waitFor(LIMIT);
  await result.getByText("Nothing of it is kept", { exact: false }).waitFor(LIMIT);
  const stopped = new URL(page.url()).searchParams.get("job");
  await result.getByRole("button", { name: "Retry" }).click();
  await page.getByRole("progressbar", { name: "Computing" }).waitFor(LIMIT);
  assert.notEqual(new URL(page.url()).searchParams.get("job"), stopped);
  await page.getByRole("button", { name: "Cancel" }).click();
  await result.getByText("Stopped", { exact: true }).waitFor(LIMIT);
});

test("a session that ends on the way asks again, and the form is as it was", async () => {
  const { page, context } = await person(stage, "lena");
  const { dataset } = await sample(page, []);
  await page.goto(stage.origin + analysisPath({ dataset, kind: "descriptive" }));
  await page.getByText("More options").click(LIMIT);
  await page.getByLabel("Percentiles").fill("1, 99");
  await context.clearCookies();
  await page.getByRole("button", { name: "Compute" }).click();
  const layer = page.getByRole("dialog", { name: "Your session has ended" });
  await layer.getByRole("textbox", { name: "Password" }).fill(PASSWORD, LIMIT);
  await layer.getByRole("button", { name: "Sign in" }).click();
  await layer.waitFor({ state: "detached", ...LIMIT });
  assert.equal(await page.getByLabel("Percentiles").inputValue(), "1, 99");
  await page.getByRole("button", { name: "Compute" }).click();
  await page.getByRole("columnheader", { name: /^P99/ }).waitFor(LIMIT);
});

test("with the keyboard alone an analysis is computed and its chart read value by value", async () => {
  const { page } = await person(stage, "mara");
  const { dataset } = await sample(page, []);
  await page.goto(stage.origin + analysisPath({ dataset, kind: "distribution" }));
  const compute = page.getByRole("button", { name: "Compute" });
  await compute.waitFor(LIMIT);
  for (let i = 0; i < 60 && !(await compute.evaluate((button) => button === document.activeElement)); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const cursor = page.getByRole("slider", { name: /^Values of Distribution of/ });
  await cursor.waitFor(LIMIT);
  for (let i = 0; i < 60 && !(await cursor.evaluate((input) => input === document.activeElement)); i++) await page.keyboard.press("Tab");
  const first = await cursor.getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowRight");
  const second = await cursor.getAttribute("aria-valuetext");
  assert.match(second, /^[−\d.,]+ to [−\d.,]+: [\d,]+$/);
  assert.notEqual(second, first);
});
