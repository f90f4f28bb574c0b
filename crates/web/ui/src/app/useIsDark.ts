// Whether the page is dark now, whichever way that was decided.
import { useComputedColorScheme } from "@mantine/core";

export function useIsDark(): boolean {
  return useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
}
