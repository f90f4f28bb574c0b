// What tests of the app do again and again: register, upload, look at a dataset, ask the API as the person on a page.
import assert from "node:assert/strict";

import { LIMIT } from "./stage.mjs";

export const PASSWORD = "plum-orbit-canyon-47";
export { LIMIT };

// A person with an account of their own, on a page of their own.
export async function person(stage, name, options = {}) {
  const visit = await stage.visit("/register", options);
  const { page, context } = visit;
  await page.getByLabel("E-mail").fill(`${name}@example.org`);
  await page.getByLabel("User name").fill(name);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create an account" }).click();
  await page.getByRole("heading", { name: "Tables in, answers out" }).waitFor(LIMIT);
  // Asks the API with the page's own session.
  const ask = async (method, path, options = {}) => {
    const session = await (await context.request.get(`${stage.origin}/api/v1/auth/session`)).json();
    const headers = { "X-CSRF-Token": session.csrf_token, ...options.headers };
    return context.request.fetch(stage.origin + path, { method, ...options, headers });
  };
  return { ...visit, ask };
}

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

export async function upload(page, name, text) {
  await page.locator('input[name="upload"]').first().setInputFiles(file(name, text));
}

export async function lookFirst(page, name, text) {
  await page.locator('input[name="look"]').first().setInputFiles(file(name, text));
}

export async function openUpload(page) {
  await page.getByRole("region", { name: "Uploads" }).getByRole("link", { name: "Open" }).first().click(LIMIT);
}

// Uploads through the API and waits until the file has been read.
export async function dataset(ask, name, text, query = "") {
  const answer = await ask("POST", `/api/v1/datasets/upload${query}`, {
    multipart: { file: file(name, text) },
    headers: { Prefer: "wait=30" },
  });
  assert.ok(answer.ok(), await answer.text());
  return (await answer.json()).dataset;
}

// Nothing was logged that a person would call broken. Asking who is signed in is answered with 401 when nobody is; the
// browser logs that as an error, like every other answer that `expected` names.
export function assertQuiet(complaints, expected = []) {
  const left = complaints.filter((text) => !["401", ...expected].some((known) => text.includes(known)));
  assert.deepEqual(left, []);
}
