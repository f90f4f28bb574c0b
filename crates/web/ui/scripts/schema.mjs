// Writes src/api/schema.ts from docs/openapi.json; with --check it only compares and fails on a difference.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../../../docs/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.ts", import.meta.url);
const header = "// Generated from docs/openapi.json by `npm run schema`. Do not edit.\n\n";

const made = header + astToString(await openapiTS(source));
if (process.argv.includes("--check")) {
  const committed = await readFile(target, "utf8");
  if (committed !== made) {
    console.error("src/api/schema.ts is not what docs/openapi.json says: run `npm run schema` and commit it.");
    process.exit(1);
  }
} else {
  await writeFile(target, made);
}
