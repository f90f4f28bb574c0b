// The sample dataset with analyses computed beforehand, for browser tests and pictures.
import { LIMIT } from "./stage.mjs";

// What is analysed of the sample dataset: the kind and its parameters.
export const ANALYSES = [
  ["descriptive", {}],
  ["correlation", { methods: ["spearman", "cramers_v"] }],
  ["distribution", { column: "price" }],
  ["grouped", { by: [{ column: "product" }], measures: [{ function: "sum", column: "price", share: true }, { function: "count" }], totals: true }],
  ["compare", { test: "kruskal_wallis", value: "price", by: "product" }],
  ["regression", { target: "price", columns: ["units", "rating", "region"] }],
  ["timeseries", { time: "ordered_at", value: "price", every: "week", aggregate: "sum" }],
];

// The sample dataset, uploaded by its button, and every analysis of it; each with the address of its page.
export async function sample(page, analyses = ANALYSES) {
  await page.getByRole("button", { name: "Use the sample dataset" }).click(LIMIT);
  await page.getByRole("region", { name: "Uploads" }).getByRole("link", { name: "Open" }).waitFor(LIMIT);
  const { dataset, jobs } = await page.evaluate(async (asked) => {
    const json = async (answer) => (await answer).json();
    const { csrf_token: token } = await json(fetch("/api/v1/auth/session"));
    const { items } = await json(fetch("/api/v1/datasets"));
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": token, Prefer: "wait=30" };
    const jobs = [];
    for (const [kind, params] of asked) {
      const body = JSON.stringify({ dataset_id: items[0].id, ...params });
      const job = await json(fetch(`/api/v1/analysis/${kind}`, { method: "POST", headers, body }));
      if (job.status !== "succeeded") throw new Error(`${kind}: ${JSON.stringify(job)}`);
      jobs.push(job.id);
    }
    return { dataset: items[0].id, jobs };
  }, analyses);
  const pages = analyses.map(([kind, params], i) => [kind, analysisPath({ dataset, kind, job: jobs[i], params })]);
  return { dataset, pages };
}

export function analysisPath(search) {
  const plain = Object.entries(search).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
  return `/analysis?${new URLSearchParams(plain)}`;
}

// Scrolls through the page once, since charts are drawn when they come into sight, and waits until all are there.
export async function drawn(page) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
      window.scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 30));
    }
    window.scrollTo(0, 0);
  });
  const all = () => [...document.querySelectorAll(".chart-place")].every((place) => place.querySelector(".main-svg"));
  await page.waitForFunction(all, undefined, LIMIT);
}
