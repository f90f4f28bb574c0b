// Charts that suit some columns: rules by what the columns are, the best first.
import { t } from "../../text";
import { isNumeric, isTime } from "./accepting";
import { areCountries, soundsLikeCountry } from "./countries";
import type { ChartSpec, Column } from "./types";

/** What a rule knows of a column beside its type. */
export interface Facts {
  distinct?: number;
  rows?: number;
  /** The most frequent values. */
  top?: unknown[];
}

export interface Suggestion {
  title: string;
  spec: ChartSpec;
}

type Role = "time" | "number" | "category" | "country" | "latitude" | "longitude" | "key";
interface Known {
  column: Column;
  role: Role;
  facts: Facts;
}

const FEW = 12;
const MOST = 8;

export function suggestions(dataset: string, columns: Column[], facts: Map<string, Facts> = new Map()): Suggestion[] {
  const known = columns.map((column) => {
    const its = facts.get(column.name) ?? {};
    return { column, facts: its, role: roleOf(column, its) };
  });
  const found = known.length === 1 && known[0] ? ofOne(known[0]) : ofMany(known);
  const isSecond = (one: Suggestion, at: number) => found.findIndex(({ title }) => title === one.title) < at;
  return found
    .map(({ title, spec }) => ({ title, spec: { ...spec, dataset_id: dataset } }))
    .filter((one, at) => !isSecond(one, at))
    .slice(0, MOST);
}

export function roleOf(column: Column, facts: Facts = {}): Role {
  const name = column.name.toLowerCase();
  if (isTime(column.type)) return "time";
  if (column.type !== "integer" && /^(lat|latitude)$|_lat(itude)?$/.test(name) && isNumeric(column.type))
    return "latitude";
  if (
    column.type !== "integer" &&
    /^(lon|lng|long|longitude)$|_(lon|lng|longitude)$/.test(name) &&
    isNumeric(column.type)
  )
    return "longitude";
  if (isKey(column, facts)) return "key";
  if (column.type === "text" && (soundsLikeCountry(column.name) || areCountries(facts.top ?? []))) return "country";
  if (!isNumeric(column.type)) return "category";
  // Years and other numbers that are few and whole tell groups rather than sizes.
  return column.type === "integer" && isLabel(name, facts) ? "category" : "number";
}

/** Numbers of orders and the like: their sum says nothing. */
function isKey({ name, type }: Column, { distinct, rows }: Facts): boolean {
  const isNamed = /(^|[_\s])(id|key|code|uuid|number|nr)$/i.test(name) || /[a-z]Id$/.test(name);
  if (type !== "integer" && type !== "text") return false;
  if (distinct === undefined || !rows) return isNamed && type === "integer";
  return distinct > 50 && ((isNamed && distinct / rows > 0.5) || (type === "text" && distinct / rows > 0.9));
}

const isLabel = (name: string, { distinct }: Facts) =>
  /(^|_)(year|month|quarter|week|weekday|day|hour|rank|class|grade|level)$/.test(name) && (distinct ?? 0) <= 200;

type Draft = Omit<ChartSpec, "dataset_id">;
const draft = (title: string, spec: Draft): Suggestion => ({ title, spec: { dataset_id: "", ...spec } });
const of = (known: Known) => ({ column: known.column.name });
const sum = (known: Known) => ({ column: known.column.name, aggregate: "sum" as const });
const mean = (known: Known) => ({ column: known.column.name, aggregate: "mean" as const });
const monthly = (known: Known) => ({ column: known.column.name, granularity: "month" as const });
const largest = (known: Known) => ({ column: known.column.name, sort: "-value" as const, ...limit(known) });
const limit = ({ facts }: Known) => ((facts.distinct ?? 0) > 20 ? { limit: 20 } : {});
const isFew = ({ facts }: Known) => facts.distinct === undefined || facts.distinct <= FEW;
const name = (known: Known) => known.column.name;

function ofOne(one: Known): Suggestion[] {
  const of1 = { a: name(one) };
  switch (one.role) {
    case "time":
      return [
        draft(t("suggest.countOver", of1), { kind: "line", x: monthly(one), y: [{ aggregate: "count" }] }),
        draft(t("suggest.countBars", of1), { kind: "bar", x: monthly(one) }),
      ];
    case "number":
    case "latitude":
    case "longitude":
      return [
        draft(t("suggest.histogram", of1), { kind: "histogram", x: of(one) }),
        draft(t("suggest.box", of1), { kind: "box", y: [of(one)] }),
        draft(t("suggest.violin", of1), { kind: "violin", y: [of(one)] }),
        draft(t("suggest.total", of1), { kind: "number", y: [sum(one)] }),
      ];
    case "country":
      return [
        draft(t("suggest.mapCount", of1), { kind: "choropleth", x: of(one) }),
        draft(t("suggest.count", of1), { kind: "bar", x: largest(one) }),
        draft(t("suggest.treemap", of1), { kind: "treemap", rows: [of(one)] }),
      ];
    case "key":
      return [draft(t("suggest.distinct", of1), { kind: "number", y: [{ column: name(one), aggregate: "n_unique" }] })];
    case "category":
      return [
        draft(t("suggest.count", of1), { kind: "bar", x: largest(one) }),
        ...(isFew(one) ? [draft(t("suggest.pie", of1), { kind: "pie", x: of(one), options: { hole: 0.62 } })] : []),
        draft(t("suggest.treemap", of1), { kind: "treemap", rows: [of(one)] }),
      ];
  }
}

function ofMany(known: Known[]): Suggestion[] {
  const all = (...roles: Role[]) => known.filter(({ role }) => roles.includes(role));
  const [time] = all("time");
  const [latitude] = all("latitude");
  const [longitude] = all("longitude");
  const [country] = all("country");
  const numbers = all("number");
  const groups = all("category", "country");
  const found: Suggestion[] = [];
  if (latitude && longitude) {
    const rest = known.filter((one) => one !== latitude && one !== longitude);
    const color = rest.find(({ role }) => role !== "time" && role !== "key");
    const point: Draft = { kind: "point_map", x: of(longitude), y: [of(latitude)], ...(color && { color: of(color) }) };
    found.push(draft(t("suggest.points"), point));
  }
  if (time) found.push(...withTime(time, numbers, groups));
  if (!time && country && numbers[0]) {
    const values = { a: name(numbers[0]), b: name(country) };
    found.push(draft(t("suggest.map", values), { kind: "choropleth", x: of(country), color: sum(numbers[0]) }));
  }
  if (!time && numbers.length <= 1 && groups.length >= 2) found.push(...ofGroups(groups, numbers[0]));
  if (!time && numbers.length === 1 && groups.length === 1 && numbers[0] && groups[0])
    found.push(...ofGroupAndNumber(groups[0], numbers[0]));
  if (!time && numbers.length >= 2) found.push(...ofNumbers(numbers, groups[0]));
  found.push(draft(t("suggest.table"), { kind: "table", rows: known.map(of) }));
  return found;
}

function withTime(time: Known, numbers: Known[], groups: Known[]): Suggestion[] {
  const [number, second] = numbers;
  const group = groups.find(isFew) ?? groups[0];
  const found: Suggestion[] = [];
  const y = number ? [sum(number)] : [{ aggregate: "count" as const }];
  const a = number ? name(number) : t("suggest.rows");
  if (group) {
    const color = { column: name(group), ...((group.facts.distinct ?? 0) > 8 ? { limit: 7 } : {}) };
    const of3 = { a, b: name(group), time: name(time) };
    found.push(draft(t("suggest.lines", of3), { kind: "line", x: monthly(time), y, color }));
    found.push(draft(t("suggest.areas", of3), { kind: "area", x: monthly(time), y, color }));
    const cell = number ? { color: sum(number) } : {};
    found.push(draft(t("suggest.calendar", of3), { kind: "heatmap", x: monthly(time), y: [of(group)], ...cell }));
  }
  if (number && second) {
    const of3 = { a, b: name(second), time: name(time) };
    found.push(draft(t("suggest.twoLines", of3), { kind: "line", x: monthly(time), y: [sum(number), sum(second)] }));
  }
  const of2 = { a, time: name(time) };
  found.push(draft(t("suggest.line", of2), { kind: "line", x: monthly(time), y }));
  if (number) {
    const comparison = { options: { comparison: "previous" as const } };
    found.push(draft(t("suggest.number", of2), { kind: "number", x: monthly(time), y, ...comparison }));
    found.push(draft(t("suggest.waterfall", of2), { kind: "waterfall", x: monthly(time), y }));
  }
  return found;
}

function ofGroupAndNumber(group: Known, number: Known): Suggestion[] {
  const of2 = { a: name(number), b: name(group) };
  return [
    draft(t("suggest.bars", of2), { kind: "bar", x: largest(group), y: [sum(number)] }),
    draft(t("suggest.means", of2), { kind: "bar", x: largest(group), y: [mean(number)] }),
    draft(t("suggest.boxes", of2), { kind: "box", x: { ...of(group), ...limit(group) }, y: [of(number)] }),
    ...(isFew(group)
      ? [
          draft(t("suggest.histograms", of2), { kind: "histogram", x: of(number), color: of(group) }),
          draft(t("suggest.shares", of2), { kind: "pie", x: of(group), y: [sum(number)], options: { hole: 0.62 } }),
        ]
      : []),
    draft(t("suggest.tree", of2), { kind: "treemap", rows: [of(group)], size: sum(number) }),
  ];
}

function ofGroups([one, other, ...more]: Known[], number: Known | undefined): Suggestion[] {
  if (!one || !other) return [];
  const of2 = { a: name(one), b: name(other) };
  const cell = number ? { color: sum(number) } : {};
  const y = number ? { y: [sum(number)] } : {};
  return [
    draft(t("suggest.heatmap", of2), { kind: "heatmap", x: of(one), y: [of(other)], ...cell }),
    draft(t("suggest.stacked", of2), {
      kind: "bar",
      x: largest(one),
      ...y,
      color: of(other),
      options: { stack: "stacked" },
    }),
    draft(t("suggest.pivot", of2), { kind: "pivot", rows: [of(one)], columns: [of(other)], ...y }),
    draft(t("suggest.treeOf", of2), {
      kind: "treemap",
      rows: [one, other, ...more].slice(0, 5).map(of),
      ...(number ? { size: sum(number) } : {}),
    }),
  ];
}

function ofNumbers(numbers: Known[], group: Known | undefined): Suggestion[] {
  const [one, other, third] = numbers;
  if (!one || !other) return [];
  const of2 = { a: name(one), b: name(other) };
  const color = group && isFew(group) ? { color: of(group) } : {};
  const found = [
    draft(t("suggest.scatter", of2), { kind: "scatter", x: of(one), y: [of(other)], ...color }),
    ...(third
      ? [
          draft(t("suggest.bubbles", { ...of2, c: name(third) }), {
            kind: "scatter",
            x: of(one),
            y: [of(other)],
            size: of(third),
            ...color,
          }),
          draft(t("suggest.space", of2), {
            kind: "scatter_3d",
            x: of(one),
            y: [of(other)],
            z: of(third),
            ...color,
          }),
        ]
      : [
          draft(t("suggest.trend", of2), {
            kind: "scatter",
            x: of(one),
            y: [of(other)],
            options: { trend: { method: "linear" } },
          }),
          draft(t("suggest.density", of2), { kind: "density", x: of(one), y: [of(other)] }),
        ]),
    draft(t("suggest.boxesOf"), { kind: "box", y: numbers.slice(0, 20).map(of) }),
  ];
  if (group) {
    const of3 = { a: name(one), b: name(other), c: name(group) };
    found.push(
      draft(t("suggest.twoBars", of3), { kind: "bar", x: largest(group), y: [mean(one), mean(other)] } as Draft),
    );
  }
  return found;
}

/** Which columns to begin with where nobody chose any: a time, a number and a group of few values. */
export function telling(columns: Column[], facts: Map<string, Facts>): Column[] {
  const of = (...roles: Role[]) =>
    columns.filter((column) => roles.includes(roleOf(column, facts.get(column.name) ?? {})));
  const [time] = of("time");
  const [number] = of("number");
  const group = of("category", "country").find(({ name }) => (facts.get(name)?.distinct ?? 0) <= FEW);
  return [time, number, group].filter((column) => column !== undefined);
}
