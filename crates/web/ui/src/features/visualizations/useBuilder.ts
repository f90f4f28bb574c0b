// The state of the builder: the spec with its history, kept in the address so that reloading and going back keep it.
import { useCallback, useEffect, useRef, useState } from "react";
import { packed, unpacked } from "./address";
import { begun, type Past, recorded, redone, undone } from "./history";
import { canonical } from "./spec";
import type { ChartSpec } from "./types";

export interface Builder {
  spec: ChartSpec;
  /** Changes of one tag soon after each other are one step. */
  change: (next: ChartSpec, tag?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
}

interface Address {
  /** The spec as it stands in the address. */
  chart: string | undefined;
  write: (chart: string) => void;
}

const WRITE_AFTER_MS = 200;

export function useBuilder(first: ChartSpec, { chart, write }: Address): Builder {
  const [history, setHistory] = useState<Past<ChartSpec>>(() => begun(unpacked(chart, first.dataset_id) ?? first));
  const spec = history.now;
  const written = useRef(chart);
  const writing = useRef(write);
  useEffect(() => {
    writing.current = write;
  });
  // What was changed goes into the address a moment later; an address that somebody else changed goes into the builder.
  useEffect(() => {
    const next = packed(spec);
    if (written.current === next || (written.current === undefined && history.past.length === 0)) return;
    const timer = setTimeout(() => {
      written.current = next;
      writing.current(next);
    }, WRITE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [spec, history.past.length]);
  useEffect(() => {
    if (chart === written.current) return;
    written.current = chart;
    const other = unpacked(chart, first.dataset_id) ?? first;
    setHistory((old) => (canonical(old.now) === canonical(other) ? old : recorded(old, other)));
  }, [chart, first]);

  const change = useCallback(
    (next: ChartSpec, tag?: string) =>
      setHistory((old) => (canonical(old.now) === canonical(next) ? old : recorded(old, next, tag))),
    [],
  );
  const undo = useCallback(() => setHistory(undone), []);
  const redo = useCallback(() => setHistory(redone), []);
  useUndoKeys(undo, redo);
  return { spec, change, undo, redo, canUndo: history.past.length > 0, canRedo: history.future.length > 0 };
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y); in a field of text they undo the typing. */
function useUndoKeys(undo: () => void, redo: () => void) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [undo, redo]);
}

function isText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return /^(text|search|number|email|password)$/.test(target.type) && !target.readOnly;
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}
