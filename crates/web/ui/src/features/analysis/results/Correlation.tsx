// The result of `correlation`: for each method the heat map, every pair in a table, and which cells are missing together.
import type { Schemas } from "../../../api/client";
import { full } from "../../../format/numbers";
import { t } from "../../../text";
import { Explain } from "../Explain";
import { CorrelationMap } from "./CorrelationMap";
import { KeyFigures, Part } from "./Parts";
import { SortableTable } from "./SortableTable";
import { type NamedTable, probability, type Row, words } from "./values";

type Outcome = Schemas["CorrelationOutcome"];
type PairOutcome = Schemas["PairOutcome"];

/** All pairs of a method, the strongest first, with the columns that any of them has. */
function pairsTable({ method, pairs }: Schemas["MethodOutcome"]): NamedTable {
  const order = [
    "left",
    "right",
    "value",
    "n",
    "p_value",
    "p_adjusted",
    "ci_low",
    "ci_high",
    "statistic",
    "df",
    "corrected",
    "positive",
  ];
  const rows = [...pairs].sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0)) as unknown as Row[];
  const columns = order.filter((column) => rows.some((row) => row[column] !== null && row[column] !== undefined));
  return { name: t("result.pairs", { method: words(method) }), columns, rows };
}

export function correlationTables(result: Outcome): NamedTable[] {
  return result.methods.flatMap((part) => {
    const tables = [pairsTable(part)];
    if (part.patterns) {
      const rows = part.patterns.map(({ columns, rows: count }) => ({
        columns: columns.join(", ") || t("result.complete"),
        rows: count,
      }));
      tables.push({ name: t("result.patterns"), columns: ["columns", "rows"], rows });
    }
    return tables;
  });
}

export function CorrelationView({ result }: { result: Outcome }) {
  return result.methods.map((part) => {
    const title = words(part.method);
    const tables = correlationTables({ ...result, methods: [part] });
    return (
      <Part key={part.method} title={title[0]?.toUpperCase() + title.slice(1)}>
        <p className="note">
          {told(part)} <Explain figure={part.method} />
        </p>
        {part.columns.length > 1 ? (
          <div className="tile heat-tile">
            <CorrelationMap part={part} label={t("result.heat", { method: title })} />
          </div>
        ) : null}
        <Strongest pairs={part.pairs} />
        {tables.map((table) => (
          <SortableTable key={table.name} table={table} />
        ))}
      </Part>
    );
  });
}

function told({ columns, pairs, control }: Schemas["MethodOutcome"]): string {
  if (columns.length < 2) return t("result.tooFew");
  const held = control && control.length > 0 ? ` ${t("result.control", { columns: control.join(", ") })}` : "";
  return t("result.related", { columns: columns.length, count: pairs.length }) + held;
}

/** The three strongest pairs, in numbers. */
function Strongest({ pairs }: { pairs: PairOutcome[] }) {
  const known = pairs.filter(({ value }) => typeof value === "number");
  const top = known.sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0)).slice(0, 3);
  if (pairs.length < 2) return null;
  const figures = top.map(({ left, right, value, p_value, n }) => ({
    figure: "",
    label: `${left} × ${right}`,
    value: Number((value ?? 0).toFixed(2)),
    below: `p ${probability(p_value).startsWith("<") ? probability(p_value) : `= ${probability(p_value)}`}, n = ${full(n)}`,
  }));
  return <KeyFigures figures={figures} />;
}
