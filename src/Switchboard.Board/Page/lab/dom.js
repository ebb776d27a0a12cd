// Making elements: everything that is shown goes through here, as text and never as markup.

const Svg = "http://www.w3.org/2000/svg";

/** An element with attributes and children; a string is text, null is nothing. */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for drawings. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(Svg, name), attributes, children);
}

export const byId = id => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element[name] = value;
    } else if (name === "style") {
      for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that puts a text on the clipboard, and says so. */
export function copyButton(text) {
  return h("button", {
    type: "button", class: "quiet", onclick: async event => {
      await navigator.clipboard.writeText(text);
      event.target.textContent = "Copied";
    },
  }, "Copy");
}
