// Correlations as a square of colours, blue to orange over −1 to 1, each cell with its number.
import tokens from "../../app/tokens.json";
import { useIsDark } from "../../app/useIsDark";
import { full } from "../../format/numbers";

interface Pair {
  first: string;
  second: string;
  coefficient: number | null;
}

export interface Correlation {
  pairs: Pair[];
}

export function isCorrelation(value: unknown): value is Correlation {
  const pairs = (value as { pairs?: unknown } | null)?.pairs;
  return Array.isArray(pairs) && pairs.every((pair) => typeof pair.first === "string" && "coefficient" in pair);
}

export function CorrelationMap({ outcome }: { outcome: Correlation }) {
  const scale = tokens[useIsDark() ? "dark" : "light"].div;
  const names = [...new Set(outcome.pairs.flatMap(({ first, second }) => [first, second]))];
  const known = new Map(
    outcome.pairs.flatMap(({ first, second, coefficient }) => [
      [`${first}\n${second}`, coefficient],
      [`${second}\n${first}`, coefficient],
    ]),
  );
  return (
    <div className="scroll-x">
      <table className="heat">
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col" title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((row) => (
            <tr key={row}>
              <th scope="row" title={row}>
                {row}
              </th>
              {names.map((column) => {
                const value = row === column ? 1 : (known.get(`${row}\n${column}`) ?? null);
                const color =
                  value === null ? undefined : (scale[Math.round(((value + 1) / 2) * (scale.length - 1))] ?? undefined);
                return (
                  <td
                    key={column}
                    style={color ? { background: color, color: inkOn(color) } : undefined}
                    title={`${row} × ${column}: ${full(value)}`}
                  >
                    {full(value, 2)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
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
