// The look of Plotline, "the analyst's paper", from tokens.json: Mantine's theme and the CSS variables of both modes.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import tokens from "./tokens.json";

type Mode = keyof typeof tokens;

const accent: MantineColorsTuple = [
  "#e6f4f5",
  "#cfe6e8",
  "#a1cfd3",
  "#6fb5bb",
  "#469ea6",
  "#26838d",
  "#0b5f6b",
  "#09525d",
  "#07454e",
  "#05363d",
];
/** Step 6 is "bad" on paper, step 4 in the dark; white on step 6 reads at 7:1. */
const red: MantineColorsTuple = [
  "#fdf0ed",
  "#fadcd6",
  "#f5bdb2",
  "#f39c8b",
  tokens.dark.bad,
  "#cf4a33",
  tokens.light.bad,
  "#8f200d",
  "#761a0a",
  "#5d1407",
];
const dark: MantineColorsTuple = [
  tokens.dark.ink,
  tokens.dark.ink2,
  tokens.dark.ink3,
  tokens.dark.axis,
  tokens.dark.rule,
  "#232B2F",
  "#1E2629",
  tokens.dark.surface,
  tokens.dark.canvas,
  tokens.dark.sunken,
];

export const theme = createTheme({
  primaryColor: "accent",
  // Shade 6 in both modes: white text on it reaches 4.5:1.
  primaryShade: 6,
  colors: { accent, dark, red },
  fontFamily: "'IBM Plex Sans', system-ui, sans-serif",
  fontFamilyMonospace: "'IBM Plex Mono', ui-monospace, monospace",
  headings: { fontFamily: "'IBM Plex Serif', Georgia, serif", fontWeight: "500" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  defaultRadius: 3,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Otherwise a menu begins with an element that is no item, which screen readers are not to meet there.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
});

function variables(mode: Mode): Record<string, string> {
  const { canvas, surface, sunken, rule, grid, axis, ink, ink2, ink3, good, warn, bad, info, nullBg, nullInk, cat } =
    tokens[mode];
  return {
    "--pl-canvas": canvas,
    "--pl-surface": surface,
    "--pl-sunken": sunken,
    "--pl-rule": rule,
    "--pl-grid": grid,
    "--pl-axis": axis,
    "--pl-ink": ink,
    "--pl-ink2": ink2,
    "--pl-ink3": ink3,
    "--pl-accent": tokens[mode].accent,
    "--pl-good": good,
    "--pl-warn": warn,
    "--pl-bad": bad,
    "--pl-info": info,
    "--pl-null-bg": nullBg,
    "--pl-null-ink": nullInk,
    "--pl-bar": cat[0] ?? axis,
    "--mantine-color-body": canvas,
    "--mantine-color-text": ink,
    "--mantine-color-dimmed": ink2,
    "--mantine-color-default-border": rule,
    "--mantine-color-default": surface,
    "--mantine-color-anchor": tokens[mode].accent,
    "--mantine-color-error": bad,
    "--mantine-color-placeholder": ink3,
  };
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables("light"),
  dark: variables("dark"),
});
