// One field that finds a room or a person, or goes into a new room (Ctrl K).

import { fold, isNick } from "./irc.js";
import { clean, element } from "./text.js";

const MAX_SHOWN = 60;
const MAX_PEOPLE = 8;

const dialog = document.querySelector("#finder");
const input = document.querySelector("#finder-text");
const list = document.querySelector("#finder-list");

export class Finder {
  #found = [];
  #chosen = 0;

  // What was gone to by key: it stays chosen when the rooms of the server come.
  #picked = null;
  #rooms = [];

  constructor(chat, goTo) {
    this.chat = chat;
    this.goTo = goTo;
    input.addEventListener("input", () => {
      this.#picked = null;
      this.#search();
    });
    input.addEventListener("keydown", event => this.#press(event));
    dialog.addEventListener("click", event => event.target === dialog && dialog.close());
  }

  async open() {
    if (dialog.open) {
      return;
    }
    input.value = "";
    this.#picked = null;
    dialog.showModal();
    this.#search();
    const rows = await this.chat.ask("LIST");
    this.#rooms = (rows ?? []).filter(each => each.command === "322")
      .map(each => ({ name: each.params[1], count: Number(each.params[2]), topic: each.params[3] ?? "" }))
      .sort((one, other) => other.count - one.count);
    this.#search();
  }

  #search() {
    const wanted = fold(input.value.trim());
    const fits = name => fold(name).includes(wanted.replace(/^#/, ""));
    const { talks } = this.chat;
    const open = talks.all.filter(each => fits(each.name)).map(each => (
      { name: each.name, about: each.unread > 0 ? `${each.unread} unread` : each.topic, go: () => this.goTo(each) }));
    const people = wanted && !wanted.startsWith("#") ? this.#people(fits) : [];
    const rooms = this.#rooms.filter(each => !talks.find(each.name) && fits(each.name)).map(each => (
      { name: each.name, about: `${each.count} there${each.topic && ` · ${each.topic}`}`,
        go: () => this.goTo(this.chat.join(each.name)) }));
    this.#found = [...open, ...people, ...rooms].slice(0, MAX_SHOWN);
    const name = input.value.trim();
    const room = name.startsWith("#") ? name : `#${name}`;
    if (name && !/[\s,:]/.test(name)) {
      if (isNick(name) && !talks.find(name) && !people.some(each => fold(each.name) === fold(name))) {
        this.#found.push({ name, about: "talk in private", go: () => this.goTo(talks.open(name)) });
      }
      if (room.length > 1 && !talks.find(room) && !this.#rooms.some(each => fold(each.name) === fold(room))) {
        this.#found.push({ name: room, about: "make this room", go: () => this.goTo(this.chat.join(room)) });
      }
    }
    this.#chosen = Math.max(0, this.#found.findIndex(each => each.name === this.#picked));
    this.#write();
  }

  // Who is in the same rooms.
  #people(fits) {
    const { talks } = this.chat;
    const nicks = new Set(talks.all.flatMap(each => [...each.members.values()].map(member => member.nick)));
    return [...nicks].filter(each => fits(each) && !talks.find(each) && !this.chat.isMe(each)).slice(0, MAX_PEOPLE)
      .map(each => ({ name: each, about: "talk in private", go: () => this.goTo(talks.open(each)) }));
  }

  #write() {
    list.replaceChildren(...this.#found.map((each, place) => {
      const row = element("li", "", element("span", "label", each.name), element("span", "about", clean(each.about ?? "")));
      row.id = `found-${place}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(place === this.#chosen));
      row.onclick = () => this.#go(each);
      return row;
    }));
    input.setAttribute("aria-activedescendant", this.#found.length > 0 ? `found-${this.#chosen}` : "");
    list.children[this.#chosen]?.scrollIntoView({ block: "nearest" });
  }

  #press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#found.length > 0) {
      event.preventDefault();
      this.#chosen = (this.#chosen + step + this.#found.length) % this.#found.length;
      this.#picked = this.#found[this.#chosen].name;
      this.#write();
    } else if (event.key === "Enter" && !event.isComposing && this.#found[this.#chosen]) {
      event.preventDefault();
      this.#go(this.#found[this.#chosen]);
    }
  }

  #go(found) {
    dialog.close();
    found.go();
  }
}
