// The chunk of Plotly for maps.
import choropleth from "plotly.js/lib/choropleth";
import scattergeo from "plotly.js/lib/scattergeo";

export default [choropleth, scattergeo];
