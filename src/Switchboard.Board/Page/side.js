// What stands beside the table: listeners, what has ended, and warnings.

import { renew } from "./renew.js";
import { address, byId, bytes, count, keepingFocus, make, say, span } from "./text.js";

const mostEndedRows = 60;
const mostEnded = 200;

export class Listeners {
  #all = new Map();
  #order = [];
  #elements = new Map();
  #chosen = 0;

  constructor(chosen) {
    this.told = chosen;
  }

  get(n) {
    return this.#all.get(n);
  }

  get chosen() {
    return this.#chosen;
  }

  choose(n) {
    this.#chosen = n;
    this.#draw();
  }

  clear() {
    this.#all.clear();
    this.#order = [];
    this.#draw();
  }

  take(look) {
    for (const listener of look.listeners ?? []) this.#all.set(listener.n, listener);
    if (look.listenerOrder) {
      this.#order = look.listenerOrder;
      this.#draw();
    }
  }

  #draw() {
    keepingFocus(byId("listeners"), () => this.#drawAll());
    say(byId("listener-count"), this.#order.length ? count(this.#order.length) : "");
    byId("no-listeners").hidden = this.#order.length > 0;
  }

  #drawAll() {
    const list = byId("listeners");
    const shown = new Set(this.#order);
    for (const [n, element] of this.#elements) {
      if (!shown.has(n)) {
        element.remove();
        this.#elements.delete(n);
        this.#all.delete(n);
      }
    }
    this.#order.forEach((n, index) => {
      const element = this.#elements.get(n) ?? this.#add(n);
      if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
      this.#fill(element.firstChild, this.#all.get(n));
    });
  }

  #add(n) {
    const element = make("li", "", make("button", "listener"));
    element.firstChild.type = "button";
    element.firstChild.addEventListener("click", () => this.told(n === this.#chosen ? 0 : n));
    this.#elements.set(n, element);
    return element;
  }

  #fill(button, listener) {
    button.setAttribute("aria-pressed", String(listener.n === this.#chosen));
    button.classList.toggle("warned", Boolean(listener.warning));
    const name = listener.name ?? (listener.board ? "board" : "");
    const at = address(listener.local);
    const open = listener.open === undefined ? "" : `${count(listener.open)} open`;
    const by = listener.own ? "this program" : listener.process ?? "another user's process";
    button.title = `${listener.local}, ${by}`;
    renew(button,
      make("span", "name", make("span", "", name || at), make("small", "", name ? at : by)),
      name ? make("span", "by", make("span", "", open), make("small", "", used(listener))) : null,
      gauge("waiting to be accepted", listener.waiting, listener.backlog),
      isNear(listener.open, listener.maxOpen)
        ? gauge("of the connections granted", listener.open, listener.maxOpen) : null);
  }
}

const used = (listener) => (listener.maxOpen ? `of ${count(listener.maxOpen)} granted` : "");

// A bar says something only when a limit is in sight.
const isNear = (value, most) => most > 0 && value / most > 0.1;

function gauge(label, value, most) {
  if (!value || !most) return null;
  const fill = make("span", "fill");
  fill.style.width = `${Math.min(100, (100 * value) / most)}%`;
  const element = make("span", `gauge${value >= most ? " full" : ""}`, make("span", "track", fill),
    `${count(value)} / ${count(most)}`);
  element.title = `${count(value)} of ${count(most)} ${label}`;
  element.append(make("span", "unseen", ` ${label}`));
  return element;
}

export class Ended {
  #all = [];
  #isOwnOnly = false;
  count = 0;

  /** Those that are shown, the last first. */
  get all() {
    return this.#isOwnOnly ? this.#all.filter((ended) => ended.own) : this.#all;
  }

  /** @param isOwnOnly whether only those of this program are shown */
  show(isOwnOnly) {
    this.#isOwnOnly = isOwnOnly;
    this.#draw();
  }

  take(look) {
    if (look.endedCount === undefined) return;
    this.count = look.endedCount;
    // However many of others end, this program's stay.
    let own = 0;
    this.#all = [...look.ended.reverse(), ...this.#all]
      .filter((ended, place) => (ended.own ? own++ < mostEnded : place < mostEnded));
    this.#draw();
  }

  clear() {
    this.#all = [];
  }

  #draw() {
    const { all } = this;
    byId("ended").replaceChildren(...all.slice(0, mostEndedRows).map(endedRow));
    byId("no-ended").hidden = all.length > 0;
  }
}

export function endedRow(ended) {
  const counts = ended.received === undefined ? "" : ` · ◀ ${bytes(ended.received)} ▶ ${bytes(ended.sent)}`;
  const row = make("li", ended.failed ? "failed" : "",
    make("span", "peer", address(ended.remote || ended.local)),
    make("time", "when", new Date(ended.at).toLocaleTimeString("en-GB")),
    make("span", "why", `${ended.why}${ended.age === undefined ? "" : ` · after ${span(ended.age)}`}${counts}`));
  row.firstChild.title = ended.remote ? `${ended.local} → ${ended.remote}` : ended.local;
  return row;
}

export class Warnings {
  #all = [];

  constructor(chosen) {
    this.told = chosen;
  }

  get all() {
    return this.#all;
  }

  of(n) {
    return this.#all.find((warning) => warning.n === n);
  }

  take(look) {
    if (look.warnings) {
      this.#all = look.warnings;
      this.draw();
    }
  }

  draw() {
    const list = byId("warning-list");
    keepingFocus(list, () => {
      byId("warnings").hidden = this.#all.length === 0;
      say(byId("warning-count"), count(this.#all.length));
      while (list.children.length > this.#all.length) list.lastChild.remove();
      this.#all.forEach((warning, index) => this.#fill(list.children[index] ?? this.#add(list), warning, Date.now()));
    });
  }

  #add(list) {
    const button = make("button", "", make("span", "sentence"), make("span", "about"));
    button.type = "button";
    const item = make("li", "", button);
    button.addEventListener("click", () => this.told(this.#all[[...list.children].indexOf(item)].n));
    list.append(item);
    return item;
  }

  #fill(item, warning, now) {
    say(item.querySelector(".sentence"), sentence(warning, now));
    say(item.querySelector(".about"), address(warning.about).replace("→ tcp://", "→ "));
  }
}

export const sentence = (warning, now) =>
  `${warning.text}${warning.since === undefined ? "" : `, for ${span(now - warning.since)}`}.`;
