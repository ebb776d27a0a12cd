// The bytes of a connection as they come and go: as text, in hex, or as frames.

import { FrameReader } from "./frames.js";
import { byId, bytes, clock, count, make } from "./text.js";

const mostPieces = 400;
const mostShown = 4096;
const hexColumns = 16;
const encoder = new TextEncoder();

export class Bytes {
  #pieces = [];
  #form = "text";
  #framing = "lines";
  #readers = {};
  #list = byId("pieces");

  constructor() {
    byId("form").addEventListener("change", (event) => {
      this.#form = event.target.value;
      byId("framing-label").hidden = this.#form !== "frames";
      this.#drawAll();
    });
    byId("framing").addEventListener("change", (event) => {
      this.#framing = event.target.value;
      this.#drawAll();
    });
  }

  clear() {
    this.#pieces = [];
    this.#drawAll();
  }

  explain(reason) {
    byId("no-pieces").textContent = reason;
    byId("no-pieces").hidden = this.#pieces.length > 0;
  }

  take(event) {
    const piece = pieceOf(event);
    if (!piece) return;
    this.#pieces.push(piece);
    const isAtEnd = this.#list.scrollTop + this.#list.clientHeight > this.#list.scrollHeight - 30;
    this.#draw(piece);
    while (this.#pieces.length > mostPieces) this.#pieces.shift();
    while (this.#list.children.length > mostPieces) this.#list.firstChild.remove();
    if (isAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
    byId("no-pieces").hidden = true;
  }

  #drawAll() {
    this.#readers = { in: new FrameReader(this.#framing), out: new FrameReader(this.#framing) };
    this.#list.replaceChildren();
    byId("no-pieces").hidden = this.#pieces.length > 0;
    for (const piece of this.#pieces) this.#draw(piece);
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  #draw(piece) {
    if (piece.note) {
      this.#list.append(make("li", "piece note", piece.note));
    } else if (this.#form === "frames") {
      for (const frame of this.#readers[piece.way].read(piece.bytes)) this.#append(piece, frame.bytes, frame.mark);
    } else {
      this.#append(piece, piece.bytes, "");
    }
  }

  #append(piece, content, mark) {
    const shown = content.subarray(0, mostShown);
    const text = this.#form === "hex" ? hex(shown) : printable(shown);
    const rest = content.length > mostShown ? `… ${count(content.length - mostShown)} bytes more` : "";
    this.#list.append(make("li", `piece ${piece.way}`,
      make("span", "meta", make("span", "way", `${piece.way === "in" ? "◀" : "▶"} ${bytes(content.length)}`),
        make("span", "unseen", piece.way === "in" ? " received" : " sent"), make("br"), clock(piece.time)),
      make("pre", "", text, mark || rest ? make("span", "mark", ` ${mark}${rest}`) : null)));
  }
}

function pieceOf(event) {
  const time = event.time;
  if (event.event === "received" || event.event === "sent") {
    return { way: event.event === "sent" ? "out" : "in", time, bytes: contentOf(event) };
  }
  const note = {
    "peer-finished": "The peer has finished sending.",
    finished: "This program has finished sending.",
    skipped: `${count(event.bytes ?? 0)} bytes are not shown: they came faster than they could be.`,
    ended: `Ended: ${event.reason}${event.error ? ` (${event.error})` : ""}.`,
  }[event.event];
  return note ? { note: `${clock(time)}  ${note}`, time } : null;
}

export function contentOf(event) {
  if (event.text !== undefined) return encoder.encode(event.text);
  const packed = atob(event.base64 ?? "");
  return Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
}

const shapeless =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

// What has no shape of its own gets one, so that nothing hides and nothing turns the reading direction.
function printable(content) {
  return new TextDecoder().decode(content).replace(shapeless, (letter) => {
    const code = letter.charCodeAt(0);
    return code < 32 ? String.fromCharCode(0x2400 + code) : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

function hex(content) {
  const lines = [];
  for (let at = 0; at < content.length; at += hexColumns) {
    const row = content.subarray(at, at + hexColumns);
    const digits = [...row].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = [...row].map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(4, "0")}  ${digits.padEnd(hexColumns * 3)} ${letters}`);
  }
  return lines.join("\n");
}
