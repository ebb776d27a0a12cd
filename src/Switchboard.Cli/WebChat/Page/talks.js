// Rooms, private talks and what was said in them.

import { fold, isRoom } from "./irc.js";
import { readTime } from "./keep.js";

const MAX_KEPT = 1500;
const TRIM_TO = 1000;

let lastKey = 0;

/** One room or private talk. Tells: added (detail: message), rewritten, changed. */
export class Talk extends EventTarget {
  messages = [];
  members = new Map();
  names = null;
  topic = "";
  unread = 0;
  mentions = 0;
  isIn = false;
  isAtBeginning = false;
  isLoading = false;
  /** Messages after this time are marked as new. */
  newAfter = Infinity;

  constructor(name) {
    super();
    this.name = name;
    this.key = fold(name);
    this.isRoom = isRoom(name);
  }

  /** The newest message that the server has an id for. */
  get newest() {
    return this.messages.findLast(each => each.id);
  }

  get oldest() {
    return this.messages.find(each => each.id);
  }

  knows(id) {
    return this.messages.some(each => each.id === id);
  }

  /** Adds what happened now. */
  add(message) {
    message.key = ++lastKey;
    this.messages.push(message);
    if (this.messages.length > MAX_KEPT) {
      this.messages.splice(0, this.messages.length - TRIM_TO);
      this.isAtBeginning = false;
      this.#tell("rewritten");
    } else {
      this.#tell("added", message);
    }
  }

  /** Puts what the server remembers where it belongs; what is there already is left alone. */
  merge(messages) {
    const known = new Set(this.messages.map(each => each.id));
    const fresh = messages.filter(each => !each.id || !known.has(each.id));
    fresh.forEach(each => each.key = ++lastKey);
    if (fresh.length > 0) {
      // Sorting is stable, so what has the same time stays in order.
      this.messages = [...fresh, ...this.messages].sort((one, other) => one.time - other.time);
      this.#tell("rewritten");
    }
    return fresh;
  }

  remove(message) {
    this.messages = this.messages.filter(each => each !== message);
    this.#tell("rewritten");
  }

  /** A message has become another: sent, or failed. */
  renew(message) {
    this.#tell("renewed", message);
  }

  change() {
    this.#tell("changed");
  }

  /** Everything is read. */
  markRead() {
    const time = this.messages.at(-1)?.time ?? Date.now();
    if (this.unread > 0 || (readTime.of(this.key) ?? 0) < time) {
      readTime.keep(this.key, time);
      this.unread = this.mentions = 0;
      this.#tell("changed");
    }
  }

  /** Counts a message as unread, if it is; `unknown` says up to when a talk is read that never was. */
  count(message, unknown = Infinity) {
    const isSaid = message.kind === "say" || message.kind === "act" || message.kind === "notice";
    if (isSaid && !message.own && message.time > (readTime.of(this.key) ?? unknown)) {
      this.unread++;
      this.mentions += message.mention || !this.isRoom ? 1 : 0;
      this.#tell("changed");
    }
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** All of them, in the order of the page. Tells: opened, closed (detail: talk). */
export class Talks extends EventTarget {
  #byKey = new Map();

  find(name) {
    return this.#byKey.get(fold(name));
  }

  /** Finds it or makes it. */
  open(name) {
    let talk = this.find(name);
    if (!talk) {
      talk = new Talk(name);
      this.#byKey.set(talk.key, talk);
      this.dispatchEvent(new CustomEvent("opened", { detail: talk }));
    }
    return talk;
  }

  close(talk) {
    if (this.#byKey.delete(talk.key)) {
      this.dispatchEvent(new CustomEvent("closed", { detail: talk }));
    }
  }

  /** A person has another name, and the talk with that person, too. */
  rename(talk, name) {
    if (!this.find(name)) {
      this.#byKey.delete(talk.key);
      talk.name = name;
      talk.key = fold(name);
      this.#byKey.set(talk.key, talk);
      talk.change();
    }
  }

  /** Rooms first, each group by name. */
  get all() {
    const order = (one, other) => other.isRoom - one.isRoom || one.key.localeCompare(other.key);
    return [...this.#byKey.values()].sort(order);
  }
}
