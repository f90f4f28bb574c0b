// Correlations as a square of colours, blue to orange over −1 to 1, each cell with its number: a table, so it reads as one.
import type { Schemas } from "../../../api/client";
import { useLook } from "../../../charts/look";
import { full } from "../../../format/numbers";

/** Beyond so many columns cells are too small for their numbers, and colour alone stays. */
const NUMBERS_UP_TO = 24;

export function CorrelationMap({ part, label }: { part: Schemas["MethodOutcome"]; label: string }) {
  const look = useLook();
  const { columns, matrix, method } = part;
  const hasSign = !["cramers_v", "mutual_information"].includes(method);
  const others = matrix.flatMap((row, i) => row.filter((value, j) => i !== j && value !== null)) as number[];
  const highest = hasSign ? 1 : method === "cramers_v" ? 1 : Math.max(...others, Number.EPSILON);
  const scale = hasSign ? look.div : look.seq;
  const colorOf = (value: number) => {
    const share = hasSign ? (value + 1) / 2 : value / highest;
    return scale[Math.min(scale.length - 1, Math.max(0, Math.round(share * (scale.length - 1))))];
  };
  const hasNumbers = columns.length <= NUMBERS_UP_TO;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="scroll-x" tabIndex={0} role="region" aria-label={label}>
      <table className={hasNumbers ? "heat" : "heat dense"}>
        <thead>
          <tr>
            <td />
            {columns.map((name) => (
              <th key={name} scope="col" title={name}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((row, i) => (
            <tr key={row}>
              <th scope="row" title={row}>
                {row}
              </th>
              {columns.map((column, j) => {
                const value = matrix[i]?.[j] ?? null;
                // The diagonal says nothing about two columns.
                const color = value === null || (i === j && !hasSign) ? undefined : colorOf(value);
                return (
                  <td
                    key={column}
                    style={color ? { background: color, color: inkOn(color) } : undefined}
                    title={`${row} × ${column}: ${full(value)}`}
                  >
                    {hasNumbers ? full(value, 2) : <span className="sr">{full(value, 2)}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="heat-scale condensed" aria-hidden>
        <span>{hasSign ? "−1" : "0"}</span>
        {scale.map((color) => (
          <i key={color} style={{ background: color }} />
        ))}
        <span>{full(highest, 2)}</span>
      </div>
    </div>
  );
}

/** Black or white, whichever reads better on the colour (WCAG relative luminance). */
export function inkOn(color: string): string {
  const channel = (i: number) => {
    const value = Number.parseInt(color.slice(i, i + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.179 ? "#000000" : "#FFFFFF";
}
