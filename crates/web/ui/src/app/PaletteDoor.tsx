// Loads the palette when it is asked for the first time, by key or by button; afterwards it listens itself.
import { lazy, Suspense, useEffect, useState } from "react";

const Palette = lazy(() => import("./Palette"));
const WANTED = "plotline:palette";

/** Opens the palette, which may have to be loaded first. */
export async function openPalette() {
  window.dispatchEvent(new Event(WANTED));
  const { spotlight } = await import("@mantine/spotlight");
  spotlight.open();
}

export function PaletteDoor() {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    const want = () => setWanted(true);
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        want();
      }
    };
    window.addEventListener(WANTED, want);
    window.addEventListener("keydown", pressed);
    return () => {
      window.removeEventListener(WANTED, want);
      window.removeEventListener("keydown", pressed);
    };
  }, []);
  return isWanted ? (
    <Suspense>
      <Palette />
    </Suspense>
  ) : null;
}
