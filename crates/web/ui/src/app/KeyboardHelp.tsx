// All keys, in a layer: those of every page, of the table, of charts and of the builder.
import { Modal } from "@mantine/core";
import { useUser } from "../features/session/session";
import { type TextKey, t } from "../text";
import { PLACES } from "./Rail";

/** Keys pressed together, one after another, or one of several: `Ctrl+A`, `g h`, `Home / End`. */
type Row = [keys: string, told: string];

const row = (keys: string, text: TextKey): Row => [keys, t(text)];

const GRID: Row[] = [
  row("Arrows", "keys.grid.move"),
  row("Ctrl+Arrows", "keys.grid.edge"),
  row("PageUp / PageDown", "keys.grid.page"),
  row("Home / End", "keys.grid.end"),
  row("Shift+Arrows", "keys.grid.extend"),
  row("Ctrl+A", "keys.grid.all"),
  row("Ctrl+C", "keys.grid.copy"),
];

const CHARTS: Row[] = [
  row("Arrows", "keys.chart.move"),
  row("Home / End", "keys.chart.end"),
  row("Enter", "keys.chart.filter"),
  row("Shift+Click", "keys.chart.several"),
  row("Ctrl+Z", "keys.builder.undo"),
  row("Ctrl+Shift+Z / Ctrl+Y", "keys.builder.redo"),
];

export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const isAdmin = useUser()?.role === "admin";
  const places = PLACES.filter(({ adminOnly }) => !adminOnly || isAdmin);
  const everywhere: Row[] = [
    row("Ctrl+K", "app.search"),
    ...places.map(({ key, label }): Row => [`g ${key}`, label]),
    row("?", "app.help.title"),
    row("Esc", "app.close"),
  ];
  return (
    <Modal opened onClose={onClose} title={t("app.help.title")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <Keys title={t("keys.everywhere")} rows={everywhere} />
      <Keys title={t("keys.grid")} rows={GRID} />
      <Keys title={t("keys.charts")} rows={CHARTS} />
    </Modal>
  );
}

function Keys({ title, rows }: { title: string; rows: Row[] }) {
  return (
    <table className="plain keys">
      <caption>{title}</caption>
      <tbody>
        {rows.map(([keys, told]) => (
          <tr key={keys}>
            <td>
              {keys
                .split(" ")
                .flatMap((part, at) => [
                  at > 0 ? " " : "",
                  part === "/"
                    ? "/"
                    : part.split("+").flatMap((key, i) => [i > 0 ? " " : "", <kbd key={key}>{key}</kbd>]),
                ])}
            </td>
            <td>{told}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
