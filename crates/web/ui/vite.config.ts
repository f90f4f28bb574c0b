// The build of the app: into ../dist, which the crate embeds. No file is inlined, because the page's policy forbids it.
import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.PLOTLINE_SERVER ?? "http://127.0.0.1:8080";

const WORLD_FILE = "world_110m.json";
const WORLD = `topojson/${WORLD_FILE}`;
const PLOTLY = /node_modules\/(plotly\.js|@plotly|d3-|fast-isnumeric|culori)|charts\/plotly\.ts/;
const SPACE =
  /stackgl_modules|plotly\.js\/(src\/plots\/gl3d|(src\/traces|lib)\/(scatter3d|surface|mesh3d)|src\/lib\/(gl_format_color|str2rgbarray|prepare_regl|show_no_webgl_msg))|charts\/plotlySpace/;
const GEO =
  /plotly\.js\/(src\/plots\/geo|(src\/traces|lib)\/(choropleth|scattergeo)|src\/lib\/(geo_location_utils|topojson_utils|geojson_utils))|@turf|country-regex|d3-geo|topojson|charts\/plotlyGeo/;

/** The map of the world that the server draws with, at the address where Plotly looks for it. */
const world: Plugin = {
  name: "world",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: WORLD, source: readFileSync(`../../render/maps/${WORLD_FILE}`) });
  },
  configureServer({ middlewares }) {
    middlewares.use(`/${WORLD}`, (_, response) => response.end(readFileSync(`../../render/maps/${WORLD_FILE}`)));
  },
};

export default defineConfig({
  plugins: [react(), world],
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
            {
              name: "vendor",
              priority: 3,
              test: /node_modules\/(react|react-dom|scheduler|@tanstack)\/|preload-helper/,
            },
            // The core takes what it needs first; what only scenes or only maps need comes with those.
            { name: "plotly", priority: 2, test: (id) => PLOTLY.test(id) && !SPACE.test(id) && !GEO.test(id) },
            { name: "plotly-space", priority: 1, test: SPACE },
            { name: "plotly-geo", priority: 1, test: GEO },
          ],
        },
      },
    },
  },
  // The text about methods is read from docs, which lies outside this folder.
  server: { port: 5173, fs: { allow: ["../../.."] }, proxy: { "/api": { target: server } } },
  test: { environment: "jsdom", setupFiles: ["src/test-setup.ts"], include: ["src/**/*.test.{ts,tsx}"] },
});
