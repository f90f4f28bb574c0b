// Good or bad in a word and a sign, never in colour alone.
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { ReactNode } from "react";

export function Sign({ isGood, children }: { isGood: boolean; children: ReactNode }) {
  const Icon = isGood ? IconCircleCheck : IconCircleX;
  return (
    <span className={`status ${isGood ? "good" : "bad"}`}>
      <Icon size={16} aria-hidden />
      {children}
    </span>
  );
}
