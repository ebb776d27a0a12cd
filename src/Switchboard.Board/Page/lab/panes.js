// The programs: each line with its number, what it has done, and where its actor stands.

import { h } from "./dom.js";
import { colourOf, letterOf, resultOf, seconds } from "./text.js";

/** Draws one actor's program. */
export function drawProgram(actor, { lesson, language, port, calls, state, live, key, step }) {
  const waiting = calls.find(call => call.actor === actor.name && call.event === "call-waits");
  const next = state?.next;
  const nextLine = waiting ? null : next === undefined ? null : lesson.steps[next].line;
  const lines = actor.program.map((line, index) => {
    const done = calls.filter(call => call.actor === actor.name && lineOf(lesson, call) === index + 1);
    const waits = waiting && lineOf(lesson, waiting) === index + 1;
    return h("li", {
      class: `line${done.length && !waits ? " done" : ""}${waits ? " waits" : ""}${nextLine === index + 1 ? " next" : ""}`,
      "aria-current": nextLine === index + 1 || waits ? "step" : null,
    },
      h("code", {}, highlight(line[language], port)),
      done.map(call => drawResult(call)));
  });
  const strays = calls.filter(call => call.actor === actor.name && lineOf(lesson, call) === null);
  return h("article", { class: `program ${actor.side}`, "aria-label": `Program of ${actor.name}` },
    h("header", {},
      h("h3", {}, actor.name),
      state?.yours ? h("span", { class: "tag" }, "your program")
        : h("button", {
          type: "button", class: "step", "data-actor": actor.name, disabled: !live || next === undefined,
          "aria-label": `Step ${actor.name}${next === undefined ? "" : `: ${lesson.steps[next].call}`}`,
          onclick: () => step(actor.name),
        }, waiting ? "waits" : next === undefined && live ? "done" : "Step", key ? h("kbd", {}, key) : null)),
    h("ol", { class: "lines" }, lines),
    strays.length ? h("div", { class: "strays" }, strays.map(drawResult)) : null);
}

/** A call and its result as a chip. */
export function drawResult(call) {
  const waits = call.event === "call-waits";
  const kind = waits ? "waits" : call.error ? "bad" : "good";
  return h("p", { class: `result ${kind}` },
    call.send ? h("span", { class: `swatch ${colourOf(call.send)}`, title: `send ${letterOf(call.send)}` },
      letterOf(call.send)) : null,
    h("span", { class: "call" }, `${call.text} `),
    waits
      ? h("strong", { class: "clock", "data-from": Date.parse(call.time) - call.took }, `waits ${seconds(call.took)}`)
      : h("strong", {}, resultOf(call)),
    call.note ? h("span", { class: "note" }, ` ${call.note}`) : null);
}

const lineOf = (lesson, call) => (call.step === undefined ? null : lesson.steps[call.step].line ?? null);

// Strings and comments only: enough to read by, in three languages.
function highlight(code, port) {
  const text = code.replaceAll("{port}", port ?? "port");
  const parts = text.split(/(b?"(?:[^"\\]|\\.)*"(?:u8)?|(?:^|\s)#.*$|\/\/.*$|\/\*.*?\*\/)/);
  return parts.filter(part => part !== "").map(part =>
    /^\s*(#|\/\/|\/\*)/.test(part) ? h("span", { class: "comment" }, part)
    : /^b?"/.test(part) ? h("span", { class: "string" }, part)
    : part);
}
