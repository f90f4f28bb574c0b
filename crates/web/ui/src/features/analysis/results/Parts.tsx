// The pieces that results are made of: a headed part, a strip of key figures, figures by name, notes.
import type { ReactNode } from "react";
import { full } from "../../../format/numbers";
import { t } from "../../../text";
import { Explain } from "../Explain";
import { formatOf, text, words } from "./values";

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="result-part">
      <h2 className="part">{title}</h2>
      {children}
    </section>
  );
}

export interface KeyFigure {
  /** The name in the answer, by which its method is found. */
  figure: string;
  value: unknown;
  label?: string;
  /** A line below the number: an interval, degrees of freedom. */
  below?: string;
}

/** The few numbers that say most, large. */
export function KeyFigures({ figures }: { figures: KeyFigure[] }) {
  return (
    <dl className="key-figures">
      {figures.map(({ figure, value, label, below }) => (
        <div key={label ?? figure}>
          <dt>
            {label ?? words(figure)} <Explain figure={figure} />
          </dt>
          <dd className="key-number" title={typeof value === "number" ? String(value) : undefined}>
            {typeof value === "number" ? figureText(figure, value) : text(value)}
          </dd>
          {below && <dd className="key-below">{below}</dd>}
        </div>
      ))}
    </dl>
  );
}

function figureText(figure: string, value: number): string {
  const format = formatOf(figure, [value]);
  const size = Math.abs(value);
  // Large numbers need no decimals at this size of type; all digits are in the title and in the download.
  return size >= 1_000 && !Number.isInteger(value) ? full(value, size >= 10_000 ? 0 : 1) : format(value);
}

/** Names and values, each with its method. */
export function Pairs({ label, values }: { label: string; values: Record<string, unknown> }) {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return (
    <table className="plain pairs" aria-label={label}>
      <tbody>
        {entries.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">
              {words(name)} <Explain figure={name} />
            </th>
            <td className={typeof value === "number" ? "number" : undefined}>{formatOf(name, [value])(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <aside className="notes" aria-label={t("result.notes")}>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </aside>
  );
}
