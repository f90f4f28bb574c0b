// The chunk of Plotly for scenes in three dimensions.
import scatter3d from "plotly.js/lib/scatter3d";
import surface from "plotly.js/lib/surface";

export default [scatter3d, surface];
