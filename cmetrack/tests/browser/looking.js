// What the browser does for looking.py, on every page it opens: what axe finds wrong, one look after the other.
{
  const MARK = "data-unjudged";
  axe.configure({ rules: [{ id: "color-contrast", selector: `[${MARK}]` }] });

  // What decides whether a text can be read, besides what it stands in.
  const PAINT = [
    "color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "textShadow",
    "fontSize", "fontWeight",
  ];

  // Kept from page to page for as long as the window is open.
  const numberOf = key => (sessionStorage[key] ??= sessionStorage.length);
  const isNew = key => !(key in sessionStorage) && numberOf(key);

  // axe leaves disabled controls alone, and texts of a single sign or of none that can be read.
  const textOf = element => {
    const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    const text = element.value || element.placeholder || own.map(node => node.data).join("").trim();
    const off = element.matches(":disabled, :disabled *, [aria-disabled=true], [aria-disabled=true] *");
    return text && [text.length > 1, /[\p{L}\p{N}]/u.test(text), off].join();
  };

  // Nothing is scrolled here, so what sticks to the top lies where it stands.
  const isInFlow = ({ position, bottom }) =>
    ["static", "relative"].includes(position) || (position === "sticky" && bottom === "auto");

  const covers = style => style.backgroundColor.startsWith("rgb(") && style.opacity === "1";

  // A layer that can be seen through lies on something else on each page and at each width.
  const layerOf = (style, place) =>
    isInFlow(style) || covers(style) ? "" : `${place} of ${location.pathname} at ${innerWidth}`;

  // A number for how an element and all it stands in are painted.
  const paintOf = (element, ground, place) => {
    const style = getComputedStyle(element);
    return numberOf([ground, layerOf(style, place), ...PAINT.map(name => style[name])].join());
  };

  // One text of each paint that was not judged yet: every other text in it is as readable, on any page.
  const oneOfEachPaint = () => {
    const paints = new Map();
    return [...document.querySelectorAll("*")].filter((element, place) => {
      const paint = paintOf(element, paints.get(element.parentElement), place);
      paints.set(element, paint);
      const text = element.checkVisibility({ visibilityProperty: true }) && textOf(element);
      return text && isNew(`${paint} ${text}`);
    });
  };

  // A colour on its way from light to dark is neither: whatever moves arrives at once, in the admin too.
  window.holdStill = () => {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets.push(still);
  };

  // One run over the whole page; contrast is judged where the mark stands.
  window.findFaults = async rules => {
    const unjudged = oneOfEachPaint();
    unjudged.forEach(element => element.setAttribute(MARK, ""));
    const { violations } = await axe.run(document, { resultTypes: ["violations"], ...rules });
    unjudged.forEach(element => element.removeAttribute(MARK));
    return violations;
  };
}
