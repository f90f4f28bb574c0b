// The build of the app: into ../dist, which the crate embeds. No file is inlined, because the page's policy forbids it.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.PLOTLINE_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  // Plotly's sources name the global object as Node does.
  define: { global: "globalThis" },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    rolldownOptions: {
      output: {
        // Shared by every page, and changed only with a version of a library.
        codeSplitting: {
          groups: [
            { name: "vendor", test: /node_modules\/(react|react-dom|scheduler|@tanstack)\// },
            { name: "plotly", test: /node_modules\/(plotly\.js|@plotly|d3-|fast-isnumeric|culori)|charts\/plotly/ },
          ],
        },
      },
    },
  },
  // The text about methods is read from docs, which lies outside this folder.
  server: { port: 5173, fs: { allow: ["../../.."] }, proxy: { "/api": { target: server } } },
  test: { environment: "jsdom", setupFiles: ["src/test-setup.ts"], include: ["src/**/*.test.{ts,tsx}"] },
});
