// The table of connections. Only rows in sight exist as elements, whatever the number of connections; the server sends
// only those.

import { address, byId, bytes, make, microseconds, peerOf, say, span } from "./text.js";

const spare = 12;
// What fills a bar: no kernel lets more wait by default.
const largestQueue = 8 * 1024 * 1024;

export class Table {
  #scroll = byId("scroll");
  #room = byId("room");
  #grid = byId("grid");
  #elements = new Map();
  #rows = new Map();
  #order = [];
  #first = 0;
  #matching = 0;
  #selected = 0;
  #focused = 0;
  #pendingFocus = null;

  /** @param told is called with scrolled() and chosen(number) */
  constructor(told) {
    this.told = told;
    this.#scroll.addEventListener("scroll", () => told.scrolled(), { passive: true });
    this.#room.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (row) told.chosen(Number(row.dataset.n));
    });
    this.#room.addEventListener("keydown", (event) => this.#key(event));
    this.#room.addEventListener("focusin", (event) => {
      const row = event.target.closest(".row");
      if (row) this.#focus(Number(row.dataset.n), false);
    });
    new ResizeObserver(() => told.scrolled()).observe(this.#scroll);
  }

  get rows() {
    return this.#order.map((n) => this.#rows.get(n)).filter(Boolean);
  }

  get matching() {
    return this.#matching;
  }

  row(n) {
    return this.#rows.get(n);
  }

  /** Which rows should be here: those in sight, and some above and below. */
  get wanted() {
    const height = this.#rowHeight;
    const first = Math.max(0, Math.floor(this.#scroll.scrollTop / height) - spare);
    return { first, count: Math.ceil(this.#scroll.clientHeight / height) + 2 * spare };
  }

  top() {
    this.#scroll.scrollTop = 0;
  }

  clear() {
    this.#rows.clear();
    this.#order = [];
    this.#matching = 0;
  }

  take(look) {
    for (const row of look.rows ?? []) this.#rows.set(row.n, row);
    if (look.order) this.#order = look.order;
    this.#first = look.first ?? this.#first;
    this.#matching = look.matching ?? this.#matching;
    if (this.#rows.size > 4 * this.#order.length + 500) {
      const kept = new Set(this.#order);
      for (const n of this.#rows.keys()) if (!kept.has(n)) this.#rows.delete(n);
    }
    this.draw();
  }

  select(n) {
    this.#selected = n;
    this.draw();
  }

  draw() {
    const height = this.#rowHeight;
    this.#scroll.classList.toggle("short", this.#matching * height < this.#scroll.parentElement.clientHeight + height);
    this.#room.style.height = `${this.#matching * height}px`;
    this.#grid.setAttribute("aria-rowcount", String(this.#matching + 1));
    const shown = new Set(this.#order);
    for (const [n, element] of this.#elements) {
      // The one that has the focus stays, or the keys would go nowhere.
      if (!shown.has(n) && element !== document.activeElement) {
        element.remove();
        this.#elements.delete(n);
      }
    }
    const now = Date.now();
    this.#order.forEach((n, at) => this.#drawRow(n, this.#first + at, now));
    this.#settleFocus();
  }

  get #rowHeight() {
    return parseFloat(getComputedStyle(this.#grid).getPropertyValue("--row")) || 38;
  }

  #drawRow(n, at, now) {
    const row = this.#rows.get(n);
    if (!row) return;
    let element = this.#elements.get(n);
    if (!element) {
      element = newRow(n);
      this.#elements.set(n, element);
      this.#room.append(element);
    }
    const top = `${at * this.#rowHeight}px`;
    if (element.style.top !== top) element.style.top = top;
    element.setAttribute("aria-rowindex", String(at + 2));
    element.setAttribute("aria-selected", String(n === this.#selected));
    fill(element, row, now);
  }

  // One row can be reached by Tab; the arrows move from it to the others.
  #settleFocus() {
    if (this.#pendingFocus !== null) {
      const n = this.#order[this.#pendingFocus - this.#first];
      if (n !== undefined) {
        this.#pendingFocus = null;
        this.#focus(n, true);
      }
    }
    if (!this.#elements.has(this.#focused)) this.#focused = this.#order[0] ?? 0;
    for (const [n, element] of this.#elements) element.tabIndex = n === this.#focused ? 0 : -1;
  }

  #focus(n, move) {
    this.#focused = n;
    for (const [other, element] of this.#elements) element.tabIndex = other === n ? 0 : -1;
    if (move) this.#elements.get(n)?.focus({ preventScroll: true });
  }

  #key(event) {
    const at = Number(this.#elements.get(this.#focused)?.getAttribute("aria-rowindex") ?? 2) - 2;
    const page = Math.max(1, Math.floor(this.#scroll.clientHeight / this.#rowHeight) - 1);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0,
      End: this.#matching - 1 };
    if (event.key in moves) {
      event.preventDefault();
      this.#goTo(Math.min(Math.max(moves[event.key], 0), this.#matching - 1));
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.told.chosen(this.#focused);
    }
  }

  #goTo(at) {
    const height = this.#rowHeight;
    const { scrollTop, clientHeight } = this.#scroll;
    if (at * height < scrollTop) this.#scroll.scrollTop = at * height;
    else if ((at + 1) * height > scrollTop + clientHeight) this.#scroll.scrollTop = (at + 1) * height - clientHeight;
    this.#pendingFocus = at;
    this.#settleFocus();
  }
}

function newRow(n) {
  const cells = [
    make("span", "state"), make("span", "here"), make("span", "peer"), make("span", "process"),
    make("span", "age number"), make("span", "received number"), make("span", "sent number"),
    make("span", "waiting"), make("span", "trip number"), make("span", "small"),
  ];
  for (const cell of cells) cell.setAttribute("role", "gridcell");
  for (const flow of [cells[5], cells[6]]) flow.append(make("small", "rate"), make("span", "total"));
  cells[7].append(make("span", "queues", queue("in", "◀"), queue("out", "▶")));
  const row = make("div", "row", ...cells);
  row.setAttribute("role", "row");
  row.dataset.n = String(n);
  row.cells = Object.fromEntries(cells.map((cell) => [cell.classList[0], cell]));
  return row;
}

function queue(way, mark) {
  const fillBar = make("span", "fill");
  return make("span", `queue ${way}`, make("span", "", mark), make("span", "track", fillBar), make("span", "much"));
}

function fill(element, row, now) {
  const { cells } = element;
  const state = `state ${row.state}`;
  if (cells.state.className !== state) cells.state.className = state;
  say(cells.state, row.warning ? `${row.state} !` : row.state);
  say(cells.here, address(row.local));
  say(cells.peer, shortened(peerOf(row)));
  say(cells.process, shortened(row.process ?? ""));
  say(cells.age, age(row, now));
  fillFlow(cells.received, row.received, row.receiveRate);
  fillFlow(cells.sent, row.sent, row.sendRate);
  fillQueue(cells.waiting, ".in", row.unread);
  fillQueue(cells.waiting, ".out", row.waiting);
  const words = `${bytes(row.unread)} not read by the program, ${bytes(row.waiting)} ${unsettled(row.kind)}`;
  if (cells.waiting.title !== words) {
    cells.waiting.title = words;
    cells.waiting.setAttribute("aria-label", words);
  }
  say(cells.trip, microseconds(row.roundTrip));
  say(cells.small, `${row.process ?? "no process"} · ${age(row, now)} · ◀ ${bytes(row.received)} · ▶ ${bytes(row.sent)}`);
}

const shortened = (process) => process.replace(/ \(pid (\d+)\)/g, " $1");

const unsettled = (kind) => ({ udp: "not sent yet", unix: "not read by the peer" }[kind] ?? "not confirmed by the peer");

// What is in a queue counts more the emptier it is: one byte is to be seen, and so is a megabyte.
function fillQueue(cell, which, waiting) {
  const queued = cell.querySelector(which);
  queued.classList.toggle("nothing", !waiting);
  if (waiting) {
    const share = Math.min(1, 0.08 + Math.log2(1 + waiting) / Math.log2(largestQueue));
    queued.querySelector(".fill").style.width = `${Math.round(share * 100)}%`;
    say(queued.lastChild, bytes(waiting));
  }
}

function fillFlow(cell, total, perSecond) {
  say(cell.firstChild, perSecond ? `${bytes(perSecond)}/s` : "");
  say(cell.lastChild, bytes(total));
}

export const age = (row, now) => `${row.exact ? "" : "> "}${span(now - row.opened)}`;
