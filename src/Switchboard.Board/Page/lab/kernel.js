// The column in the middle: what the kernel tells of the sockets, and the bytes between them.

import { h, svg } from "./dom.js";
import { bytes, glyph, number, yourProgram } from "./text.js";
import { beginPicture, drawQueue } from "./tape.js";

const TimeWaitMilliseconds = 60_000;
const RingRadius = 8;

/** Draws everything the kernel shows. */
export function drawKernel({ kernel, closedAt, lesson, now }) {
  beginPicture();
  const sides = new Map(lesson.actors.map(actor => [actor.name, actor.side]));
  const sockets = kernel.sockets.filter(socket => socket.kind !== "name");
  const drawn = new Set();
  const cards = [];
  for (const socket of sockets) {
    if (drawn.has(socket.name)) continue;
    drawn.add(socket.name);
    const isGone = socket.closed && !socket.state && socket.kind !== "memory";
    if (isGone && !sockets.some(each => each.remote && each.remote === socket.local && each.state)) continue;
    if (socket.kind === "memory") {
      cards.push(drawMemory(socket, sockets.filter(each => each.kind === "memory"), drawn));
    } else if (socket.kind === "udp") {
      cards.push(drawDatagramSocket(socket, kernel.tapes));
    } else if (socket.kind === "pipe") {
      cards.push(drawPipe(socket, sockets, kernel.tapes, drawn));
    } else if (socket.waiting !== undefined || (socket.state === "CLOSE" && !socket.remote) || !socket.remote) {
      cards.push(drawLone(socket));
    } else {
      const peers = sockets.filter(each => !drawn.has(each.name) && each.kind === "tcp"
        && ((each.local === socket.remote && each.remote === socket.local)
          || (each.local === socket.local && each.remote === socket.remote)));
      peers.forEach(each => drawn.add(each.name));
      cards.push(drawConnection([socket, ...peers], kernel.tapes, sides, closedAt, now));
    }
  }
  return cards.length ? cards : [h("p", { class: "empty" }, "No socket yet.")];
}

/** The same in words, for who does not see it. */
export function tellKernel(kernel) {
  return kernel.sockets.filter(socket => socket.state || socket.unread).map(socket => {
    const facts = [socket.state ?? "", socket.unread ? `${number(socket.unread)} bytes unread` : "",
      socket.unacknowledged ? `${number(socket.unacknowledged)} bytes not confirmed` : "",
      socket.waiting ? `${socket.waiting} waiting to be accepted` : "",
      socket.drops ? `${socket.drops} datagrams dropped` : ""].filter(fact => fact);
    return `${nameOf(socket)}: ${facts.join(", ")}.`;
  }).join(" ");
}

function drawConnection(ends, tapes, sides, closedAt, now) {
  const known = sides.get(ends.find(end => sides.has(end.owner))?.owner) ?? "client";
  const isServer = socket => (sides.has(socket.owner) ? sides.get(socket.owner) === "server" : known !== "server");
  const left = ends.filter(isServer);
  const right = ends.filter(end => !isServer(end));
  const isLeft = name => left.some(end => end.name === name);
  const isOver = ends.every(end => end.closed);
  const lanes = isOver ? [] : tapes.filter(tape => ends.some(end => end.name === tape.from || end.name === tape.to));
  const stranger = ends.find(end => end.foreign && !end.queued);
  return h("article", { class: "card connection", "aria-label": "Connection" },
    h("header", {},
      h("div", { class: "ends" }, left.map(end => drawEnd(end, closedAt, now)),
        left.length ? null : h("span", { class: "nobody" }, absenceOf(right[0]))),
      h("span", { class: "wire", "aria-hidden": "true" }),
      h("div", { class: "ends right" }, right.map(end => drawEnd(end, closedAt, now)))),
    lanes.filter(lane => lane.from || lane.sent > 0)
      .map(lane => drawLane(lane, lane.from ? isLeft(lane.from) : !isLeft(lane.to), stranger)),
    drawAddresses([...left, ...right]), drawFacts(ends));
}

const absenceOf = end =>
  end.state === "CLOSE" ? "nobody" : end.state === "SYN_SENT" ? "no answer yet" : "not accepted";

function drawLane(tape, toRight, stranger) {
  if (tape.sent === 0 && !tape.ended && tape.from) {
    return h("p", { class: "idle-lane" },
      `${toRight ? "" : "◀ "}${tape.from} has sent nothing${toRight ? " ▶" : ""}`);
  }
  const sending = drawQueue({
    label: `${tape.from || yourProgram} sends`, parts: tape.unconfirmed,
    none: !tape.from && stranger?.unacknowledged
      ? `${bytes(stranger.unacknowledged)} not confirmed`
      : "nothing under way",
  });
  const receiving = drawQueue({
    label: tape.to ? `${tape.to === stranger?.name ? yourProgram : tape.to} receives` : "to be accepted",
    parts: tape.unread, inferred: tape.inferred,
    end: tape.ended, none: "nothing to read",
  });
  const arrow = h("span", { class: "arrow", "aria-hidden": "true" }, toRight ? "▶" : "◀");
  return h("div", { class: `lane ${toRight ? "to-right" : "to-left"}` },
    toRight ? [sending, arrow, receiving] : [receiving, arrow, sending]);
}

// Where they are, by which other programs find them: ss, tcpdump.
const drawAddresses = ends => h("p", { class: "facts" }, ends.filter(end => end.local).map(end =>
  h("span", { class: "at" }, `${end.queued ? "in the queue" : nameOf(end)} `, h("code", {}, end.local))));

function drawFacts(ends) {
  const end = ends.find(each => each.segmentsOut !== undefined && !each.foreign);
  if (!end) return null;
  const facts = [
    end.roundTripMicroseconds === undefined ? null : `round trip ${number(end.roundTripMicroseconds)} µs`,
    `${number(end.segmentsOut)} ${end.segmentsOut === 1 ? "segment" : "segments"} out, ${number(end.segmentsIn)} in`,
    end.retransmits ? `${number(end.retransmits)} sent again` : null,
  ];
  return h("p", { class: "facts" }, `${end.name}: ${facts.filter(fact => fact).join(" · ")}`);
}

function drawLone(socket) {
  return h("article", { class: "card lone", "aria-label": `Socket ${socket.name}` },
    h("header", {}, h("div", { class: "ends" }, drawEnd(socket, new Map(), 0)),
      h("span", { class: "address" }, socket.local ?? "no address yet")),
    socket.waiting === undefined || socket.state !== "LISTEN" ? null : drawSeats(socket));
}

function drawSeats(socket) {
  const seats = socket.backlog + 1;
  const shown = Math.min(Math.max(seats, socket.waiting), 16);
  return h("div", { class: "seats", role: "img", "aria-label": `${socket.waiting} of ${seats} seats taken` },
    Array.from({ length: shown }, (_, index) =>
      h("i", { class: index < socket.waiting ? "seat taken" : "seat", "aria-hidden": "true" })),
    h("span", { "aria-hidden": "true" }, socket.waiting === 0
      ? `nobody waits for accept (backlog ${socket.backlog}, ${seats} seats)`
      : `${socket.waiting} of ${seats} seats taken: connected, not accepted`));
}

function drawDatagramSocket(socket, tapes) {
  const tape = tapes.find(each => each.to === socket.name);
  return h("article", { class: "card", "aria-label": `Socket ${socket.name}` },
    h("header", {}, h("div", { class: "ends" }, h("b", {}, socket.name), h("span", { class: "state" }, "UDP")),
      h("span", { class: "address" }, socket.local ?? "no address yet")),
    tape ? drawQueue({
      label: `${socket.name} receives`, parts: tape.unread, datagrams: true, none: "nothing to read",
    }) : null,
    socket.drops ? h("p", { class: "drops" }, `✕ ${number(socket.drops)} datagrams thrown away: no room`) : null);
}

function drawPipe(socket, sockets, tapes, drawn) {
  const ends = sockets.filter(each => each.kind === "pipe");
  ends.forEach(each => drawn.add(each.name));
  const tape = tapes[0];
  return h("article", { class: "card", "aria-label": "Named pipe" },
    h("header", {}, h("div", { class: "ends" }, ends.map(end =>
      [h("b", {}, end.name), h("span", { class: "state" }, end.closed ? "closed" : "open")]))),
    drawQueue({ label: "in the pipe", parts: tape?.unread ?? [], none: "nothing in it" }));
}

function drawMemory(socket, views, drawn) {
  views.forEach(each => drawn.add(each.name));
  const cells = [...socket.contents ?? ""].map(each =>
    h("span", { class: each === "\0" ? "cell hex zero" : "cell lit" }, each === "\0" ? "00" : glyph(each)));
  return h("article", { class: "card", "aria-label": "Shared memory" },
    h("header", {}, h("div", { class: "ends" }, views.map(view => h("b", {}, view.name)),
      h("span", { class: "state" }, "one memory"))),
    h("div", { class: "memory", role: "img", "aria-label": "Bytes of the memory" }, cells));
}

function drawEnd(end, closedAt, now) {
  const since = closedAt.get(end.name);
  return h("span", { class: "end-of", title: end.meaning ?? "" },
    h("b", {}, end.queued ? "in the queue" : nameOf(end)),
    h("span", { class: `state ${kindOf(end)}` },
      end.state === "TIME_WAIT" && since ? drawRing(since, now) : null,
      end.state ?? (end.closed ? "gone" : "open")),
    end.closed && end.state && !end.queued ? h("small", {}, "only the kernel has it") : null);
}

const nameOf = end => (end.foreign && !end.queued ? yourProgram : end.name);

const kindOf = end =>
  end.state === "ESTABLISHED" ? "good"
  : end.state === "LISTEN" ? "listens"
  : end.state === "SYN_SENT" || end.state === "SYN_RECV" ? "opening"
  : end.state === undefined || end.state === "CLOSE" ? "shut"
  : "closing";

// How much of the minute is left in which the kernel remembers.
function drawRing(since, now) {
  const left = Math.max(0, 1 - (now - since) / TimeWaitMilliseconds);
  const length = 2 * Math.PI * RingRadius;
  return svg("svg", { class: "ring", viewBox: "0 0 20 20", "data-since": since, "aria-hidden": "true" },
    svg("circle", { class: "track", cx: 10, cy: 10, r: RingRadius }),
    svg("circle", {
      class: "left", cx: 10, cy: 10, r: RingRadius,
      "stroke-dasharray": length, "stroke-dashoffset": length * (1 - left),
    }));
}

/** Lets the rings drain. */
export function drainRings(root, now) {
  for (const ring of root.querySelectorAll(".ring")) {
    const left = Math.max(0, 1 - (now - Number(ring.dataset.since)) / TimeWaitMilliseconds);
    const length = 2 * Math.PI * RingRadius;
    ring.lastElementChild.setAttribute("stroke-dashoffset", length * (1 - left));
  }
}
