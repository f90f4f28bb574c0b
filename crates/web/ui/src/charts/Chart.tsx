// A chart that the app draws itself, in the common look, with its values as a table and a cursor for the keyboard.
import { type ReactNode, useMemo } from "react";
import { Frame } from "./Frame";
import { type Figure, type Look, layoutOf, useLook } from "./look";
import { type Place, Plot } from "./Plot";

export type { Place } from "./Plot";

interface Props {
  title: string;
  subtitle?: string;
  /** One sentence that says what the chart shows. */
  sentence: string;
  height?: number;
  draw: (look: Look) => Figure;
  places?: Place[];
  /** The same values as a table. */
  table: ReactNode;
  children?: ReactNode;
}

export function Chart({ title, subtitle, sentence, height = 320, draw, places = [], table, children }: Props) {
  const look = useLook();
  const figure = useMemo(() => {
    const { data, layout } = draw(look);
    return { data, layout: layoutOf(look, layout) };
  }, [draw, look]);
  return (
    <Frame title={title} subtitle={subtitle} table={table} tools={children}>
      <Plot sentence={sentence} height={height} figure={figure} places={places} title={title} />
    </Frame>
  );
}
