// The first rows as they would be stored; each column's type can be chosen in its head.
import { NativeSelect } from "@mantine/core";
import { t } from "../../text";
import { isNumeric, shown } from "./GridCell";
import type { ColumnType, ParsePreview } from "./parse";

const TYPES: ColumnType[] = ["integer", "float", "decimal", "boolean", "date", "datetime", "time", "text"];
/** More columns than these are counted, not shown: they would make the page slow and nobody reads them. */
const MOST_COLUMNS = 60;

interface Props {
  preview: ParsePreview;
  types: Record<string, ColumnType>;
  onType: (name: string, type: ColumnType | "") => void;
}

export function ParseTable({ preview, types, onType }: Props) {
  const columns = preview.columns.slice(0, MOST_COLUMNS);
  // A column may be called `constructor`, which every object seems to have.
  const chosen = (name: string) => (Object.hasOwn(types, name) ? types[name] : undefined);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached with the keyboard. */}
      <section className="scroll-x parse-rows" tabIndex={0} aria-label={t("parse.preview")}>
        <table className="plain cells">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" title={column.name}>
                  <span className="cells-name">{column.name}</span>
                  <NativeSelect
                    size="xs"
                    aria-label={t("parse.type.of", { name: column.name })}
                    value={chosen(column.name) ?? ""}
                    onChange={(event) => onType(column.name, event.currentTarget.value as ColumnType | "")}
                    data={[
                      { value: "", label: chosen(column.name) ? t("parse.detected") : column.type },
                      ...TYPES.filter((type) => chosen(column.name) || type !== column.type),
                    ]}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name.
              <tr key={i}>
                {columns.map((column, j) => {
                  const value = row[j];
                  const isMissing = value === null;
                  return (
                    <td key={column.name} className={isMissing ? "missing" : isNumeric(column) ? "number" : undefined}>
                      {isMissing ? "null" : shown(value, column)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {preview.columns.length > MOST_COLUMNS && (
        <p className="note">{t("parse.moreColumns", { count: preview.columns.length - MOST_COLUMNS })}</p>
      )}
    </>
  );
}
