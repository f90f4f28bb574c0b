// The pages of the binary in a real browser: they load, break no content security policy, log no error, ask no other
// origin, and axe finds nothing to object to on ours. Needs PLOTLINE_BINARY, and Chromium as /usr/bin/chromium or CHROMIUM.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

// The packages lie outside the clone (scripts/tools.sh), so they are looked up from there.
const packages = createRequire(join(process.env.PLOTLINE_BROWSER_PACKAGES, "package.json"));
const { chromium } = packages("playwright-core");
const axe = packages("axe-core");

const STARTS_WITHIN = 60_000;
let folder, server, origin, browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "plotline-browser-"));
  server = spawn(process.env.PLOTLINE_BINARY, ["serve"], {
    env: { PATH: process.env.PATH, PLOTLINE_DATA_DIR: join(folder, "data"), PLOTLINE_HTTP_ADDR: "127.0.0.1:0" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  origin = await listening(server);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  if (server && server.exitCode === null) {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  }
  if (folder) await rm(folder, { recursive: true, force: true });
});

// The address that the server says it listens on.
function listening(process) {
  return new Promise((resolve, reject) => {
    let text = "";
    const limit = setTimeout(() => reject(new Error(`the server did not start:\n${text}`)), STARTS_WITHIN);
    process.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${text}`)));
    process.stderr.on("data", (data) => {
      text += data;
      const found = text.match(/listening on (http:\/\/[\d.]+:\d+)/);
      if (!found) return;
      clearTimeout(limit);
      resolve(found[1]);
    });
  });
}

// Opens a page and answers it with everything it complained about.
async function open(path, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:")) complaints.push(`outside: ${url}`);
  });
  await page.goto(origin + path, { waitUntil: "networkidle" });
  return { context, page, complaints };
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`the first page, ${colorScheme}, ${width} px`, async () => {
      const { context, page, complaints } = await open("/", { colorScheme, viewport: { width, height: 900 } });
      assert.match(await page.locator("h1").innerText(), /Plotline/);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map((violation) => violation.id), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than the window`);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}

test("the API documentation shows every operation", async () => {
  const { context, page, complaints } = await open("/api/docs", {});
  await page.locator(".opblock").first().waitFor();
  const document = await (await fetch(`${origin}/api/openapi.json`)).json();
  const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
  assert.equal(await page.locator(".opblock").count(), operations.length);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the documentation's try-it-out reaches the server under its own policy", async () => {
  const { context, page, complaints } = await open("/api/docs", {});
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
  const { context, page, complaints } = await open("/api/redoc", { viewport: { width: 1440, height: 900 } });
  await page.getByText("Grouped statistics").first().waitFor();
  const text = await page.locator("body").innerText();
  for (const title of ["Comparison of samples", "Regression", "Time series"]) assert.ok(text.includes(title), title);
  assert.deepEqual(complaints, []);
  await context.close();
});
