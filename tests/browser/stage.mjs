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
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
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

// Asserts that axe finds nothing to object to.
export async function check(page) {
  await page.evaluate(packages("axe-core").source);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
  );
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`);
  assert.deepEqual(told, [], page.url());
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
