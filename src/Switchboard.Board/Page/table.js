// The table of connections. Only rows in sight exist as elements, whatever the number of connections; the server sends
// only those.

import { address, byId, bytes, flows, holderOf, make, microseconds, peerOf, say, span } from "./text.js";

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
  // The row that the keys are about: its number, and its place among all that match.
  #focused = 0;
  #at = 0;
  // Whether keys have moved on to a place that is not here yet, and whether Enter was pressed for it.
  #isMoving = false;
  #willChoose = false;

  /** @param told is called with scrolled() and chosen(number) */
  constructor(told) {
    this.told = told;
    this.#scroll.addEventListener("scroll", () => told.scrolled(), { passive: true });
    this.#room.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (row) told.chosen(Number(row.dataset.n));
    });
    this.#scroll.addEventListener("keydown", (event) => this.#key(event));
    this.#room.addEventListener("focusin", (event) => this.#follow(event.target.closest(".row")));
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

  /** Forgets all rows: the next ones may be others with the same numbers. */
  clear() {
    this.#rows.clear();
    this.#order = [];
    this.#matching = 0;
    this.#focused = 0;
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

  /** Gives the keyboard to the row that had it last, or to the one in its place. */
  focus() {
    this.#scroll.focus({ preventScroll: true });
    this.#goTo(this.#at);
  }

  draw() {
    const height = this.#rowHeight;
    this.#scroll.classList.toggle("short", this.#matching * height < this.#scroll.parentElement.clientHeight + height);
    this.#room.style.height = `${this.#matching * height}px`;
    this.#grid.setAttribute("aria-rowcount", String(this.#matching + 1));
    const now = Date.now();
    this.#order.forEach((n, index) => this.#drawRow(n, this.#first + index, height, now));
    this.#settle();
  }

  get #rowHeight() {
    return parseFloat(getComputedStyle(this.#grid).getPropertyValue("--row")) || 38;
  }

  get #hasFocus() {
    return this.#scroll.contains(document.activeElement);
  }

  #drawRow(n, at, height, now) {
    const row = this.#rows.get(n);
    if (!row) return;
    let element = this.#elements.get(n);
    if (!element) {
      element = newRow(n);
      this.#elements.set(n, element);
      this.#room.append(element);
    }
    const top = `${at * height}px`;
    if (element.style.top !== top) element.style.top = top;
    element.setAttribute("aria-rowindex", String(at + 2));
    element.setAttribute("aria-selected", String(n === this.#selected));
    fill(element, row, now);
  }

  // Finds the row that the keys are about, gives it the focus if that is in the table, and only then removes what is no
  // longer shown: an element that is removed with the focus takes the next key with it.
  #settle() {
    const hasFocus = this.#hasFocus;
    this.#findFocused(hasFocus);
    const focused = this.#elements.get(this.#focused);
    if (hasFocus && focused !== document.activeElement) (focused ?? this.#scroll).focus({ preventScroll: true });
    const shown = new Set(this.#order);
    for (const [n, element] of this.#elements) {
      // Scrolled out of sight it is not drawn anew, and keeps the focus all the same.
      const isAway = !shown.has(n);
      element.classList.toggle("away", isAway);
      element.tabIndex = element === focused ? 0 : -1;
      if (isAway && !(hasFocus && element === focused)) {
        element.remove();
        this.#elements.delete(n);
      }
    }
    if (this.#willChoose && !this.#isMoving) {
      this.#willChoose = false;
      this.told.chosen(this.#focused);
    }
  }

  // The keys follow their row wherever it goes. When it is gone, they are about the one that is in its place.
  #findFocused(hasFocus) {
    const index = this.#order.indexOf(this.#focused);
    if (!hasFocus) this.#isMoving = this.#willChoose = false;
    if (index >= 0 && !this.#isMoving) {
      this.#at = this.#first + index;
      return;
    }
    this.#at = Math.max(0, Math.min(this.#at, this.#matching - 1));
    const there = this.#order[this.#at - this.#first];
    if (this.#elements.has(there)) {
      this.#focused = there;
      this.#isMoving = false;
    } else if (this.#matching === 0) {
      this.#focused = 0;
      this.#isMoving = this.#willChoose = false;
    } else if (!hasFocus && this.#order.length > 0) {
      // Tab reaches the table where it is looked at.
      this.#focused = this.#order[0];
      this.#at = this.#first;
    }
  }

  // A row was clicked, or reached by Tab.
  #follow(element) {
    const n = Number(element?.dataset.n);
    if (!element || n === this.#focused) return;
    this.#focused = n;
    this.#at = Number(element.getAttribute("aria-rowindex")) - 2;
    this.#isMoving = this.#willChoose = false;
    for (const [other, one] of this.#elements) one.tabIndex = other === n ? 0 : -1;
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.#scroll.clientHeight / this.#rowHeight) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      event.preventDefault();
      this.#goTo(this.#at + steps[event.key]);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (this.#isMoving) this.#willChoose = true;
      else if (this.#focused) this.told.chosen(this.#focused);
    }
  }

  #goTo(place) {
    const at = Math.max(0, Math.min(place, this.#matching - 1));
    const height = this.#rowHeight;
    const { scrollTop, clientHeight } = this.#scroll;
    if (at * height < scrollTop) this.#scroll.scrollTop = at * height;
    else if ((at + 1) * height > scrollTop + clientHeight) this.#scroll.scrollTop = (at + 1) * height - clientHeight;
    this.#at = at;
    this.#isMoving = true;
    this.#willChoose = false;
    this.#settle();
  }
}

function newRow(n) {
  const cells = [
    make("span", "state"), make("span", "here", make("bdi")), make("span", "peer", make("bdi")),
    make("span", "process"), make("span", "age number"), make("span", "received number"), make("span", "sent number"),
    make("span", "waiting"), make("span", "trip number"), make("span", "small"),
  ];
  for (const cell of cells) cell.setAttribute("role", "gridcell");
  for (const end of [cells[1], cells[2]]) end.firstChild.dir = "ltr";
  for (const flow of [cells[5], cells[6]]) flow.append(make("small", "rate"), make("span", "total"));
  cells[7].append(make("span", "queues", queue("in", "◀"), queue("out", "▶")));
  const row = make("div", "row", ...cells);
  row.setAttribute("role", "row");
  row.dataset.n = String(n);
  row.tabIndex = -1;
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
  fillEnd(cells.here, address(row.local));
  fillEnd(cells.peer, shortened(peerOf(row)));
  // Where there is room for one end alone, it is the one that has a name.
  element.classList.toggle("nameless", !row.remote || row.remote === "unix:(unnamed)");
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
  const counts = row.received === undefined ? "" : ` · ${flows(row)}`;
  say(cells.small, `${holderOf(row)} · ${age(row, now)}${counts}`);
}

const shortened = (process) => process.replace(/ \(pid (\d+)\)/g, " $1");

function fillEnd(cell, text) {
  say(cell.firstChild, text);
  if (cell.title !== text) cell.title = text;
}

const unsettled = (kind) =>
  ({ udp: "not sent yet", unix: "not read by the peer" }[kind] ?? "not confirmed by the peer");

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
