// What was said in one talk, as elements. There is one log for each talk, and one of them is shown.

import { avatar, clean, element, hue, show } from "./text.js";

const GROUP_WITHIN = 5 * 60_000;
const NEAR = 80;

const hours = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const days = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/** Tells of what is pressed: fill (a gap), again (a failed message), person (a nick). */
export class Log {
  #rows = new Map();
  #last = null;

  constructor(talk, scroller, pressed) {
    this.talk = talk;
    this.scroller = scroller;
    this.pressed = pressed;
    this.element = element("div", "log");
    this.element.setAttribute("role", "log");
    this.element.setAttribute("aria-live", "polite");
    this.element.setAttribute("aria-label", `Messages of ${talk.name}`);
    this.element.hidden = true;
    this.place = null;
    talk.addEventListener("added", event => this.#keepPlace(() => this.#append(event.detail)));
    talk.addEventListener("rewritten", () => this.rewrite());
    talk.addEventListener("renewed", event => this.#renew(event.detail));
    talk.addEventListener("changed", () => this.#tellLoading());
    this.rewrite();
  }

  get isAtEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  show() {
    this.element.hidden = false;
    this.rewrite();
    const divider = this.element.querySelector(".divider");
    if (this.place !== null) {
      this.scroller.scrollTop = this.place;
    } else if (divider) {
      this.scroller.scrollTop = divider.offsetTop - this.scroller.clientHeight / 3;
    } else {
      this.toEnd();
    }
  }

  hide() {
    this.place = this.isAtEnd ? null : this.scroller.scrollTop;
    this.element.hidden = true;
  }

  /** Writes all of it anew, and leaves what is read where it is on the screen. */
  rewrite() {
    // What was there before is not read out again.
    this.element.setAttribute("aria-live", "off");
    this.#keepPlace(() => {
      this.#rows.clear();
      this.#last = null;
      this.element.replaceChildren(element("p", "beginning"));
      this.#tellLoading();
      this.talk.messages.forEach(each => this.#append(each));
    });
    requestAnimationFrame(() => this.element.setAttribute("aria-live", "polite"));
  }

  #keepPlace(change) {
    if (this.element.hidden) {
      change();
      return;
    }
    const wasAtEnd = this.isAtEnd;
    const anchor = wasAtEnd ? null : this.#anchor();
    change();
    if (wasAtEnd) {
      this.toEnd();
    } else if (anchor) {
      const row = this.#rows.get(anchor.key);
      this.scroller.scrollTop += (row?.offsetTop ?? anchor.top) - anchor.top;
    }
  }

  // The first message that is on the screen.
  #anchor() {
    const top = this.scroller.scrollTop;
    for (const [key, row] of this.#rows) {
      if (row.offsetTop + row.offsetHeight > top) {
        return { key, top: row.offsetTop };
      }
    }
    return null;
  }

  #tellLoading() {
    const { talk } = this;
    const line = this.element.firstElementChild;
    const text = talk.isLoading ? "Fetching what was said…"
      : talk.isAtBeginning ? (talk.isRoom ? `This is where ${talk.name} begins.` : "This is where the talk begins.")
      : "";
    if (line.textContent !== text) {
      this.#keepPlace(() => line.textContent = text);
    }
  }

  #renew(message) {
    const row = this.#rows.get(message.key);
    if (row) {
      this.#keepPlace(() => {
        const made = this.#row(message, row.classList.contains("follows"));
        this.#rows.set(message.key, made);
        row.replaceWith(made);
      });
    }
  }

  #append(message) {
    const last = this.#last;
    const day = days.format(message.time);
    if (!last || days.format(last.time) !== day) {
      this.#separate("day", day);
    }
    if (message.time > this.talk.newAfter && !message.own && !this.element.querySelector(".divider")) {
      this.#separate("divider", "New");
    }
    const follows = this.element.lastElementChild.classList.contains("message") && last?.nick === message.nick
      && isSaid(last) && isSaid(message) && message.time - last.time < GROUP_WITHIN;
    const row = this.#row(message, follows);
    this.#rows.set(message.key, row);
    this.element.append(row);
    this.#last = message;
  }

  #separate(kind, text) {
    const line = element("div", kind, element("span", "", text));
    line.setAttribute("role", "separator");
    line.setAttribute("aria-label", kind === "divider" ? "New messages" : text);
    this.element.append(line);
  }

  #row(message, follows) {
    if (message.kind === "gap") {
      return this.#gap(message);
    }
    if (!isSaid(message)) {
      return element("div", `row ${message.kind}`, element("span", "event-text", clean(message.text)), time(message));
    }
    const row = element("div", `row message ${message.kind}`);
    row.classList.toggle("follows", follows);
    row.classList.toggle("mention", message.mention === true);
    row.classList.toggle("own", message.own);
    row.classList.toggle("waits", message.label !== undefined && !message.failed);
    const text = element("span", "text", ...show(message.text));
    const head = element("div", "head", this.#nick(message, follows), time(message));
    row.append(follows ? time(message, "gutter") : avatar(message.nick), element("div", "body", head, text));
    if (message.failed) {
      row.append(this.#failure(message));
    }
    return row;
  }

  #nick(message, follows) {
    const made = element(message.own ? "span" : "button", `nick ${hue(message.nick)}`, message.nick);
    if (!message.own) {
      made.type = "button";
      made.tabIndex = follows ? -1 : 0;
      made.title = `Talk with ${message.nick}`;
      made.onclick = () => this.pressed.person(message.nick);
    }
    return made;
  }

  #failure(message) {
    const again = element("button", "quiet", "Send again");
    again.type = "button";
    again.onclick = () => this.pressed.again(this.talk, message);
    return element("p", "failure", `${message.failed} `, again);
  }

  #gap(message) {
    const from = hours.format(message.from);
    const missing = message.until ? `between ${from} and ${hours.format(message.until)}` : `after ${from}`;
    const text = message.canFill ? `More was said ${missing} than is shown here.`
      : `What was said ${missing}, while you were away, may be missing: the server does not have it.`;
    const row = element("div", "row gap", element("span", "event-text", text));
    if (message.canFill) {
      const button = element("button", "quiet", "Show it");
      button.type = "button";
      button.onclick = () => this.pressed.fill(this.talk, message);
      row.append(button);
    }
    return row;
  }
}

function isSaid(message) {
  return message.kind === "say" || message.kind === "act" || message.kind === "notice";
}

function time(message, className = "") {
  const made = element("time", className, hours.format(message.time));
  made.dateTime = new Date(message.time).toISOString();
  made.title = whole.format(message.time);
  if (className) {
    made.setAttribute("aria-hidden", "true");
  }
  return made;
}
