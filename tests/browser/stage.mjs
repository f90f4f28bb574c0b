// The stage of browser tests: one server of its own, one Chromium, and pages that write down what they complain about.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The packages lie outside the clone (scripts/tools.sh), so they are looked up from there.
const packages = createRequire(join(process.env.PLOTLINE_BROWSER_PACKAGES, "package.json"));
const { chromium } = packages("playwright-core");

const STARTS_WITHIN = 60_000;
// How long anything on a page may take before a test gives up.
export const LIMIT = { timeout: 20_000 };

export class Stage {
  // Starts the program that PLOTLINE_BINARY names on a free port, and Chromium.
  static async open(browserArguments = []) {
    const stage = new Stage();
    stage.folder = await mkdtemp(join(tmpdir(), "plotline-browser-"));
    stage.server = spawn(process.env.PLOTLINE_BINARY, ["serve"], {
      env: {
        PATH: process.env.PATH,
        PLOTLINE_DATA_DIR: join(stage.folder, "data"),
        PLOTLINE_HTTP_ADDR: "127.0.0.1:0",
        PLOTLINE_AUTH_ATTEMPTS_PER_MINUTE: "1000",
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    stage.origin = await listening(stage.server);
    stage.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", ...browserArguments],
    });
    return stage;
  }

  // Opens a page in a context of its own; `complaints` fills while it lives.
  async visit(path, options = {}) {
    const context = await this.browser.newContext({ bypassCSP: false, ...options });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(told(message)));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(this.origin) && !/^(data|blob):/.test(url)) complaints.push(`outside: ${url}`);
    });
    await page.goto(this.origin + path, { waitUntil: "networkidle" });
    return { context, page, complaints };
  }

  async close() {
    await this.browser?.close();
    if (this.server && this.server.exitCode === null) {
      const ended = new Promise((resolve) => this.server.once("exit", resolve));
      this.server.kill("SIGTERM");
      await ended;
    }
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }
}

// What the console says, and of which path of ours; ids in it would look like numbers of answers.
function told(message) {
  const { pathname } = URL.canParse(message.location().url) ? new URL(message.location().url) : { pathname: "" };
  return `${message.text()} ${pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")}`.trim();
}

// Both modes at both widths.
export const LOOKS = [
  { colorScheme: "light", width: 1440 },
  { colorScheme: "light", width: 390 },
  { colorScheme: "dark", width: 390 },
  { colorScheme: "dark", width: 1440 },
];

// Changes mode and width, and waits until nothing moves any more: in the middle of a change colours have no contrast.
export async function look(page, { colorScheme, width }) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
  await still(page);
}

export async function still(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const isStill = () =>
    document.getAnimations().every(({ playState, effect }) => playState !== "running" || effect?.getComputedTiming().iterations === Infinity);
  await page.waitForFunction(isStill, undefined, LIMIT);
}

// Nothing is wider than the page. Charts follow the width of their tiles a moment later.
export async function fits(page, what = "") {
  const isWithin = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.waitForFunction(isWithin, undefined, LIMIT).catch(async () => assert.fail(`${what} ${page.url()} is ${await wide()} px too wide`));
}

// Asserts that axe finds nothing to object to, on the whole page or within a part of it.
export async function check(page, within) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(packages("axe-core").source);
  const { violations } = await page.evaluate(
    (part) => globalThis.axe.run(part ?? document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
    within,
  );
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`);
  const colours = await page.evaluate(() => `${matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"}, ${innerWidth} px`);
  assert.deepEqual(told, [], `${page.url()}, ${colours}`);
}

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
