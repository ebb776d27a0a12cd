// The field to write in: keeps what is typed, completes nicks, asks before it sends much.

import { byteLength, split } from "./irc.js";
import { draft } from "./keep.js";
import { ask } from "./question.js";

const MAX_LINES = 50;
const MAX_LINE_BYTES = 510;

// The longest source that a server puts in front, and the command.
const PREFIX_BYTES = 130;

const field = document.querySelector("#text");
const hint = document.querySelector("#hint");

export class Composer {
  #completion = null;
  #hintTimer = 0;

  constructor(chat, send) {
    this.chat = chat;
    this.send = send;
    this.talk = null;
    field.addEventListener("input", () => this.#typed());
    field.addEventListener("keydown", event => this.#press(event));
    field.addEventListener("paste", event => this.#paste(event));
    document.querySelector("#composer").addEventListener("submit", event => {
      event.preventDefault();
      this.#submit();
    });
  }

  show(talk) {
    this.talk = talk;
    this.#completion = null;
    field.value = draft.of(talk.key);
    document.querySelector("#text-label").textContent = `Message to ${talk.name}`;
    field.placeholder = `Write to ${talk.name}`;
    this.#grow();
  }

  focus() {
    field.focus();
  }

  hint(text) {
    hint.textContent = text;
    clearTimeout(this.#hintTimer);
    this.#hintTimer = setTimeout(() => hint.textContent = "", 8000);
  }

  #typed() {
    this.#completion = null;
    hint.textContent = "";
    if (field.value.includes("\n")) {
      field.value = field.value.replace(/\s*\n\s*/g, " ");
    }
    this.#keep();
  }

  #keep() {
    if (this.talk) {
      draft.keep(this.talk.key, field.value);
    }
    this.#grow();
  }

  #grow() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  #press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.shiftKey) {
        this.hint("A message is one line here: Enter sends it. Pasted lines become several messages.");
      } else {
        this.#submit();
      }
    } else if (event.key === "Tab") {
      this.#complete(event);
    }
  }

  // Where there is nothing to complete, Tab leads on, as everywhere.
  #complete(event) {
    const at = field.selectionStart;
    if (!this.#completion) {
      const before = /(?:^|\s)([^\s]+)$/.exec(field.value.slice(0, at))?.[1];
      const found = before ? this.#candidates(before) : [];
      if (found.length === 0 || event.shiftKey) {
        return;
      }
      this.#completion = { from: at - before.length, rest: field.value.slice(at), found, place: -1 };
    }
    event.preventDefault();
    const { from, rest, found } = this.#completion;
    const place = (this.#completion.place + (event.shiftKey ? found.length - 1 : 1)) % found.length;
    const after = found[place].startsWith("#") || from > 0 ? " " : ": ";
    const kept = { ...this.#completion, place };
    field.value = field.value.slice(0, from) + found[place] + after + rest.replace(/^ /, "");
    field.selectionStart = field.selectionEnd = from + found[place].length + after.length;
    this.#keep();
    this.#completion = kept;
    if (found.length > 1) {
      this.hint(`${place + 1} of ${found.length}: Tab for the next`);
    }
  }

  #candidates(start) {
    const fits = name => name.toLowerCase().startsWith(start.toLowerCase());
    if (start.startsWith("#")) {
      return this.chat.talks.all.filter(each => each.isRoom).map(each => each.name).filter(fits);
    }
    const spoke = this.talk.messages.map(each => each.nick ?? "").reverse();
    const here = [...this.talk.members.values()].map(each => each.nick);
    const names = this.talk.isRoom ? here : [this.talk.name];
    const order = nick => (spoke.indexOf(nick) + spoke.length + 1) % (spoke.length + 1);
    return names.filter(each => fits(each) && !this.chat.isMe(each))
      .sort((one, other) => order(one) - order(other) || one.localeCompare(other));
  }

  async #paste(event) {
    const pasted = event.clipboardData.getData("text/plain");
    const lines = pasted.split(/\r\n|\r|\n/).map(each => each.trimEnd()).filter(each => each);
    if (lines.length < 2) {
      return;
    }
    event.preventDefault();
    if (lines.length > MAX_LINES) {
      this.hint(`That is ${lines.length} lines; at most ${MAX_LINES} can be sent at once.`);
      return;
    }
    const talk = this.talk;
    const [start, end] = [field.value.slice(0, field.selectionStart), field.value.slice(field.selectionEnd)];
    const choice = await ask({
      title: `Send ${lines.length} messages?`,
      text: `A message is one line here, and you have pasted ${lines.length}.`,
      buttons: [["all", `Send ${lines.length} messages`], ["one", "Make it one line"], ["", "Cancel"]],
    });
    if (choice === "all") {
      const all = [start + lines[0], ...lines.slice(1, -1), lines.at(-1) + end];
      if (await this.#sendAll(talk, all)) {
        this.#set(talk, "");
      }
    } else if (choice === "one") {
      this.#set(talk, start + lines.map(each => each.trim()).join(" ") + end);
    }
    this.focus();
  }

  #set(talk, text) {
    draft.keep(talk.key, text);
    if (this.talk === talk) {
      field.value = text;
      this.#grow();
    }
  }

  async #submit() {
    const { talk } = this;
    const text = field.value.trimEnd();
    if (text.trim() && talk && await this.#sendAll(talk, [text])) {
      this.#set(talk, "");
    }
  }

  /** Gives whether it was sent, so that what was not stays. */
  async #sendAll(talk, lines) {
    const isCommand = lines.length === 1 && /^\/(?!\/|me\s)/.test(lines[0]);
    if (this.chat.phase !== "here") {
      this.hint("There is no connection now. What you have typed is kept.");
      return false;
    }
    const room = MAX_LINE_BYTES - PREFIX_BYTES - byteLength(talk.name);
    const pieces = isCommand ? lines : lines.flatMap(each => split(each, room));
    if (pieces.length > lines.length && lines.length === 1) {
      const choice = await ask({
        title: `Send ${pieces.length} messages?`,
        text: `This is longer than one message may be. It can be sent as ${pieces.length}.`,
        buttons: [["all", `Send ${pieces.length} messages`], ["", "Cancel"]],
      });
      this.focus();
      if (choice === null) {
        return false;
      }
    }
    pieces.forEach(each => this.send(talk, each, isCommand));
    return true;
  }
}
