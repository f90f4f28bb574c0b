// Charts are drawn one in a frame, so that a page of many stays quick to the hand; and few scenes live at once, because
// browsers give a page few contexts for them.
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

type Draw = () => void;

const waiting: Draw[] = [];
let isRunning = false;

/** Draws in a frame of its own; what is returned takes it back. */
export function inTurn(draw: Draw): () => void {
  waiting.push(draw);
  if (!isRunning) {
    isRunning = true;
    requestAnimationFrame(next);
  }
  return () => {
    const at = waiting.indexOf(draw);
    if (at >= 0) waiting.splice(at, 1);
  };
}

function next() {
  const draw = waiting.shift();
  if (waiting.length > 0) requestAnimationFrame(next);
  else isRunning = false;
  draw?.();
}

/** Whether it is the turn of what is ready. It is put on the page and drawn within the frame, before others are begun. */
export function useTurn(isReady: boolean): boolean {
  const [isMine, setMine] = useState(false);
  useEffect(() => {
    if (isReady && !isMine) return inTurn(() => flushSync(() => setMine(true)));
  }, [isReady, isMine]);
  return isMine;
}

const MOST_SCENES = 3;
const scenes: { leave: () => void }[] = [];

/** A scene begins to live; the one that has lived longest leaves when there are too many. Returns its end. */
export function claimScene(leave: () => void): () => void {
  const scene = { leave };
  scenes.push(scene);
  if (scenes.length > MOST_SCENES) scenes.shift()?.leave();
  return () => {
    const at = scenes.indexOf(scene);
    if (at >= 0) scenes.splice(at, 1);
  };
}
