// The list of rooms and private talks, and which of them has something new.

import { avatar, element, renew } from "./text.js";

export class Side {
  constructor(talks, place, pressed) {
    this.talks = talks;
    this.place = place;
    this.pressed = pressed;
    this.current = null;
    this.isDue = false;
    talks.addEventListener("opened", event => {
      event.detail.addEventListener("changed", () => this.renew());
      this.renew();
    });
    talks.addEventListener("closed", () => this.renew());
  }

  /** Writes the list anew, once for all that happened. */
  renew() {
    if (!this.isDue) {
      this.isDue = true;
      queueMicrotask(() => {
        this.isDue = false;
        this.#write();
      });
    }
  }

  #write() {
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const all = this.talks.all;
    const rooms = all.filter(each => each.isRoom);
    const people = all.filter(each => !each.isRoom);
    renew(this.place,
      ...this.#group("Rooms", rooms, "No rooms yet"), ...this.#group("Private talks", people, ""));
    if (focused) {
      this.place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  #group(title, talks, empty) {
    if (talks.length === 0 && !empty) {
      return [];
    }
    const heading = element("h3", "", title);
    const list = element("ul", "", ...talks.map(each => element("li", "", this.#entry(each))));
    list.setAttribute("aria-label", title);
    return talks.length > 0 ? [heading, list] : [heading, element("p", "muted", empty)];
  }

  #entry(talk) {
    const label = element("span", "label", talk.isRoom ? talk.name.slice(1) : talk.name);
    const mark = talk.isRoom ? element("span", "hash", "#") : avatar(talk.name);
    const button = element("button", "entry", mark, label);
    button.type = "button";
    button.dataset.key = talk.key;
    button.classList.toggle("unread", talk.unread > 0);
    button.classList.toggle("out", talk.isRoom && !talk.isIn);
    if (talk === this.current) {
      button.setAttribute("aria-current", "page");
    }
    if (talk.unread > 0) {
      const count = element("span", talk.mentions > 0 ? "count mentions" : "count", String(Math.min(talk.unread, 999)));
      count.append(element("span", "sr", talk.mentions > 0 ? " unread, for you" : " unread"));
      button.append(count);
    }
    button.onclick = () => this.pressed(talk);
    return button;
  }
}
