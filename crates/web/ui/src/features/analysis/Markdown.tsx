// The Markdown of docs/methods.md as elements: headings, lists, tables, paragraphs, and within them code and emphasis.
import { Fragment, type ReactNode } from "react";
import { cells } from "./methods";

export function Markdown({ text }: { text: string }) {
  return text.split(/\n\n+/).map((block, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a text that never changes.
    return <Block key={i} block={block} />;
  });
}

function Block({ block }: { block: string }) {
  if (block.startsWith("#")) return <h4 className="methods-head">{block.replace(/^#+ /, "")}</h4>;
  if (block.startsWith("|")) return <Table rows={block.split("\n").map(cells)} />;
  if (block.startsWith("- ")) {
    return (
      <ul>
        {block.split(/\n(?=- )/).map((item) => (
          <li key={item}>{inline(item.replace(/^- /, ""))}</li>
        ))}
      </ul>
    );
  }
  return <p>{inline(block)}</p>;
}

function Table({ rows: [head = [], , ...rows] }: { rows: string[][] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="scroll-x" tabIndex={0} role="region" aria-label={head.join(", ")}>
      <table className="plain">
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a text that never changes.
                <td key={i}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Code, bold and emphasis; a backslash takes the meaning of the character after it. */
export function inline(text: string): ReactNode {
  const parts = text.replace(/\n\s*/g, " ").split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/);
  return parts.map((part, i) => {
    const plain = part.replace(/\\([|*_])/g, "$1");
    const inner = part.startsWith("`") ? (
      <code className="mono">{part.slice(1, -1)}</code>
    ) : part.startsWith("**") ? (
      <strong>{inline(part.slice(2, -2))}</strong>
    ) : part.startsWith("*") && part.length > 2 ? (
      <em>{inline(part.slice(1, -1))}</em>
    ) : (
      plain
    );
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text that never changes.
    return <Fragment key={i}>{inner}</Fragment>;
  });
}
