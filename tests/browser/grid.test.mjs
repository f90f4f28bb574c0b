// The grid: filters, order, columns that are pinned, hidden and widened, copying, and moving through a table that is
// taller than browsers can scroll.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertQuiet, dataset, LIMIT, person } from "./people.mjs";
import { Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

const REGIONS = ["North", "South", "East"];

function orders(rows) {
  const lines = ["id,region,price,note"];
  for (let i = 0; i < rows; i++) lines.push(`${i},${REGIONS[i % 3]},${i % 7 === 0 ? "" : i / 2},"n, ${i}"`);
  return `${lines.join("\n")}\n`;
}

// A menu that was used before may still be fading out, so the item is looked for in this column's menu alone.
async function column(page, name, item) {
  const label = `Column ${name}: sort, filter, pin, hide, width`;
  await page.getByRole("button", { name: label }).click(LIMIT);
  await page.getByRole("menu", { name: label }).getByRole("menuitem", { name: item, exact: true }).click(LIMIT);
}

const heads = async (page) => (await page.getByRole("columnheader").locator(".grid-name").allTextContents()).map((text) => text.trim());

test("rows are filtered and sorted, and the address keeps both", async () => {
  const { page, ask, complaints } = await person(stage, "ada");
  const { id } = await dataset(ask, "orders.csv", orders(2_100));
  await page.goto(`${stage.origin}/datasets/${id}`);
  await page.getByText("2,100 rows").first().waitFor(LIMIT);

  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Column" }).click();
  await page.getByRole("option", { name: "region" }).click();
  await dialog.getByLabel("Condition").selectOption("in");
  await dialog.getByLabel("Value").fill("North, East");
  await dialog.getByRole("button", { name: "Add filter" }).click();
  await page.getByText("1,400 of 2,100 rows").waitFor(LIMIT);
  await column(page, "price", "Without missing");
  await page.getByText("1,200 of 2,100 rows").waitFor(LIMIT);
  await column(page, "id", "Sort descending");
  await page.getByRole("gridcell", { name: "2,099", exact: true }).waitFor(LIMIT);
  assert.equal(await page.locator(".grid .missing").count(), 0);

  await page.reload();
  await page.getByText("1,200 of 2,100 rows").waitFor(LIMIT);
  await page.getByRole("gridcell", { name: "2,099", exact: true }).waitFor(LIMIT);
  await page.getByRole("button", { name: "Remove the filter: region is one of North, East" }).click();
  await page.getByText("1,800 of 2,100 rows").waitFor(LIMIT);
  await column(page, "price", "Only missing");
  await page.getByText("No row satisfies the filter").waitFor(LIMIT);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByText("2,100 rows").first().waitFor(LIMIT);
  assertQuiet(complaints);
});

test("columns are pinned, hidden and widened, which the browser remembers", async () => {
  const { page, ask, complaints } = await person(stage, "berta");
  const { id } = await dataset(ask, "orders.csv", orders(100));
  await page.goto(`${stage.origin}/datasets/${id}`);
  await column(page, "price", "Pin");
  assert.deepEqual(await heads(page), ["price", "id", "region", "note"]);
  await column(page, "region", "Hide");
  assert.deepEqual(await heads(page), ["price", "id", "note"]);
  const cell = page.getByRole("gridcell", { name: "n, 3", exact: true });
  const width = async () => (await cell.boundingBox()).width;
  assert.equal(await width(), 150);
  const edge = page.getByRole("columnheader").filter({ hasText: "note" }).locator(".grid-edge");
  const { x, y } = await edge.boundingBox();
  await page.mouse.move(x + 3, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + 83, y + 10, { steps: 4 });
  await page.mouse.up();
  assert.ok(Math.abs((await width()) - 230) <= 2, `${await width()}`);
  await page.reload();
  await cell.waitFor(LIMIT);
  assert.deepEqual(await heads(page), ["price", "id", "note"]);
  assert.ok(Math.abs((await width()) - 230) <= 2);
  await page.getByRole("button", { name: "1 hidden column" }).click();
  await page.getByRole("menuitem", { name: "Show region" }).click();
  assert.deepEqual(await heads(page), ["price", "id", "region", "note"]);
  assertQuiet(complaints);
});

test("a selection is copied with its headers, by keyboard and by mouse", async () => {
  const { page, ask, complaints } = await person(stage, "clara", { permissions: ["clipboard-read", "clipboard-write"] });
  const { id } = await dataset(ask, "orders.csv", orders(900));
  await page.goto(`${stage.origin}/datasets/${id}`);
  await page.getByRole("gridcell", { name: "n, 0", exact: true }).waitFor(LIMIT);
  const grid = page.getByRole("grid");
  await grid.focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Control+c");
  await page.getByText("8 cells copied with their headers").waitFor(LIMIT);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  assert.equal(await copied(), "id\tregion\tprice\tnote\n0\tNorth\t\tn, 0\n1\tSouth\t0.5\tn, 1");

  const from = await page.locator("#cell-3-1").boundingBox();
  const to = await page.locator("#cell-4-2").boundingBox();
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 10, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.press("Control+c");
  await page.getByText("4 cells copied with their headers").waitFor(LIMIT);
  assert.equal(await copied(), "region\tprice\nNorth\t1.5\nSouth\t2");

  // Rows that were never seen are asked for.
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.getByText("3,600 cells copied with their headers").waitFor(LIMIT);
  const lines = (await copied()).split("\n");
  assert.deepEqual([lines.length, lines[900]], [901, "899\tEast\t449.5\tn, 899"]);
  assertQuiet(complaints);
});

test("End reaches the last row exactly, and PageDown skips none, of 400,000 rows", async () => {
  const { page, ask, complaints } = await person(stage, "dora");
  const rows = 400_000;
  const text = `n\n${Array.from({ length: rows }, (_, i) => i).join("\n")}\n`;
  const { id } = await dataset(ask, "tall.csv", text);
  await page.goto(`${stage.origin}/datasets/${id}`);
  const shown = (n) => page.getByRole("gridcell", { name: n.toLocaleString("en-US"), exact: true });
  await shown(0).waitFor(LIMIT);
  await page.getByRole("grid").focus();
  await page.keyboard.press("End");
  await shown(rows - 1).waitFor(LIMIT);
  const gap = await page.evaluate((last) => {
    const box = document.querySelector(".grid").getBoundingClientRect();
    const row = document.querySelector(`#cell-${last}-0`).getBoundingClientRect();
    return box.bottom - row.bottom;
  }, rows - 1);
  assert.ok(gap >= 0 && gap < 20, `the last row ends ${gap} px above the edge`);
  assert.equal(await page.getByRole("row").last().getAttribute("aria-rowindex"), String(rows + 1));

  await page.keyboard.press("Home");
  await shown(0).waitFor(LIMIT);
  const seen = new Set();
  for (let i = 0; i < 30; i++) {
    for (const row of await visible(page)) seen.add(row);
    await page.keyboard.press("PageDown");
  }
  const all = [...seen].sort((a, b) => a - b);
  assert.deepEqual(all, Array.from({ length: all.length }, (_, i) => i));
  assert.ok(all.length > 300);
  assertQuiet(complaints);
});

// The rows that lie wholly within the grid, counted from 0.
function visible(page) {
  return page.evaluate(() => {
    const box = document.querySelector(".grid").getBoundingClientRect();
    const head = document.querySelector(".grid-head").getBoundingClientRect().bottom;
    const rows = [...document.querySelectorAll(".grid-row")].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= head - 1 && bottom <= box.bottom + 1;
    });
    return rows.map((row) => Number(row.getAttribute("aria-rowindex")) - 2);
  });
}
