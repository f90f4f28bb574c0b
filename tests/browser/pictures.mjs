// Makes pictures of the main pages, light, dark and on a phone, of a year of orders: node pictures.mjs FOLDER [WORD…].
// Words choose pictures by name. Run by scripts/screenshots.sh.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ANALYSES, analysisPath, drawn, sample } from "./analyses.mjs";
import { dataset as named, openUpload, person } from "./people.mjs";
import { LIMIT, Stage, still } from "./stage.mjs";

const [folder, ...words] = process.argv.slice(2);
const PHONE = { colorScheme: "light", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1440, height: 1000 } },
  dark: { colorScheme: "dark", viewport: { width: 1440, height: 1000 } },
  phone: PHONE,
  "phone-dark": { ...PHONE, colorScheme: "dark" },
};
const fullPage = process.env.WHOLE === "1";

const stage = await Stage.open();
try {
  await mkdir(folder, { recursive: true });
  const { page, context, ask } = await person(stage, "ada");
  await page.getByRole("button", { name: "Use the sample dataset" }).click();
  await openUpload(page);
  await named(ask, "stores.csv", "store,city,opened\n1,Lyon,2019-04-01\n2,Oslo,2021-09-15\n");
  await named(ask, "returns 2025.csv", "order_id,reason\n10007,size\n10412,colour\n11120,late\n");
  const { dataset, pages: analyses } = await sample(page, ANALYSES);
  const storageState = await context.storageState();
  const pages = [
    ["home", "/"],
    ["datasets", "/datasets"],
    ["rows", `/datasets/${dataset}`],
    ["columns", `/datasets/${dataset}?tab=columns`],
    ["jobs", "/jobs"],
    ["form", analysisPath({ dataset, kind: "grouped" })],
    ["admin", "/admin"],
    ["sign-in", "/sign-in"],
    ...analyses,
    ...(await charts(page, dataset)),
  ];
  // A word is a page in every look, or one look of it: `home`, `home-phone-dark`.
  const isWanted = (name, look) => words.length === 0 || words.includes(name) || words.includes(`${name}-${look}`);
  for (const [look, options] of Object.entries(LOOKS)) {
    const usual = words.length === 0 || look !== "phone-dark";
    const wanted = pages.filter(([name]) => (usual ? isWanted(name, look) : words.includes(`${name}-${look}`)));
    const doors = wanted.filter(([name]) => name === "sign-in");
    const within = wanted.filter(([name]) => name !== "sign-in");
    const all = { ...options, reducedMotion: "reduce" };
    if (doors.length > 0) await take(look, all, doors);
    if (within.length > 0) await take(look, { ...all, storageState }, within);
  }
} finally {
  await stage.close();
}

// A chart in the builder, and some saved ones on a board and in the list.
async function charts(page, dataset) {
  const month = { column: "ordered_at", granularity: "month" };
  const revenue = [{ column: "revenue", aggregate: "sum" }];
  const saved = [
    ["Revenue by month and region", { kind: "line", x: month, y: revenue, color: { column: "region" } }],
    ["Revenue by product", { kind: "bar", x: { column: "product", sort: "-value" }, y: revenue }],
    ["Prices", { kind: "histogram", x: { column: "price", bin: { count: 40 } }, color: { column: "region" }, options: { stack: "stacked" } }],
    ["Price and rating", { kind: "box", x: { column: "product" }, y: [{ column: "price" }] }],
    ["Orders by month and product", { kind: "heatmap", x: month, y: [{ column: "product" }] }],
    ["Revenue of the last month", { kind: "number", x: month, y: revenue, options: { comparison: "previous" } }],
    ["Shares of regions", { kind: "pie", x: { column: "region" }, y: revenue, options: { hole: 0.62 } }],
    ["Price against revenue", { kind: "scatter", x: { column: "price" }, y: [{ column: "revenue" }], color: { column: "region" } }],
    ["Revenue by region and product", { kind: "treemap", rows: [{ column: "region" }, { column: "product" }], size: revenue[0] }],
  ];
  const ids = await page.evaluate(
    async ([charts, id]) => {
      const { csrf_token: token } = await (await fetch("/api/v1/auth/session")).json();
      const headers = { "X-CSRF-Token": token, "Content-Type": "application/json" };
      const made = [];
      for (const [name, chart] of charts) {
        const body = JSON.stringify({ name, chart: { dataset_id: id, ...chart } });
        const answer = await fetch("/api/v1/visualizations", { method: "POST", headers, body });
        if (!answer.ok) throw new Error(await answer.text());
        made.push((await answer.json()).id);
      }
      return made;
    },
    [saved, dataset],
  );
  return [["builder", `/charts/${ids[0]}`], ["board", `/charts/board?ids=${ids.join(",")}`], ["charts", "/charts"]];
}

async function take(look, options, pages) {
  const { context, page } = await stage.visit("/", options);
  for (const [name, path] of pages) {
    await page.goto(stage.origin + path);
    await page.locator("h1").waitFor(LIMIT);
    await page.waitForFunction(() => !document.querySelector("[role=status][aria-label=Loading]"), undefined, LIMIT);
    await page.waitForLoadState("networkidle");
    await drawn(page);
    // On a phone the result lies below the form.
    if (look.startsWith("phone") && path.includes("job=") && !fullPage) {
      await page.getByRole("region", { name: "Result" }).evaluate((result) => result.scrollIntoView());
    }
    await still(page);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage });
    console.log(`${name}-${look}.png`);
  }
  await context.close();
}
