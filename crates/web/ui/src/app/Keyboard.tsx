// The keyboard: `g` and a letter goes to a page, `?` shows all keys. Off while typing.
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useUser } from "../features/session/session";
import { PLACES } from "./Rail";

const KeyboardHelp = lazy(() => import("./KeyboardHelp"));

/** The second key must follow within this time. */
const CHORD_MS = 1_200;

export function Keyboard() {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const isAdmin = useUser()?.role === "admin";
  useEffect(() => {
    let leaderAt = 0;
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "?") return setOpen(true);
      if (event.key === "g") {
        leaderAt = event.timeStamp;
        return;
      }
      const place = PLACES.find(({ key, adminOnly }) => key === event.key && (!adminOnly || isAdmin));
      if (place && event.timeStamp - leaderAt < CHORD_MS) void navigate({ to: place.to });
      leaderAt = 0;
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [navigate, isAdmin]);
  return <Suspense>{isOpen && <KeyboardHelp onClose={() => setOpen(false)} />}</Suspense>;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
