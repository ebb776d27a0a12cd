// The programs: each line with its number, what it has done, and where its actor stands.

import { h } from "./dom.js";
import { colourOf, letterOf, resultOf, seconds } from "./text.js";

/** Draws one actor's program. */
export function drawProgram(actor, { lesson, language, port, calls, state, live, key, step }) {
  const waiting = calls.find(call =>
    call.actor === actor.name && call.step !== undefined && call.event === "call-waits");
  const next = state?.next;
  const word = waiting ? "waits" : next === undefined && live ? "done" : "Step";
  const nextLine = waiting ? null : next === undefined ? null : lesson.steps[next].line;
  const lines = actor.program.map((line, index) => {
    const done = calls.filter(call => call.actor === actor.name && lineOf(lesson, call) === index + 1);
    const waits = waiting && lineOf(lesson, waiting) === index + 1;
    return h("li", {
      class: ["line", done.length && !waits ? "done" : "", waits ? "waits" : "",
        nextLine === index + 1 ? "next" : ""].filter(each => each).join(" "),
      "aria-current": nextLine === index + 1 || waits ? "step" : null,
    },
      h("code", {}, highlight(line[language], port)),
      done.map(call => drawResult(call)));
  });
  const strays = calls.filter(call => call.actor === actor.name && lineOf(lesson, call) === null);
  return h("article", { class: `program ${actor.side}`, "aria-label": `Program of ${actor.name}` },
    h("header", {},
      h("h2", {}, actor.name),
      state?.yours ? h("span", { class: "tag" }, "your program")
        : h("button", {
          type: "button", class: "step", "data-actor": actor.name, disabled: !live || next === undefined,
          onclick: () => step(actor.name),
        }, word,
        h("span", { class: "unseen" }, ` ${actor.name}${next === undefined ? "" : `: ${lesson.steps[next].call}`} `),
        key ? h("kbd", {}, key) : null)),
    h("ol", { class: "lines" }, lines),
    actor.side === "world" ? null : h("footer", {}, h("button", {
      type: "button", class: "quiet",
      onclick: async event => {
        const button = event.target;
        await navigator.clipboard.writeText(await wholeProgram(actor, language, port));
        button.textContent = "Copied";
      },
    }, "Copy as a whole", h("span", { class: "unseen" }, `: the program of ${actor.name}`))),
    strays.length ? h("div", { class: "strays" }, strays.map(drawResult)) : null);
}

/** A call and its result as a chip. */
export function drawResult(call) {
  const waits = call.event === "call-waits";
  const kind = waits ? "waits" : isLater(call) ? "later" : call.error ? "bad" : "good";
  return h("p", { class: `result ${kind}` },
    call.send ? h("span", { class: `swatch ${colourOf(call.send)}`, title: `send ${letterOf(call.send)}` },
      letterOf(call.send)) : null,
    h("span", { class: "call" }, `${call.text} `),
    waits
      ? h("strong", { class: "clock", "data-from": Date.parse(call.time) - call.took * 1000 },
        `waits ${seconds(call.took * 1000)}`)
      : h("strong", {}, resultOf(call)),
    call.note ? h("span", { class: "note" }, ` ${call.note}`) : null);
}

/** Not a failure: the call was told not to wait, and says that it would have to. */
export const isLater = call => call.error === "EAGAIN" || call.error === "EINPROGRESS";

const lineOf = (lesson, call) => (call.step === undefined ? null : lesson.steps[call.step].line ?? null);

let around = null;

/** The program with all that stands around its lines, ready to be run. */
async function wholeProgram(actor, language, port) {
  around ??= await (await fetch("/lab/around.json")).json();
  const { before, between = [], after } = around[language];
  const given = actor.given?.[language] ? actor.given[language].split("\n") : [];
  const indent = language === "c" ? "    " : "";
  return [...before, ...given, ...between, ...actor.program.map(line => indent + line[language]), ...after, ""]
    .join("\n").replaceAll("{port}", port ?? "7342");
}

// Strings and comments only: enough to read by, in three languages.
function highlight(code, port) {
  const text = code.replaceAll("{port}", port ?? "port");
  const parts = text.split(/(b?"(?:[^"\\]|\\.)*"(?:u8)?|(?:^|\s)#.*$|\/\/.*$|\/\*.*?\*\/)/);
  return parts.filter(part => part !== "").map(part =>
    /^\s*(#|\/\/|\/\*)/.test(part) ? h("span", { class: "comment" }, part)
    : /^b?"/.test(part) ? h("span", { class: "string" }, part)
    : part);
}
