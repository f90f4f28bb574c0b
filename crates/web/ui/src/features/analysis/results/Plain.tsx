// A result of a kind that has no page of its own yet: lists of like objects become tables, the rest names and values.
import { Pairs, Part } from "./Parts";
import { SortableTable } from "./SortableTable";
import { type NamedTable, type Row, words } from "./values";

const isPlain = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is Row[] => Array.isArray(value) && value.length > 0 && value.every(isPlain);

export function plainTables(result: unknown): NamedTable[] {
  if (!isPlain(result)) return [];
  return Object.entries(result)
    .filter(([, value]) => isList(value))
    .map(([name, value]) => {
      const rows = value as Row[];
      return { name: words(name), columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
    });
}

export function PlainView({ result }: { result: unknown }) {
  if (!isPlain(result)) return <p>{JSON.stringify(result)}</p>;
  const figures = Object.fromEntries(Object.entries(result).filter(([, value]) => !isList(value)));
  return (
    <>
      <Pairs label="" values={figures} />
      {plainTables(result).map((table) => (
        <Part key={table.name} title={table.name}>
          <SortableTable table={table} />
        </Part>
      ))}
    </>
  );
}
