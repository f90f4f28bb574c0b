// Where the columns of a grid stand: pinned ones first and always in view, hidden ones nowhere, each with its own width.
export const COLUMN_WIDTH = 150;
export const MIN_WIDTH = 56;
export const MAX_WIDTH = 900;
export const NUMBER_WIDTH = 76;

export interface ColumnLayout {
  widths: Record<string, number>;
  hidden: string[];
  pinned: string[];
}
export const NO_LAYOUT: ColumnLayout = { widths: {}, hidden: [], pinned: [] };

/** A column that is shown: its number in the version and its place among those of its part. */
export interface Placed {
  index: number;
  left: number;
  width: number;
}
export interface Layout {
  pinned: Placed[];
  loose: Placed[];
  pinnedWidth: number;
  width: number;
}

export function layOut(names: string[], { widths, hidden, pinned }: ColumnLayout): Layout {
  const away = new Set(hidden);
  const first = pinned
    .map((name) => names.indexOf(name))
    .filter((index) => index >= 0 && !away.has(names[index] ?? ""));
  const held = new Set(first);
  const rest = names.map((_, index) => index).filter((index) => !held.has(index) && !away.has(names[index] ?? ""));
  const pinnedPart = inRow(first, names, widths);
  const loosePart = inRow(rest, names, widths);
  return {
    pinned: pinnedPart.placed,
    loose: loosePart.placed,
    pinnedWidth: pinnedPart.width,
    width: NUMBER_WIDTH + pinnedPart.width + loosePart.width,
  };
}

function inRow(indices: number[], names: string[], widths: Record<string, number>) {
  let left = 0;
  const placed = indices.map((index) => {
    const name = names[index] ?? "";
    // A column may be called `constructor`, which every object seems to have.
    const width = (Object.hasOwn(widths, name) && widths[name]) || COLUMN_WIDTH;
    const place = { index, left, width };
    left += width;
    return place;
  });
  return { placed, width: left };
}

/** The loose columns between two pixels, and one more on each side. */
export function inView(loose: Placed[], from: number, to: number): Placed[] {
  const first = Math.max(0, firstAfter(loose, from) - 1);
  return loose.slice(first, Math.min(loose.length, firstAfter(loose, to) + 2));
}

/** The first column whose right edge lies beyond a pixel. */
function firstAfter(loose: Placed[], pixel: number): number {
  let [low, high] = [0, loose.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const column = loose[middle];
    if (column && column.left + column.width <= pixel) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const clampWidth = (width: number) => Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));

export const withWidth = (layout: ColumnLayout, name: string, width: number): ColumnLayout => ({
  ...layout,
  widths: { ...layout.widths, [name]: clampWidth(width) },
});

const toggled = (list: string[], name: string) =>
  list.includes(name) ? list.filter((other) => other !== name) : [...list, name];

export const withPinned = (layout: ColumnLayout, name: string): ColumnLayout => ({
  ...layout,
  pinned: toggled(layout.pinned, name),
});

export const withHidden = (layout: ColumnLayout, name: string): ColumnLayout => ({
  ...layout,
  hidden: toggled(layout.hidden, name),
});
