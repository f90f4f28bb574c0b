// Makes pictures of the main pages, light, dark and on a phone, of a year of orders: node pictures.mjs FOLDER [WORD…].
// Words choose pictures by name. Run by scripts/screenshots.sh.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ANALYSES, analysisPath, drawn, sample } from "./analyses.mjs";
import { person } from "./people.mjs";
import { LIMIT, Stage } from "./stage.mjs";

const [folder, ...words] = process.argv.slice(2);
const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1440, height: 1000 } },
  dark: { colorScheme: "dark", viewport: { width: 1440, height: 1000 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};
const fullPage = process.env.WHOLE === "1";

const stage = await Stage.open();
try {
  await mkdir(folder, { recursive: true });
  const { page, context } = await person(stage, "ada");
  const { dataset, pages: analyses } = await sample(page, ANALYSES);
  const storageState = await context.storageState();
  const pages = [
    ["home", "/"],
    ["datasets", "/datasets"],
    ["rows", `/datasets/${dataset}`],
    ["columns", `/datasets/${dataset}?tab=columns`],
    ["jobs", "/jobs"],
    ["form", analysisPath({ dataset, kind: "grouped" })],
    ...analyses,
  ].filter(([name]) => words.length === 0 || words.includes(name));
  for (const [look, options] of Object.entries(LOOKS)) await take(look, { ...options, storageState, reducedMotion: "reduce" }, pages);
} finally {
  await stage.close();
}

async function take(look, options, pages) {
  const { context, page } = await stage.visit("/", options);
  for (const [name, path] of pages) {
    await page.goto(stage.origin + path);
    await page.locator("h1").waitFor(LIMIT);
    await page.locator("[role=status][aria-label=Loading]").waitFor({ state: "detached", ...LIMIT });
    await page.waitForLoadState("networkidle");
    await drawn(page);
    // On a phone the result lies below the form.
    if (look === "phone" && path.includes("job=") && !fullPage) {
      await page.getByRole("region", { name: "Result" }).evaluate((result) => result.scrollIntoView());
    }
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage });
    console.log(`${name}-${look}.png`);
  }
  await context.close();
}
