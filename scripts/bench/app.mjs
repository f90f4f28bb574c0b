// Measures what a person waits for in the web app, in Chromium against a server of its own: the first paint, the first
// rows of a table of a million rows, its next page, and its rows in a new order. Part `app` of scripts/bench.sh.
import { LIMIT, person } from "../../tests/browser/people.mjs";
import { Stage } from "../../tests/browser/stage.mjs";

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const VISITS = 7;
const PAGES = 100;
const PAGE_ROWS = 200;
const REGIONS = ["North", "South", "East", "West"];

function table() {
  const pieces = [Buffer.from("id,region,day,price,units,word\n")];
  let lines = [];
  let state = 1;
  for (let i = 0; i < ROWS; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const price = state % 13 === 0 ? "" : (state % 100_000) / 100;
    const day = `2025-${String((state % 12) + 1).padStart(2, "0")}-${String((state % 28) + 1).padStart(2, "0")}`;
    lines.push(`${i},${REGIONS[state & 3]},${day},${price},${state % 97},w${state % 5_000}`);
    if (lines.length === 50_000) {
      pieces.push(Buffer.from(`${lines.join("\n")}\n`));
      lines = [];
    }
  }
  pieces.push(Buffer.from(lines.join("\n")));
  return Buffer.concat(pieces);
}

const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const median = (values) => percentile(values, 0.5);

// Milliseconds from a click until the page shows what it is waited for, looked at before every frame.
async function fromClick(page, target, waiting, argument) {
  const waited = page.evaluate(waiting, argument);
  await target.click(LIMIT);
  return waited;
}

// The next two run in the page, each by itself.
function rowsAreThere() {
  return new Promise((resolve) => {
    let begun;
    window.addEventListener("click", () => { begun = performance.now(); }, { capture: true, once: true });
    const look = () => {
      const cells = [...document.querySelectorAll(".grid-row [role=gridcell]")];
      if (begun !== undefined && cells.some((cell) => cell.textContent !== "")) resolve(performance.now() - begun);
      else requestAnimationFrame(look);
    };
    look();
  });
}

function rowsAreSortedBy(name) {
  return new Promise((resolve) => {
    let begun;
    window.addEventListener("click", () => { begun = performance.now(); }, { capture: true, once: true });
    const look = () => {
      const heads = [...document.querySelectorAll("[role=columnheader][aria-sort=ascending]")];
      const cell = document.querySelector(".grid-row [role=gridcell]");
      const isThere = heads.some((head) => head.textContent.startsWith(name)) && cell !== null && cell.textContent !== "";
      if (begun !== undefined && isThere && !document.querySelector(".grid[aria-busy=true]")) resolve(performance.now() - begun);
      else requestAnimationFrame(look);
    };
    look();
  });
}

async function measure(stage) {
  const { page, ask } = await person(stage, "bench");
  const multipart = { file: { name: "million.csv", mimeType: "text/csv", buffer: table() } };
  const answer = await (await ask("POST", "/api/v1/datasets/upload", { multipart, timeout: 120_000 })).json();
  const { id } = answer.dataset;
  await page.goto(`${stage.origin}/datasets`);
  const link = page.locator("td a.link");
  await page.getByText("Ready").waitFor({ timeout: 300_000 });

  const figures = [];
  // The very first look after reading, when nothing is remembered.
  figures.push(["first rows right after reading", 300, await fromClick(page, link, rowsAreThere)]);
  const firstRows = [];
  const paints = [];
  for (let i = 0; i < VISITS; i++) {
    await page.goto(`${stage.origin}/datasets`, { waitUntil: "load" });
    paints.push(await page.evaluate(firstPaint));
    await link.waitFor(LIMIT);
    firstRows.push(await fromClick(page, link, rowsAreThere));
  }
  figures.push([`first rows, median of ${VISITS} visits`, 300, median(firstRows)]);
  figures.push([`first contentful paint, worst of ${VISITS}`, 1_000, Math.max(...paints)]);

  const pages = await page.evaluate(nextPages, [id, PAGES, PAGE_ROWS]);
  figures.push([`next page of ${PAGE_ROWS} rows, p95 of ${PAGES}`, 100, percentile(pages, 0.95)]);

  const sorts = [];
  for (const name of ["price", "day", "region", "units", "word"]) {
    const head = page.getByRole("columnheader").filter({ hasText: name }).locator(".grid-name");
    sorts.push(await fromClick(page, head, rowsAreSortedBy, name));
  }
  figures.push(["rows in a new order, median of 5 columns", 800, median(sorts)]);
  figures.push(["rows in a new order, worst of 5 columns", 800, Math.max(...sorts)]);
  return figures;
}

async function firstPaint() {
  for (let i = 0; i < 100; i++) {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint) return paint.startTime;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Number.POSITIVE_INFINITY;
}

// Pages spread over the table, each asked for once, so that none is remembered.
async function nextPages([id, pages, rows]) {
  const times = [];
  for (let i = 1; i <= pages; i++) {
    const begun = performance.now();
    const answer = await fetch(`/api/v1/datasets/${id}/rows?offset=${i * 9_000}&limit=${rows}`);
    await answer.json();
    times.push(performance.now() - begun);
  }
  return times;
}

const stage = await Stage.open();
let figures;
try {
  figures = await measure(stage);
} finally {
  await stage.close();
}
console.log(`${"".padEnd(62)} ${"asked".padStart(14)} ${"measured".padStart(14)}`);
for (const [name, most, measured] of figures) {
  const verdict = measured > most ? "  MISSED" : "";
  console.log(`${name.padEnd(62)} ${`<= ${most} ms`.padStart(14)} ${`${measured.toFixed(0)} ms`.padStart(14)}${verdict}`);
}
process.exit(figures.some(([, most, measured]) => measured > most) ? 1 : 0);
