// Only what charts/plotly.ts names; Plotly's own types are of its sources and check too much.
declare module "plotly.js/lib/*" {
  const part: unknown;
  export default part;
}
