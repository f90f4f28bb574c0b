// A result as tables: lists of like objects become rows, the rest becomes names and values. Every kind can be read so.
import { full } from "../../format/numbers";
import { Bars } from "../datasets/Bars";
import { CorrelationMap, isCorrelation } from "./CorrelationMap";
import { SortableTable } from "./SortableTable";

type Plain = Record<string, unknown>;

export function ResultView({ kind, result }: { kind: string; result: unknown }) {
  return (
    <>
      {kind === "correlation" && isCorrelation(result) && <CorrelationMap outcome={result} />}
      <Value name="" value={result} depth={0} />
    </>
  );
}

function Value({ name, value, depth }: { name: string; value: unknown; depth: number }) {
  if (isHistogram(value)) return <Bars counts={value.counts} label={name} height={60} />;
  if (Array.isArray(value) && value.length > 0 && value.every(isPlain)) {
    const { columns, rows, rest } = tableOf(value);
    return (
      <>
        <SortableTable columns={columns} rows={rows} />
        {depth < 3 &&
          rest.map(({ title, value: inner }) => (
            <Part key={title} title={title} depth={depth}>
              <Value name={title} value={inner} depth={depth + 1} />
            </Part>
          ))}
      </>
    );
  }
  if (isPlain(value)) return <Pairs value={value} depth={depth} />;
  return <span>{text(value)}</span>;
}

function Pairs({ value, depth }: { value: Plain; depth: number }) {
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  const simple = entries.filter(([, inner]) => isSimple(inner));
  const nested = entries.filter(([, inner]) => !isSimple(inner));
  return (
    <>
      {simple.length > 0 && (
        <table className="plain pairs">
          <tbody>
            {simple.map(([key, inner]) => (
              <tr key={key}>
                <th scope="row">{words(key)}</th>
                <td className={typeof inner === "number" ? "number" : undefined}>{text(inner)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {nested.map(([key, inner]) => (
        <Part key={key} title={words(key)} depth={depth}>
          <Value name={words(key)} value={inner} depth={depth + 1} />
        </Part>
      ))}
    </>
  );
}

function Part({ title, depth, children }: { title: string; depth: number; children: React.ReactNode }) {
  return (
    <section>
      {depth === 0 ? <h2 className="part">{title}</h2> : <h3 className="small-part">{title}</h3>}
      {children}
    </section>
  );
}

/** Columns and rows of like objects; objects inside are spread by one level, lists inside follow by themselves. */
export function tableOf(items: Plain[]): {
  columns: string[];
  rows: Plain[];
  rest: { title: string; value: unknown }[];
} {
  const columns: string[] = [];
  const rest: { title: string; value: unknown }[] = [];
  const rows = items.map((item, i) => {
    const row: Plain = {};
    const put = (key: string, value: unknown) => {
      // How values travel is no concern of the reader.
      if (value === null || value === undefined || key === "encoding") return;
      if (!columns.includes(key)) columns.push(key);
      row[key] = value;
    };
    for (const [key, value] of Object.entries(item)) {
      if (isSimple(value)) put(key, value);
      else if (isPlain(value) && !isHistogram(value)) {
        for (const [inner, deep] of Object.entries(value))
          if (isSimple(deep)) put(inner in item ? `${key} ${inner}` : inner, deep);
      } else if (!isEmpty(value))
        rest.push({ title: `${String(item.name ?? item.column ?? i + 1)}: ${words(key)}`, value });
    }
    return row;
  });
  return { columns, rows, rest };
}

export function text(value: unknown): string {
  if (typeof value === "number") return full(value, 6);
  if (Array.isArray(value)) return value.map(text).join(", ");
  return value === null || value === undefined ? "–" : String(value);
}

export const words = (key: string) => key.replace(/_/g, " ");

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);
const isSimple = (value: unknown) =>
  !isPlain(value) &&
  !(Array.isArray(value) && (value.some((one) => typeof one === "object" && one !== null) || value.length > 12));

function isHistogram(value: unknown): value is { counts: number[]; edges: number[] } {
  return isPlain(value) && Array.isArray(value.counts) && Array.isArray(value.edges);
}
