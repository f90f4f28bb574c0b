// Datasets from the first file to the last version: options of reading, failures, what was left out, names, the bin,
// versions, and the fewest clicks to a histogram.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertQuiet, dataset, LIMIT, lookFirst, openUpload, person, upload } from "./people.mjs";
import { Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

const GERMAN = `Artikel;Preis;Datum\n${Array.from({ length: 60 }, (_, i) => `Stift ${i};1.2${(i % 90) + 10},50;${(i % 28) + 1}.02.2024`).join("\n")}\n`;

test("a file is looked at, read with other options, and read again as a new version", async () => {
  const { page, complaints } = await person(stage, "ada");
  await lookFirst(page, "artikel.csv", GERMAN);
  await page.getByText("has not been read").waitFor(LIMIT);
  const preview = page.getByRole("region", { name: "The first rows as they would be stored" }).first();
  await preview.getByText("The whole file: 60 rows, 3 columns.").waitFor(LIMIT);
  assert.equal(await page.getByLabel("Separator").getAttribute("placeholder"), "Detected: ;");
  assert.match(await page.getByLabel("Decimal mark").locator("option").first().textContent(), /comma/);
  assert.equal(await preview.getByRole("row").count(), 51, "fifty rows and their head");

  // Each choice shows at once what it does.
  await preview.getByLabel("Type of Preis").selectOption("text");
  await preview.getByRole("cell", { name: "1.210,50" }).waitFor(LIMIT);
  await page.getByLabel("Header").selectOption("false");
  await preview.getByText("The whole file: 61 rows").waitFor(LIMIT);
  await page.getByRole("button", { name: "As detected" }).click();
  await preview.getByText("The whole file: 60 rows").waitFor(LIMIT);
  await page.getByLabel("Separator").fill("ab");
  await page.getByRole("alert").getByText(/Give one ASCII character/).waitFor(LIMIT);
  assert.ok(await page.getByRole("button", { name: "Read the file" }).isDisabled());
  await page.getByLabel("Separator").fill("");
  await preview.getByLabel("Type of Preis").selectOption("text");
  await preview.getByRole("cell", { name: "1.210,50" }).waitFor(LIMIT);
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.getByRole("gridcell", { name: "1.210,50" }).waitFor(LIMIT);

  await page.getByRole("tab", { name: "How it is read" }).click();
  await page.getByRole("button", { name: "Read again as a new version" }).click(LIMIT);
  await page.getByText("version 2").waitFor(LIMIT);
  await page.getByRole("tab", { name: "Rows" }).click();
  await page.getByRole("gridcell", { name: "1,210.5", exact: true }).waitFor(LIMIT);
  await page.getByRole("tab", { name: "Versions" }).click();
  const look = page.getByRole("tabpanel").getByRole("link", { name: "Look" });
  await look.waitFor(LIMIT);
  assert.equal(await page.getByRole("tabpanel").getByRole("row").count(), 3);
  await look.click();
  await page.getByText("This is version 1, not the newest").waitFor(LIMIT);
  await page.getByRole("gridcell", { name: "1.210,50" }).waitFor(LIMIT);
  await page.getByRole("link", { name: "To the newest version" }).click();
  await page.getByRole("gridcell", { name: "1,210.5", exact: true }).waitFor(LIMIT);
  assertQuiet(complaints, ["422"]);
});

test("a file that fails says where and why, takes the suggested fix, and shows what was left out", async () => {
  const { page, complaints, ask } = await person(stage, "berta");
  await upload(page, "notes.csv", "id,word\n1,a\n2\n3,c\n");
  await openUpload(page);
  const alert = page.getByRole("alert").filter({ hasText: "could not be read" });
  await alert.getByText("Line 3, column word").waitFor(LIMIT);
  await alert.getByRole("cell", { name: "Line 3 has 1 field, but the header has 2." }).waitFor(LIMIT);
  await page.getByRole("button", { name: "Allow 34 %" }).click(LIMIT);
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.getByRole("tab", { name: "Left out (1)" }).click(LIMIT);
  await page.getByText("3 rows in the file = 2 stored + 1 left out").waitFor(LIMIT);
  const row = page.getByRole("tabpanel").getByRole("row").nth(1);
  assert.deepEqual(await row.getByRole("cell").allTextContents(), [
    "3", "word", "–", "Line 3 has 1 field, but the header has 2.", "2",
  ]);
  const href = await page.getByRole("link", { name: "Download all as CSV" }).getAttribute("href");
  assert.match(await (await ask("GET", href)).text(), /^line,column,value,reason,detail,text\r\n3,word,,field_count,/);
  assertQuiet(complaints);
});

test("a dataset is renamed, described, deleted, taken back, and deleted for good", async () => {
  const { page, complaints, ask } = await person(stage, "clara");
  const { id } = await dataset(ask, "old.csv", "a,b\n1,2\n");
  await page.goto(`${stage.origin}/datasets/${id}`);
  await page.getByRole("button", { name: "Edit" }).click(LIMIT);
  await page.getByRole("textbox", { name: "Name" }).fill("Shops 2026");
  await page.getByRole("textbox", { name: "Description" }).fill("All shops.\nFrom the till.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Shops 2026" }).waitFor(LIMIT);
  await page.getByText("From the till.").waitFor(LIMIT);

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Undo" }).click(LIMIT);
  await page.getByRole("link", { name: "Shops 2026" }).click(LIMIT);
  await page.getByRole("button", { name: "Delete" }).click(LIMIT);
  await page.getByText("No dataset yet").waitFor(LIMIT);
  await page.getByRole("link", { name: "Bin" }).click();
  await page.getByRole("button", { name: "Restore" }).click(LIMIT);
  await page.getByText("The bin is empty").waitFor(LIMIT);
  await ask("DELETE", `/api/v1/datasets/${id}`);
  await page.reload();
  await page.getByRole("button", { name: "Delete for good: Shops 2026" }).click(LIMIT);
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await page.getByText("The bin is empty").waitFor(LIMIT);
  assert.equal((await ask("POST", `/api/v1/datasets/${id}/restore`)).status(), 404);
  assertQuiet(complaints);
});

test("from a file to its first histogram takes at most three clicks, and the sample one", async () => {
  const { page, complaints } = await person(stage, "dora");
  await page.evaluate(() => {
    window.clicks = 0;
    window.addEventListener("click", (event) => event.isTrusted && window.clicks++, true);
  });
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload" }).click();
  await (await chosen).setFiles({ name: "prices.csv", mimeType: "text/csv", buffer: Buffer.from(prices(500)) });
  await openUpload(page);
  await page.getByRole("img", { name: /^Histogram of price/ }).waitFor(LIMIT);
  // The page itself opens the chooser with a click of its own, which no person makes.
  const clicks = await page.evaluate(() => window.clicks);
  assert.ok(clicks <= 3, `${clicks} clicks`);

  const fresh = await person(stage, "dorothea");
  await fresh.page.getByRole("button", { name: "Use the sample dataset" }).click();
  await openUpload(fresh.page);
  await fresh.page.getByRole("heading", { name: "Palmer penguins" }).waitFor(LIMIT);
  await fresh.page.getByText("Licence: CC0", { exact: false }).waitFor(LIMIT);
  await fresh.page.getByText("344 rows").first().waitFor(LIMIT);
  assert.ok((await fresh.page.getByRole("gridcell", { name: "null" }).count()) > 0);
  assertQuiet([...complaints, ...fresh.complaints]);
});

function prices(rows) {
  return `id,price\n${Array.from({ length: rows }, (_, i) => `${i},${(i * 7) % 101}.5`).join("\n")}\n`;
}
