// What Plotly needs under a policy without `unsafe-inline`. Imported before Plotly.
const ID = "plotly.js-style-global";

// It writes its rules into a style element; one with this page's nonce is there before it looks.
if (!document.getElementById(ID)) {
  const style = document.createElement("style");
  style.id = ID;
  style.nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
  document.head.append(style);
}

// It writes some style attributes (bold texts, the pixels of heat maps), which the policy refuses; the same declarations
// through the element's own style are allowed.
SVGElement.prototype.setAttribute = function (this: SVGElement, name: string, value: string) {
  if (name === "style") this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
};
