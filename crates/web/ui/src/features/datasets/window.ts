// Which rows a grid shows. Browsers cannot scroll as far as millions of rows are tall, so the scroll bar is scaled:
// `top` counts the pixels of the whole table, the scroll bar goes at most MAX_SCROLL pixels.
export const ROW_HEIGHT = 28;
export const MAX_SCROLL = 8_000_000;

export interface Extent {
  rows: number;
  /** Pixels in which rows are shown. */
  height: number;
}

/** Pixels of the whole table. */
const tall = ({ rows }: Extent) => rows * ROW_HEIGHT;

/** The pixels that the scroll bar covers. */
export const scrollHeight = (extent: Extent) => Math.min(tall(extent), MAX_SCROLL);

export const isScaled = (extent: Extent) => tall(extent) > MAX_SCROLL;

const lastTop = (extent: Extent) => Math.max(0, tall(extent) - extent.height);
const lastScroll = (extent: Extent) => Math.max(0, scrollHeight(extent) - extent.height);

export const clampTop = (top: number, extent: Extent) => Math.min(Math.max(0, top), lastTop(extent));

/** Where the scroll bar stands for `top`. */
export function scrollFor(top: number, extent: Extent): number {
  if (!isScaled(extent)) return top;
  return (top / lastTop(extent)) * lastScroll(extent);
}

/** What `top` the scroll bar means. */
export function topFor(scroll: number, extent: Extent): number {
  if (!isScaled(extent)) return clampTop(scroll, extent);
  return clampTop((scroll / lastScroll(extent)) * lastTop(extent), extent);
}

/** The rows to draw, with some above and below. */
export function visibleRows(top: number, extent: Extent, beyond = 6): { first: number; last: number } {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - beyond);
  const last = Math.min(extent.rows, Math.ceil((top + extent.height) / ROW_HEIGHT) + beyond);
  return { first, last };
}

/** The least change of `top` that shows the row wholly. */
export function topToShow(row: number, top: number, extent: Extent): number {
  const above = row * ROW_HEIGHT;
  if (above < top) return clampTop(above, extent);
  const below = above + ROW_HEIGHT - extent.height;
  return below > top ? clampTop(below, extent) : top;
}
