// The pages of the binary in a real browser: they load, break no content security policy, log no error, ask no other
// origin, and axe finds nothing to object to on ours. Needs PLOTLINE_BINARY, and Chromium as /usr/bin/chromium or CHROMIUM.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check, fits, LIMIT, Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

const STRENGTHS = [
  ["plum", "At least 8 characters"],
  ["aaaaaaaaaaaa", "Easy to guess"],
  ["plum-orbit", "Fair"],
  ["plum-orbit-canyon-47", "Good"],
];

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`the first page and that for an account, ${colorScheme}, ${width} px`, async () => {
      const { context, page, complaints } = await stage.visit("/", { colorScheme, viewport: { width, height: 900 } });
      assert.match(await page.locator("h1").innerText(), /Plotline/);
      await check(page);
      await fits(page);
      await page.getByRole("link", { name: "Create an account" }).click();
      await page.getByRole("heading", { name: "Create an account" }).waitFor(LIMIT);
      for (const [password, told] of STRENGTHS) {
        await page.getByRole("textbox", { name: "Password" }).fill(password);
        await page.getByText(`Strength: ${told}`).waitFor(LIMIT);
      }
      await check(page);
      await fits(page);
      // Nobody is signed in, and the browser logs that answer as an error.
      assert.deepEqual(complaints.filter((complaint) => !complaint.includes("401")), []);
      await context.close();
    });
  }
}

test("the API documentation shows every operation", async () => {
  const { context, page, complaints } = await stage.visit("/api/docs", {});
  await page.locator(".opblock").first().waitFor();
  const document = await (await fetch(`${stage.origin}/api/openapi.json`)).json();
  const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
  assert.equal(await page.locator(".opblock").count(), operations.length);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the documentation's try-it-out reaches the server under its own policy", async () => {
  const { context, page, complaints } = await stage.visit("/api/docs", {});
  const limits = page.locator(".opblock", { has: page.locator('[data-path="/api/v1/limits"]') });
  await limits.locator(".opblock-summary-control").click();
  // "Try it out" may be on from the start.
  const tryOut = limits.locator(".try-out__btn");
  if (/try it out/i.test(await tryOut.innerText())) await tryOut.click();
  await limits.locator(".execute").click();
  await limits.locator(".live-responses-table .response-col_status").filter({ hasText: "200" }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the documentation for reading shows every kind of analysis under its own policy", async () => {
  const { context, page, complaints } = await stage.visit("/api/redoc", { viewport: { width: 1440, height: 900 } });
  await page.getByText("Analysis", { exact: true }).first().click();
  for (const title of ["Comparison of samples", "Grouped statistics", "Regression", "Time series"]) {
    await page.getByText(title).first().waitFor();
  }
  assert.deepEqual(complaints, []);
  await context.close();
});
