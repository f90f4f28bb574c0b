// A chart of the server on the page: its figure or table, what was left out, the menu of files, and the whole window for it.
import { ActionIcon, Modal } from "@mantine/core";
import { useViewportSize } from "@mantine/hooks";
import { IconMaximize } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { Frame } from "../../charts/Frame";
import { forPage, rowsOf } from "../../charts/figures";
import { type Picked, Plot } from "../../charts/Plot";
import { placesOf, plainly } from "../../charts/places";
import { t } from "../../text";
import { AnswerTable, Sheet } from "./AnswerTable";
import { ExportMenu } from "./ExportMenu";
import { NumberView, numberOf } from "./NumberView";
import type { ChartSource } from "./queries";
import type { ChartAnswer, ChartSpec } from "./types";

interface Props {
  /** Where the chart has none of its own. */
  name: string;
  /** Stands in the place of the chart's own title: a link to it. */
  head?: ReactNode;
  answer: ChartAnswer;
  source: ChartSource;
  spec?: ChartSpec;
  height?: number;
  hasTurn?: boolean;
  onPick?: (mark: Picked, isMore: boolean) => void;
  onTurn?: (eye: [number, number, number]) => void;
}

export function FigureView(props: Props) {
  const [isWhole, setWhole] = useState(false);
  const { answer, name } = props;
  const title = titleOf(answer) || name;
  const isTable = answer.figure.data.every(({ type }) => type === "table");
  const expand = (
    <ActionIcon variant="subtle" size={26} aria-label={t("chart.whole", { title })} onClick={() => setWhole(true)}>
      <IconMaximize size={16} />
    </ActionIcon>
  );
  return (
    <>
      <Framed {...props} title={title} isTable={isTable} tools={expand} />
      {isWhole && (
        <Modal
          opened
          fullScreen
          onClose={() => setWhole(false)}
          title={title}
          closeButtonProps={{ "aria-label": t("app.close") }}
        >
          <Whole {...props} title={title} isTable={isTable} />
        </Modal>
      )}
    </>
  );
}

type FramedProps = Props & { title: string; isTable: boolean; tools?: ReactNode };

function Whole(props: FramedProps) {
  const { height } = useViewportSize();
  return <Framed {...props} height={Math.max(300, height - 230)} head={undefined} onPick={undefined} />;
}

function Framed({ title, head, answer, source, spec, height, hasTurn, isTable, tools, onPick, onTurn }: FramedProps) {
  const figure = useMemo(() => forPage(answer.figure), [answer.figure]);
  const places = useMemo(() => (isTable ? [] : placesOf(answer.figure)), [answer.figure, isTable]);
  const tall = height ?? usualHeight(answer);
  const number = useMemo(() => numberOf(answer), [answer]);
  return (
    <Frame
      title={head ?? title}
      subtitle={subtitleOf(answer)}
      table={isTable ? null : <AnswerTable answer={answer} name={title} />}
      tools={
        <>
          <ExportMenu name={title} source={source} answer={answer} spec={spec} />
          {tools}
        </>
      }
    >
      {isTable && <Sheet answer={answer} name={title} />}
      {number && <NumberView figure={number} title={title} height={tall} />}
      {!isTable && !number && (
        <Plot
          sentence={answer.sentence}
          title={title}
          height={tall}
          figure={figure}
          places={places}
          onPick={onPick}
          onTurn={onTurn}
          hasTurn={hasTurn}
        />
      )}
      {answer.notes.length > 0 && (
        <ul className="chart-notes">
          {answer.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Frame>
  );
}

type Text = { text?: string; subtitle?: { text?: string } } | string | undefined;

function titleOf({ figure }: ChartAnswer): string {
  const title = figure.layout.title as Text;
  return plain(typeof title === "string" ? title : title?.text);
}

function subtitleOf({ figure }: ChartAnswer): string | undefined {
  const title = figure.layout.title as Text;
  return plain(typeof title === "object" ? title.subtitle?.text : undefined) || undefined;
}

const plain = (text: string | undefined) => plainly(text ?? "").trim();

/** Taller where small charts stand in several rows. */
function usualHeight({ figure, kind }: ChartAnswer): number {
  if (kind === "number") return 240;
  return Math.min(2_400, Math.max(420, 80 + 190 * rowsOf(figure)));
}
