// Lines of the protocol, read and written: no state, no page.

const encoder = new TextEncoder();
const escapes = new Map([[":", ";"], ["s", " "], ["r", "\r"], ["n", "\n"], ["\\", "\\"]]);

/** Reads a line. What it holds was written by strangers. */
export function parse(line) {
  let rest = line;
  const message = { tags: new Map(), source: "", nick: "", command: "", params: [] };
  const takeWord = () => {
    const end = rest.indexOf(" ");
    const word = end < 0 ? rest : rest.slice(0, end);
    rest = end < 0 ? "" : rest.slice(end).replace(/^ +/, "");
    return word;
  };
  if (rest.startsWith("@")) {
    for (const tag of takeWord().slice(1).split(";")) {
      const at = tag.indexOf("=");
      message.tags.set(at < 0 ? tag : tag.slice(0, at), at < 0 ? "" : unescapeTag(tag.slice(at + 1)));
    }
  }
  if (rest.startsWith(":")) {
    message.source = takeWord().slice(1);
    message.nick = message.source.split("!", 1)[0];
  }
  message.command = takeWord().toUpperCase();
  while (rest) {
    if (rest.startsWith(":")) {
      message.params.push(rest.slice(1));
      break;
    }
    message.params.push(takeWord());
  }
  return message;
}

function unescapeTag(value) {
  return value.replace(/\\(.?)/gs, (_, letter) => escapes.get(letter) ?? letter);
}

/** Writes a line; line breaks cannot get in, whatever was typed. */
export function format(command, ...params) {
  const clean = params.map(each => String(each).replace(/[\r\n\0]+/g, " "));
  const last = clean.pop();
  const words = [command, ...clean];
  if (last !== undefined) {
    words.push(last === "" || last.startsWith(":") || last.includes(" ") ? `:${last}` : last);
  }
  return words.join(" ");
}

/** The form in which equal names are equal: case of A to Z does not count. */
export function fold(name) {
  return name.replace(/[A-Z]/g, letter => letter.toLowerCase());
}

export function isRoom(name) {
  return name.startsWith("#");
}

export function isNick(name) {
  return /^[A-Za-z[\]\\`_^{|}][A-Za-z0-9[\]\\`_^{|}-]*$/.test(name);
}

export function byteLength(text) {
  return encoder.encode(text).length;
}

/** Cuts a text into pieces that fit, at spaces where it can, never inside a letter. */
export function split(text, maxBytes) {
  const pieces = [];
  let piece = "";
  let bytes = 0;
  for (const letter of text) {
    const size = byteLength(letter);
    if (bytes + size > maxBytes) {
      const space = piece.lastIndexOf(" ");
      const keep = space > piece.length / 2 ? space : piece.length;
      pieces.push(piece.slice(0, keep));
      piece = piece.slice(keep).replace(/^ /, "");
      bytes = byteLength(piece);
    }
    piece += letter;
    bytes += size;
  }
  if (piece) {
    pieces.push(piece);
  }
  return pieces;
}

/** SASL PLAIN, in the pieces that a line can hold. */
export function plain(name, password) {
  const bytes = encoder.encode(`\0${name}\0${password}`);
  const base64 = btoa(String.fromCharCode(...bytes));
  const pieces = base64.match(/.{1,400}/g) ?? [];
  return pieces.at(-1)?.length === 400 ? [...pieces, "+"] : pieces;
}
