// Lighthouse's score of accessibility on the main pages, and the first contentful paint over loopback; ends with 1 when
// one misses what is promised. Run by `scripts/bench.sh web`, which names the program and the packages.
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sample } from "../browser/analyses.mjs";
import { person } from "../browser/people.mjs";
import { LIMIT, Stage } from "../browser/stage.mjs";

const SCORE = 0.98;
const FIRST_PAINT_MS = 1_000;
const PAINTS = 5;

const packages = createRequire(join(process.env.PLOTLINE_BROWSER_PACKAGES, "package.json"));
const { default: lighthouse } = await import(pathToFileURL(packages.resolve("lighthouse")));

const port = await freePort();
const stage = await Stage.open([`--remote-debugging-port=${port}`]);
let missed = 0;
try {
  const { page, context } = await person(stage, "ada");
  const { dataset, pages } = await sample(page);
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const main = [["home", "/"], ["datasets", "/datasets"], ["dataset", `/datasets/${dataset}`], ["jobs", "/jobs"], ...pages];
  for (const [name, path] of [["sign in", "/sign-in"], ...main]) {
    const extraHeaders = name === "sign in" ? {} : { Cookie: cookies };
    const options = { port, onlyCategories: ["accessibility"], extraHeaders, disableStorageReset: true, logLevel: "error" };
    const { lhr } = await lighthouse(stage.origin + path, options);
    const wrong = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1).map(({ id }) => id);
    tell(`Lighthouse accessibility, ${name}`, lhr.categories.accessibility.score, SCORE, (told, asked) => told >= asked, wrong.join(", "));
  }
  tell("first contentful paint, ms", await firstPaint(await context.storageState()), FIRST_PAINT_MS, (told, asked) => told <= asked);
} finally {
  await stage.close();
}
process.exit(missed > 0 ? 1 : 0);

function tell(what, told, asked, isGood, note = "") {
  const good = isGood(told, asked);
  if (!good) missed += 1;
  console.log(`${good ? "ok    " : "MISSED"} ${what.padEnd(44)} ${String(told).padStart(8)} (asked ${asked}) ${note}`);
}

// The median over visits with an empty cache, signed in.
async function firstPaint(storageState) {
  const times = [];
  for (let i = 0; i < PAINTS; i++) {
    const { context, page } = await stage.visit("/", { storageState });
    await page.locator("h1").waitFor(LIMIT);
    times.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
    await context.close();
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(PAINTS / 2)]);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
