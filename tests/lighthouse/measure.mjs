// Lighthouse's score of accessibility on the main pages, and the first contentful paint over loopback; ends with 1 when
// one misses what is promised. Run by `scripts/bench.sh web`, which names the program and the packages.
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sample } from "../browser/analyses.mjs";
import { saveAll } from "../browser/charts.mjs";
import { person } from "../browser/people.mjs";
import { LIMIT, Stage } from "../browser/stage.mjs";

const SCORE = 0.98;
const FIRST_PAINT_MS = 1_000;
const PAINTS = 5;

// Pages of those who are not signed in.
const DOORS = [["sign in", "/sign-in"], ["register", "/register"]];
const MONTH = { column: "ordered_at", granularity: "month" };
const REVENUE = [{ column: "revenue", aggregate: "sum" }];
const CHARTS = [
  ["Revenue by month", { kind: "line", x: MONTH, y: REVENUE, color: { column: "region" } }],
  ["Revenue by product", { kind: "bar", x: { column: "product" }, y: REVENUE }],
  ["Prices", { kind: "histogram", x: { column: "price" } }],
  ["Regions and products", { kind: "pivot", rows: [{ column: "product" }], columns: [{ column: "region" }], y: REVENUE }],
];

const packages = createRequire(join(process.env.PLOTLINE_BROWSER_PACKAGES, "package.json"));
const { default: lighthouse } = await import(pathToFileURL(packages.resolve("lighthouse")));

const port = await freePort();
const stage = await Stage.open([`--remote-debugging-port=${port}`]);
let missed = 0;
try {
  const { page, context, ask } = await person(stage, "ada");
  const { dataset, pages } = await sample(page);
  const ids = await saveAll(ask, dataset, CHARTS);
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const main = [["home", "/"], ["datasets", "/datasets"], ["dataset", `/datasets/${dataset}`], ["jobs", "/jobs"], ...pages,
    ["charts", "/charts"], ["new chart", `/datasets/${dataset}/charts/new`], ["builder", `/charts/${ids[0]}`],
    ["board", `/charts/board?ids=${ids.join(",")}`], ["administration", "/admin"], ["accounts", "/admin?tab=users"], ["profile", "/profile"]];
  for (const [name, path] of [...DOORS, ...main]) {
    const extraHeaders = DOORS.some(([door]) => door === name) ? {} : { Cookie: cookies };
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
