// Plotly writes its rules into a style element. One with this page's nonce is there before it looks, so that the
// page's policy needs no `unsafe-inline`. Imported before Plotly.
const ID = "plotly.js-style-global";

if (!document.getElementById(ID)) {
  const style = document.createElement("style");
  style.id = ID;
  style.nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
  document.head.append(style);
}
