// A figure brings the ticks of a chart at rest. A part of it, seen closer, needs others: Plotly's own.
type Layout = Record<string, unknown>;

/** The axes whose range an event of Plotly changed. */
export function zoomedAxes(event: Record<string, unknown>): string[] {
  const names = Object.keys(event).map((key) => /^([xy]axis\d*)\.range(\[[01]\])?$/.exec(key)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** What gives these axes automatic ticks; axes of categories keep theirs, which are names. */
export function automaticTicks(layout: Layout, axes: string[]): Record<string, unknown> {
  const change: Record<string, unknown> = {};
  for (const name of axes) {
    const axis = (layout[name] ?? {}) as Layout;
    if (axis.type === "category" || axis.tickmode === "auto" || isNamed(axis)) continue;
    change[`${name}.tickmode`] = "auto";
    change[`${name}.nticks`] = name.startsWith("x") ? 8 : 6;
  }
  return change;
}

/** Whether ticks are names at places, not numbers or times. */
function isNamed({ type, tickmode, ticktext }: Layout): boolean {
  if (tickmode !== "array" || !Array.isArray(ticktext) || type === "date" || type === "log") return false;
  return ticktext.some((text) => !/\d/.test(String(text)));
}
