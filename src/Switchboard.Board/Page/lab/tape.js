// Bytes where they lie: one cell each while they are few, a bar when they are many.

import { h } from "./dom.js";
import { bytes, colourOf, glyph, letterOf, number } from "./text.js";

const MaxCells = 64;

// What each queue held when it was drawn last: only what has come since is seen to arrive.
let held = new Map();
let next = new Map();

/** Begins a new picture; whatever is not drawn in it again has left. */
export function beginPicture() {
  held = next;
  next = new Map();
}

/** A queue. Datagrams lie side by side, the bytes of a stream do not keep apart. */
export function drawQueue({ label, parts, datagrams = false, inferred = false, end = false, none = "empty" }) {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const isNew = part => {
    const key = `${label} ${part.send}`;
    const before = next.get(key) ?? 0;
    next.set(key, before + part.count);
    return (held.get(key) ?? 0) < before + part.count;
  };
  const what = datagrams ? `${parts.length} datagram${parts.length === 1 ? "" : "s"}, ${bytes(count)}` : bytes(count);
  return h("div", {
    class: `queue${count === 0 ? " bare" : ""}${inferred ? " inferred" : ""}`,
    role: "img", "aria-label": `${label}: ${what}${inferred ? ", inferred" : ""}${end ? ", then the end" : ""}`,
  },
    h("span", { class: "queue-label", "aria-hidden": "true" }, label,
      count > 0 ? h("b", {}, ` ${number(count)}`) : null),
    h("span", { class: `cells${datagrams ? " apart" : ""}`, "aria-hidden": "true" },
      count === 0 ? h("i", { class: "none" }, none)
        : count <= MaxCells ? parts.map(part => drawCells(part, isNew(part)))
        : parts.length > 12 ? drawMany(parts, count) : parts.map(part => drawBar(part, count, isNew(part))),
      end ? h("i", { class: "end", title: "the end of the stream" }, "END") : null));
}

function drawCells(part, isNew) {
  return h("span", { class: `piece ${colourOf(part.send)}${isNew ? " new" : ""}` },
    h("sup", {}, letterOf(part.send)),
    [...part.bytes].map(each => {
      const shown = glyph(each);
      return h("span", { class: shown.length > 1 ? "cell hex" : "cell" }, shown);
    }));
}

function drawBar(part, total, isNew) {
  return h("span", {
    class: `piece stretch ${colourOf(part.send)}${isNew ? " new" : ""}`,
    style: { "flex-grow": `${Math.max(part.count / total, 0.06)}` },
  }, h("sup", {}, letterOf(part.send)), h("span", {}, number(part.count)));
}

function drawMany(parts, count) {
  return h("span", { class: `piece stretch ${colourOf(parts[0].send)}`, style: { "flex-grow": "1" } },
    h("sup", {}, letterOf(parts[0].send)), h("span", {}, `${number(parts.length)} pieces, ${number(count)} bytes`));
}
