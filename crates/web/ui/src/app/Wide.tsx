// What may be wider than the page scrolls by itself, also with the keyboard.
import type { ReactNode } from "react";

export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached with the keyboard.
    <section className="scroll-x" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
