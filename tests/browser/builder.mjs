// What tests of the chart builder share: its fields, its chart, and what the server was asked for.
import { LIMIT } from "./stage.mjs";

export const well = (page, name) => page.getByRole("group", { name, exact: true });
export const preview = (page) => page.getByRole("region", { name: "Chart", exact: true });

// Chooses a column in a field of the chart with the keyboard alone.
export async function pick(page, channel, column) {
  const field = page.getByRole("combobox", { name: `Column for ${channel}`, exact: true }).or(page.getByRole("textbox", { name: `Column for ${channel}`, exact: true }));
  await field.focus();
  await page.keyboard.type(column);
  // Enter takes the option that stands out, which the first one does a moment after the list has narrowed.
  const first = page.getByRole("option", { name: column, exact: true }).and(page.locator("[data-combobox-selected]"));
  await first.waitFor(LIMIT);
  await page.keyboard.press("Enter");
  await well(page, channel).getByRole("button", { name: new RegExp(`^${column}`) }).waitFor(LIMIT);
}

// Waits until the chart of the builder has been drawn, and no newer one is on its way.
export async function settled(page) {
  await page.locator('section.preview[aria-busy="false"] .chart-place[data-drawn="true"] .main-svg').first().waitFor(LIMIT);
}

// The spec that the server was last asked with.
export function watchSpecs(page) {
  const specs = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/visualizations/chart")) specs.push(request.postDataJSON().charts[0]);
  });
  return specs;
}
