// The calls in their order, as lines of life with arrows between them.

import { h, svg } from "./dom.js";
import { isLater } from "./panes.js";
import { colourOf, letterOf, number, resultOf, yourProgram } from "./text.js";

const RowHeight = 46;
const HeadHeight = 26;
const Top = 14;
const LeastColumn = 150;
const NarrowColumn = 240;
const CharacterWidth = 7.3;
const Margin = 16;
const LabelGap = 12;
const BarWidth = 8;

/** Draws all calls up to a moment. */
export function drawSequence({ lesson, view, width, choose }) {
  const actors = inOrder(lesson.actors);
  const column = Math.max(LeastColumn, (width - 2 * Margin) / actors.length);
  const total = 2 * Margin + column * actors.length;
  const x = name => Margin + column * (actors.findIndex(actor => actor.name === name) + 0.5);
  x.room = Math.max(16, Math.floor((column * Math.max(1, Math.min(actors.length, 3) - 1) - 22) / CharacterWidth));
  x.isNarrow = column < NarrowColumn;
  x.isLeft = name => actors.find(actor => actor.name === name).side === "server";
  const rows = rowsOf(view);
  const toldAt = rows.length ? x(rows.at(-1).call.actor) : x(actors[0].name);
  const height = Top + Math.max(rows.length, 1) * RowHeight + 12;
  const head = svg("svg", { class: "actors", width: total, height: HeadHeight, "aria-hidden": "true" },
    actors.map(actor =>
      svg("text", { class: "actor", x: x(actor.name), y: 17, "text-anchor": "middle" }, actor.name)));
  const drawing = svg("svg", {
    viewBox: `0 0 ${total} ${height}`, width: total, height, "aria-hidden": "true", "data-told-at": toldAt,
  },
    marker(),
    actors.map(actor => svg("line", { class: "life", x1: x(actor.name), y1: 0, x2: x(actor.name), y2: height })),
    drawStates(rows, x, actors, height),
    rows.map((row, index) => drawRow(row, Top + index * RowHeight, x, rows)));
  return [head, drawing, h("ol", { class: "unseen" }, view.calls.map(call =>
    h("li", {}, `${call.actor}: ${call.text} ${resultOf(call)}. ${call.sentence}`)))].map(part => {
    part.addEventListener?.("click", event => {
      const row = event.target.closest("[data-row]");
      if (row) choose(Number(row.dataset.row));
    });
    return part;
  });
}

const inOrder = actors => [
  ...actors.filter(actor => actor.side === "server"),
  ...actors.filter(actor => actor.side === "world"),
  ...actors.filter(actor => actor.side === "client"),
];

// One row for each thing that was told: a call that waited has two, its wait and its return.
function rowsOf(view) {
  const rows = [];
  view.events.forEach((event, index) => {
    if (event.event === "kernel") return;
    const until = view.events.findIndex((each, at) => at > index && each.event !== "kernel");
    const kernel = view.events.slice(0, until < 0 ? undefined : until).findLast(each => each.event === "kernel");
    rows.push({ call: event, kernel: kernel ?? view.kernel });
  });
  return rows;
}

function drawRow({ call, kernel }, y, x, rows) {
  const index = rows.findIndex(row => row.call === call);
  const at = x(call.actor);
  const toRight = x.isLeft(call.actor);
  const waits = call.event === "call-waits";
  const began = rows.findIndex(row => row.call.number === call.number && row.call.event === "call-waits");
  const returns = waits
    ? rows.findIndex(row => row.call.number === call.number && row.call.event === "call-returned")
    : -1;
  const end = waits ? Top + (returns < 0 ? rows.length : returns) * RowHeight : 0;
  const label = waits ? labelOf(call.text, "…", x.room)
    : labelOf(began >= 0 && began < index ? "…" : call.text, resultOf(call), x.room);
  return [svg("g", { class: `row${call.error && !isLater(call) ? " bad" : ""}`, "data-row": index + 1 },
    svg("rect", { class: "hit", x: 0, y: y - 6, width: "100%", height: RowHeight }),
    waits ? svg("rect", { class: "held", x: at - BarWidth / 2, y, width: BarWidth, height: end - y + 6, rx: 3 }) : null,
    drawMark(call, at, y),
    svg("text", {
      class: "label", x: toRight ? at + LabelGap : at - LabelGap, y: y + 8, "text-anchor": toRight ? "start" : "end",
    }, label),
    arrows(call, kernel, at, y, x))];
}

function drawMark(call, at, y) {
  if (!call.send) return svg("rect", { class: "mark", x: at - 6, y: y - 2, width: 12, height: 12, rx: 3 });
  return svg("g", { class: colourOf(call.send) },
    svg("rect", { class: "mark of-send", x: at - 7, y: y - 3, width: 14, height: 14, rx: 3 }),
    svg("text", { class: "mark-letter", x: at, y: y + 7 }, letterOf(call.send)));
}

// What came of a call is what one looks for: where there is no room for both, the call is cut down to its name first.
function labelOf(text, result, room) {
  const least = text.split("(")[0].length;
  const left = Math.max(room - result.length - 2, least);
  return shorten(text.length > left ? `${text.slice(0, left)}… ${result}` : `${text} ${result}`, room);
}

const shorten = (text, room) => (text.length > room ? `${text.slice(0, room - 1)}…` : text);

// The states of an actor's sockets as bars beside its line, from the row where they were seen first.
function drawStates(rows, x, actors, height) {
  const names = [...new Set(rows.flatMap(row => row.kernel.sockets.filter(isConnected).map(socket => socket.name)))];
  const places = new Map();
  return names.map(name => {
    const socket = rows.map(row => row.kernel.sockets.find(each => each.name === name)).find(each => each);
    const owner = socket?.owner;
    const shown = socket?.foreign ? yourProgram : name;
    const actor = actors.find(each => each.name === owner);
    if (!actor) return [];
    const place = places.get(owner) ?? 0;
    places.set(owner, place + 1);
    const outward = x(owner) <= Math.min(...actors.map(each => x(each.name))) || actor.side === "server" ? -1 : 1;
    const at = x(owner) + outward * (16 + place * 11);
    const spans = spansOf(rows, name);
    const isAlone = countOf(names, rows, owner) === 1;
    const besides = place === 0 ? 11 * Math.max(0, countOf(names, rows, owner) - 1) : 0;
    return spans.map(span => [
      svg("rect", {
        class: `state-bar ${span.kind}`, x: at - 3, y: Top + span.from * RowHeight + 8, width: 6, rx: 2,
        height: Math.max((Math.min(span.to, rows.length) - span.from) * RowHeight - 3, 6),
      }),
      place > 2 ? null : svg("text", {
        class: `state-text ${span.kind}`, x: at + outward * (8 + besides),
        y: Top + span.from * RowHeight + 20 + place * 13, "text-anchor": outward < 0 ? "end" : "start",
      }, x.isNarrow && isAlone ? span.state : `${shown}: ${span.state}`),
    ]);
  });
}

const isConnected = socket => socket.kind === "tcp" && socket.owner && socket.state && socket.state !== "LISTEN"
  && !(socket.state === "CLOSE" && !socket.remote);

const countOf = (names, rows, owner) => Math.min(3, names.filter(name =>
  rows.some(row => row.kernel.sockets.some(socket => socket.name === name && socket.owner === owner))).length);

function spansOf(rows, name) {
  const spans = [];
  rows.forEach((row, index) => {
    const state = row.kernel.sockets.filter(isConnected).find(socket => socket.name === name)?.state ?? null;
    const last = spans.at(-1);
    if (last?.state === state) last.to = index + 1;
    else spans.push({ state, from: index, to: index + 1, kind: kindOf(state) });
  });
  return spans.filter(span => span.state !== null);
}

const kindOf = state => (state === "ESTABLISHED" ? "good" : state === "CLOSE" ? "shut" : "closing");

// What crosses the wire because of a call: that it did is known from the other end, when it did is not.
function arrows(call, kernel, at, y, x) {
  if (call.event === "call-waits" && call.call !== "connect" && call.call !== "send") return [];
  const target = targetOf(call, kernel);
  if (target === null || target === call.actor) return [];
  const to = x(target);
  if (Number.isNaN(to) || to === at) return [];
  const text = segmentsOf(call, kernel, target);
  if (text === "" || (call.error && call.call !== "connect")) return [];
  const kind = call.send ? colourOf(call.send) : "";
  const middle = to + (at - to) * (x.isNarrow ? 0.5 : 0.3);
  return [
    svg("line", {
      class: `message dashed ${kind}`, x1: at + (to > at ? 8 : -8), y1: y + 16, x2: to + (to > at ? -7 : 7), y2: y + 28,
      "marker-end": "url(#head)",
    }),
    svg("text", { class: "message-text", x: middle, y: y + 37, "text-anchor": "middle" }, text),
  ];
}

function segmentsOf(call, kernel, target) {
  const own = kernel.sockets.find(each => each.name === call.socket);
  switch (call.call) {
    case "connect":
      return own.kind === "udp" ? ""
        : call.error === "ECONNREFUSED" ? "SYN, answered by RST"
        : call.error === "EINPROGRESS" || call.event === "call-waits" ? "SYN"
        : "SYN, SYN+ACK, ACK";
    case "close":
    case "shutdown":
      // A copy of the descriptor may be open still: then nothing is sent. Through a pipe nothing ever is.
      return own.kind !== "tcp" || own.state === "ESTABLISHED" || own.state === "CLOSE_WAIT" ? ""
        : kernel.sockets.some(each => each.state === "CLOSE" && each.owner === target) ? "RST" : "FIN";
    case "reset":
      return "RST";
    default:
      return !call.send ? ""
        : `${letterOf(call.send)} · ${call.value === undefined ? "a part" : `${number(call.value)} B`}`;
  }
}

function targetOf(call, kernel) {
  const own = kernel.sockets.find(each => each.name === call.socket);
  if (!own) return null;
  if (!own.remote && own.kind === "udp") {
    const address = /(\d+\.\d+\.\d+\.\d+:\d+)\)/.exec(call.text)?.[1];
    return kernel.sockets.find(each => each.local === address && each.owner)?.owner ?? null;
  }
  if (own.kind === "pipe" || own.kind === "memory") {
    return kernel.sockets.find(each => each.kind === own.kind && each.owner !== own.owner)?.owner ?? null;
  }
  const isAtItsAddress = each => each.local === own.remote && each.owner;
  const port = own.remote?.split(":")[1];
  const peer = kernel.sockets.find(each => isAtItsAddress(each) && each.remote === own.local && each.name !== own.name)
    ?? kernel.sockets.find(isAtItsAddress)
    ?? kernel.sockets.find(each => each.waiting !== undefined && each.local?.split(":")[1] === port);
  return peer?.owner ?? null;
}

function marker() {
  return svg("defs", {}, svg("marker", {
    id: "head", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse",
  }, svg("path", { d: "M0,0 L8,4 L0,8 z", class: "head" })));
}
