// What docs/methods.md says about a figure: the one text about methods, cut into what belongs to each name.
import document from "../../../../../../docs/methods.md?raw";

export interface Method {
  /** What the figure is, in Markdown. */
  text: string;
  /** Further cells of the same row of the table: "null or edge", "p-value", … */
  more: { head: string; text: string }[];
}

type Methods = Map<string, Method>;

/** Kinds whose figures are defined among the column summaries. */
const SUMMARIES = ["descriptive", "grouped"];
const known = new Map<string, Methods>();

/** The whole text about a kind, in Markdown. */
export function methodsOf(kind: string): string {
  const own = section(kind);
  return kind === "descriptive" ? `${own}\n\n${section("column summaries")}` : own;
}

/** What is known about a figure of a kind; its name is the one in the answer. */
export function methodOf(kind: string, figure: string): Method | undefined {
  let methods = known.get(kind);
  if (!methods) {
    methods = index(section(kind));
    if (SUMMARIES.includes(kind))
      for (const [name, one] of index(section("column summaries"))) if (!methods.has(name)) methods.set(name, one);
    known.set(kind, methods);
  }
  return methods.get(figure);
}

function section(name: string): string {
  const sections = document.split(/\n## /).slice(1);
  const found = sections.find((one) => one.slice(0, one.indexOf("\n")).trim().toLowerCase() === name);
  return found ? found.slice(found.indexOf("\n")).trim() : "";
}

/** Rows of tables by the names in their first cell; then list items and paragraphs by the names that they hold. */
export function index(markdown: string): Methods {
  const methods: Methods = new Map();
  const blocks = markdown.split(/\n\n+/);
  for (const block of blocks.filter(isTable)) {
    const [head = [], , ...rows] = block.split("\n").map(cells);
    for (const row of rows) {
      const [first = "", text = "", ...others] = row;
      const more = others.map((cell, i) => ({ head: head[i + 2] ?? "", text: cell })).filter((one) => one.text !== "");
      for (const name of names(first)) put(methods, name, { text, more });
    }
  }
  for (const block of blocks.filter((one) => !isTable(one))) {
    for (const item of block.startsWith("- ") ? block.split(/\n(?=- )/) : [block]) {
      const text = item.replace(/^- /, "").replace(/\n\s*/g, " ");
      const subject = /^\*([^*]+?)\.?\*/.exec(text)?.[1]?.toLowerCase();
      if (subject) put(methods, subject, { text, more: [] });
      for (const name of names(text)) put(methods, name, { text, more: [] });
    }
  }
  return methods;
}

function put(methods: Methods, name: string, method: Method) {
  if (!methods.has(name)) methods.set(name, method);
}

const isTable = (block: string) => block.startsWith("|");
const names = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? "");
/** The cells of a row; `\|` is a bar within a cell. */
export const cells = (row: string) =>
  row
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
