// One person's place in the chat: signs in, keeps the place over losses of the connection, asks and says.

import { fold, format, isRoom, parse, plain } from "./irc.js";
import { seat } from "./keep.js";
import { fail, Sent } from "./sent.js";
import { follow } from "./events.js";
import { catchUp, catchUpPeople } from "./history.js";

const WANTED = ["account-tag", "away-notify", "batch", "draft/account-registration", "draft/chathistory",
  "echo-message", "extended-join", "labeled-response", "message-tags", "multi-prefix", "sasl", "server-time",
  "setname", "standard-replies", "account-notify", "invite-notify"];
const NICK_TRIES = 6;
const NICK_DELAY = 500;
const REGAIN_DELAY = 20_000;
const MAX_ROOMS_BYTES = 400;

/**
 * Phases: out, coming (for the first time), waiting (for the connection to come back), here. Tells: phase, refused
 * (detail: why one did not get in), note (detail: {talk, text}), network.
 */
export class Chat extends EventTarget {
  phase = "out";
  nick = "";
  account = "";
  network = "Chat";
  again = null;
  reason = "";
  supports = new Map();
  capabilities = new Set();
  sent = new Sent();
  #offered = new Set();
  #wish = null;
  #tries = 0;
  #asked = new Map();
  #batches = new Map();
  #lastLabel = 0;
  #skew = 0;

  constructor(link, talks) {
    super();
    this.link = link;
    this.talks = talks;
    link.addEventListener("open", () => this.#register());
    link.addEventListener("line", event => this.#hear(parse(event.detail)));
    link.addEventListener("down", event => this.#lose(event.detail));
  }

  /** The time as the server has it. */
  get now() {
    return Date.now() + this.#skew;
  }

  /** Comes in; `resumes` when it was there before, and may be waited for. */
  signIn({ nick, password = "", rooms = [], resumes = false }) {
    this.#wish = { nick, password, rooms: new Set(rooms), resumes, usesPass: false };
    this.nick = nick;
    this.#turn(resumes ? "waiting" : "coming");
    this.link.open();
  }

  signOut() {
    this.link.send(format("QUIT"));
    this.link.close();
    seat.clear();
    this.#turn("out");
  }

  /** Leaves the rooms to whoever reloads the page, and the nick free. */
  leavePage() {
    this.link.send(format("QUIT", "Page closed"));
  }

  send(command, ...params) {
    this.link.send(format(command, ...params));
  }

  /** Asks for a batch. Gives its messages; null if there is none to be had. */
  ask(command, ...params) {
    if (!this.link.isOpen || !this.capabilities.has("labeled-response")) {
      return Promise.resolve(null);
    }
    const label = this.#label();
    return new Promise(resolve => {
      this.#asked.set(label, resolve);
      this.link.send(`@label=${label} ${format(command, ...params)}`);
    });
  }

  /** Says something; it shows as on its way until the server gives it back. */
  say(talk, text, kind = "say") {
    const line = kind === "act" ? `\u0001ACTION ${text}\u0001` : text;
    const label = this.#label();
    const message = { kind, nick: this.nick, text, own: true, time: this.now, label };
    this.sent.add(label, talk, message);
    talk.add(message);
    const command = format(kind === "notice" ? "NOTICE" : "PRIVMSG", talk.name, line);
    this.link.send(this.capabilities.has("labeled-response") ? `@label=${label} ${command}` : command);
  }

  join(name, key) {
    this.#wish.rooms.add(name);
    this.send("JOIN", ...(key ? [name, key] : [name]));
    return this.talks.open(name);
  }

  part(talk) {
    if (talk.isRoom && talk.isIn) {
      this.send("PART", talk.name);
    }
    this.forget(talk);
  }

  /** Comes into a room no more by itself. */
  forget(talk) {
    for (const room of this.#wish.rooms) {
      if (fold(room) === talk.key) {
        this.#wish.rooms.delete(room);
      }
    }
    this.talks.close(talk);
    this.keepSeat();
  }

  keepSeat() {
    if (this.phase !== "out") {
      const people = this.talks.all.filter(each => !each.isRoom).map(each => each.name);
      seat.write({ nick: this.#wish.nick, rooms: [...this.#wish.rooms], people, hadAccount: this.account !== "" });
    }
  }

  note(text, talk = null) {
    this.dispatchEvent(new CustomEvent("note", { detail: { text, talk } }));
  }

  isMe(nick) {
    return fold(nick) === fold(this.nick);
  }

  /** One has come into a room, asked or not. */
  entered(talk) {
    this.#wish.rooms.add(talk.name);
    talk.isIn = true;
    this.keepSeat();
    talk.change();
    catchUp(this, talk);
  }

  renamed(nick) {
    this.nick = nick;
    this.#wish.nick = nick;
    this.keepSeat();
    this.#turn(this.phase);
  }

  refuse(problem) {
    this.link.close();
    seat.clear();
    this.#turn("out");
    this.dispatchEvent(new CustomEvent("refused", { detail: problem }));
  }

  #label() {
    return `w${++this.#lastLabel}`;
  }

  #turn(phase) {
    this.phase = phase;
    this.dispatchEvent(new Event("phase"));
  }

  #register() {
    this.capabilities.clear();
    this.#offered.clear();
    this.#batches.clear();
    this.account = "";
    if (this.#wish.usesPass) {
      this.send("PASS", this.#wish.password);
    }
    this.send("CAP", "LS", "302");
    this.send("NICK", this.#wish.nick);
    this.link.send(format("USER", "web", "0", "*") + " :" + this.#wish.nick);
  }

  #hear(message) {
    const time = Date.parse(message.tags.get("time") ?? "");
    const batch = this.#batches.get(message.tags.get("batch"));
    message.time = Number.isNaN(time) ? this.now : time;
    if (batch && message.command !== "BATCH") {
      batch.messages.push(message);
      return;
    }
    if (!Number.isNaN(time)) {
      this.#skew = time - Date.now();
    }
    this.handle(message);
  }

  /** Handles a message that happens now. */
  handle(message) {
    const own = { CAP: this.#cap, AUTHENTICATE: this.#authenticate, BATCH: this.#batch, "001": this.#welcome,
      "005": this.#support, "376": this.#arrive, "422": this.#arrive, "432": this.#badNick, "433": this.#takenNick,
      "464": this.#wrongPassword, "900": this.#signedIn, "903": this.#endCap, "904": this.#wrongPassword,
      "905": this.#wrongPassword, "908": this.#wrongPassword, ERROR: this.#error, FAIL: this.#failed }[message.command];
    if (own) {
      own.call(this, message);
    } else if (message.command === "PING") {
      this.send("PONG", message.params.at(-1) ?? "");
    } else {
      follow(this, message);
    }
  }

  #cap({ params }) {
    const names = (params.at(-1) ?? "").split(" ").map(each => each.split("=", 1)[0]);
    if (params[1] === "LS") {
      names.forEach(each => this.#offered.add(each));
      if (params[2] !== "*") {
        const wanted = WANTED.filter(each => this.#offered.has(each));
        this.link.send(wanted.length > 0 ? `CAP REQ :${wanted.join(" ")}` : "CAP END");
      }
    } else if (params[1] === "ACK") {
      names.filter(each => each).forEach(each => this.capabilities.add(each));
      if (this.#wish.password && !this.#wish.usesPass && this.capabilities.has("sasl")) {
        this.send("AUTHENTICATE", "PLAIN");
      } else {
        this.#endCap();
      }
    } else if (params[1] === "NAK") {
      this.#endCap();
    }
  }

  #authenticate() {
    for (const piece of plain(this.#wish.nick, this.#wish.password)) {
      this.send("AUTHENTICATE", piece);
    }
  }

  #endCap() {
    if (this.phase !== "here") {
      this.send("CAP", "END");
    }
  }

  #signedIn({ params }) {
    this.account = params[2] ?? "";
    this.keepSeat();
  }

  #wrongPassword({ command }) {
    if (command === "464" && this.#wish.password && !this.#wish.usesPass) {
      // Not a nick's password, but the server's own.
      this.#wish.usesPass = true;
      this.link.drop();
      this.link.retry();
    } else {
      this.refuse(command === "464" ? "This chat asks for a password." : "That is not the password of this nick.");
    }
  }

  #badNick({ params }) {
    if (this.phase === "here") {
      this.note(`“${params[1]}” cannot be a nick.`);
    } else {
      this.refuse("A nick has letters, digits and a few signs, no spaces, and begins with no digit.");
    }
  }

  #takenNick({ params }) {
    const isOwned = /account/.test(params.at(-1) ?? "");
    if (this.phase === "here") {
      this.note(`Somebody is called ${params[1]} already.`);
    } else if (!this.#wish.resumes) {
      this.refuse(isOwned ? `${params[1]} is registered: it needs its password.`
        : `Somebody is called ${params[1]} already. Choose another.`);
    } else if (isOwned) {
      this.refuse(`Type the password of ${params[1]} again.`);
    } else if (++this.#tries < NICK_TRIES) {
      // The one who has it may be oneself, before the connection broke.
      setTimeout(() => this.send("NICK", this.#wish.nick), NICK_DELAY);
    } else {
      this.send("NICK", `${this.#wish.nick}_`.slice(-30));
    }
  }

  #welcome({ params }) {
    this.nick = params[0];
    this.again = null;
    this.#tries = 0;
    this.link.settle();
    this.#wish.resumes = true;
    this.#turn("here");
    this.keepSeat();
    if (!this.isMe(this.#wish.nick)) {
      this.note(`${this.#wish.nick} was still in use, so you are ${this.nick} for now.`);
      setTimeout(() => this.phase === "here" && this.send("NICK", this.#wish.nick), REGAIN_DELAY);
    }
  }

  #support({ params }) {
    for (const token of params.slice(1, -1)) {
      const [name, value = ""] = token.split("=", 2);
      this.supports.set(name, value);
    }
    this.network = this.supports.get("NETWORK") || this.network;
    this.dispatchEvent(new Event("network"));
  }

  // After the welcome: into all rooms, a few lines for all of them.
  #arrive() {
    let names = "";
    for (const room of [...this.#wish.rooms].filter(isRoom)) {
      if (names.length + room.length > MAX_ROOMS_BYTES) {
        this.send("JOIN", names);
        names = "";
      }
      names += (names && ",") + room;
    }
    if (names) {
      this.send("JOIN", names);
    }
    catchUpPeople(this);
  }

  #batch(message) {
    const [name, type, ...params] = message.params;
    const outer = this.#batches.get(message.tags.get("batch"));
    if (name.startsWith("+")) {
      this.#batches.set(name.slice(1),
        { type, params, messages: [], label: message.tags.get("label"), isInside: outer !== undefined });
      return;
    }
    const batch = this.#batches.get(name.slice(1));
    this.#batches.delete(name.slice(1));
    const resolve = this.#asked.get(batch?.label);
    if (resolve) {
      this.#asked.delete(batch.label);
      resolve(batch.messages);
    } else {
      for (const each of batch?.messages ?? []) {
        if (batch.label) {
          each.tags.set("label", batch.label);
        }
        this.handle(each);
      }
    }
  }

  #failed(message) {
    const label = message.tags.get("label");
    const text = message.params.at(-1);
    const resolve = this.#asked.get(label);
    const sent = this.sent.take(label);
    this.#asked.delete(label);
    if (resolve) {
      resolve(null);
    } else if (sent) {
      fail(sent, text);
    } else {
      this.note(text);
    }
  }

  #error({ params }) {
    if (this.phase === "coming") {
      this.refuse(params.at(-1));
    }
  }

  #lose({ again, reason }) {
    this.#asked.forEach(resolve => resolve(null));
    this.#asked.clear();
    this.sent.failAll("The connection was lost; it may not have been sent.");
    this.again = again;
    this.reason = /\(([^()]*)\)$/.exec(reason)?.[1] ?? reason;
    for (const talk of this.talks.all) {
      talk.isIn = false;
    }
    if (this.phase === "coming") {
      this.refuse("The chat cannot be reached. Try again in a moment.");
    } else if (again !== null) {
      this.#turn("waiting");
    }
  }
}
