// Mantine asks for media queries and sizes, which jsdom does not know. Tests without a page have no window at all.

import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

afterEach(cleanup);

const mediaQuery = (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: vi.fn(),
  removeListener: vi.fn(),
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
  dispatchEvent: vi.fn(),
});

class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

if (typeof window !== "undefined") {
  Object.defineProperty(window, "matchMedia", { value: mediaQuery });
  window.ResizeObserver = Observer as unknown as typeof ResizeObserver;
}
