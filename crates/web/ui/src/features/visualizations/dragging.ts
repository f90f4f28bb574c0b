// What is being dragged. While dragging, browsers do not tell a drop place what it is, so it is remembered here.
import { createContext, useContext } from "react";
import type { Channel, Encoding } from "./types";

export interface Dragged {
  encoding: Encoding;
  /** The well that it comes from; absent for a column of the list. */
  from?: { channel: Channel; at: number };
}

interface Dragging {
  dragged: Dragged | null;
  setDragged: (dragged: Dragged | null) => void;
}

export const DragContext = createContext<Dragging>({ dragged: null, setDragged: () => {} });

/** The same at once: a drop place is asked before the page has been drawn anew. */
let held: Dragged | null = null;
export const heldNow = () => held;

/** What makes an element draggable. */
export function useDragSource(dragged: Dragged) {
  const { setDragged } = useContext(DragContext);
  return {
    draggable: true,
    onDragStart: (event: React.DragEvent) => {
      event.dataTransfer.effectAllowed = "copyMove";
      // Firefox drags nothing without data.
      event.dataTransfer.setData("text/plain", dragged.encoding.column ?? "");
      held = dragged;
      // A drop place that changes during the event ends the dragging in Chromium.
      setTimeout(() => setDragged(dragged));
    },
    onDragEnd: () => {
      held = null;
      setDragged(null);
    },
  };
}
