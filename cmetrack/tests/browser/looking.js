// What the browser does for looking.py, on every page it opens: what axe finds wrong, one look after the other.
{
  const CONTRAST = "color-contrast";
  // What decides whether a text can be read, besides what it stands in.
  const PAINT = [
    "color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "textShadow",
    "fontSize", "fontWeight",
  ];
  const IN_FLOW = ["static", "relative"];
  const judged = new Set();
  const numbers = new Map();

  const numberOf = key => {
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key);
  };

  const run = async (where, options) =>
    (await axe.run(where, { resultTypes: ["violations"], ...options })).violations;

  // axe leaves disabled controls alone, and texts of a single sign or of none that can be read.
  const textOf = element => {
    const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    const text = element.value || element.placeholder || own.map(node => node.data).join("").trim();
    const off = element.matches(":disabled, :disabled *, [aria-disabled=true], [aria-disabled=true] *");
    return text && [text.length > 1, /[\p{L}\p{N}]/u.test(text), off].join();
  };

  // A number for how an element and all it stands in are painted. A layer lies on something else at each width.
  const paintOf = (element, ground, place) => {
    const style = getComputedStyle(element);
    const layer = IN_FLOW.includes(style.position) ? "" : `${place} at ${innerWidth}`;
    return numberOf([ground, layer, ...PAINT.map(name => style[name])].join());
  };

  // One text of each paint that was not judged yet: on this page every other text in it is as readable.
  const oneOfEachPaint = () => {
    const paints = new Map();
    return [...document.querySelectorAll("*")].filter((element, place) => {
      const paint = paintOf(element, paints.get(element.parentElement), place);
      paints.set(element, paint);
      const text = element.checkVisibility({ visibilityProperty: true }) && textOf(element);
      const kind = `${paint} ${text}`;
      if (!text || judged.has(kind)) return false;
      return judged.add(kind);
    });
  };

  // A colour on its way from light to dark is neither: whatever moves arrives at once, in the admin too.
  window.holdStill = () => {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets.push(still);
  };

  window.findFaults = async rules => {
    const include = oneOfEachPaint();
    return [
      ...(await run(document, { ...rules, rules: { [CONTRAST]: { enabled: false } } })),
      ...(include.length ? await run({ include }, { runOnly: { type: "rule", values: [CONTRAST] } }) : []),
    ];
  };
}
