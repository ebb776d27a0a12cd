// Words, numbers and bytes as the page writes them.

const Sends = 6;
const Letters = "abcdefghijklmnopqrstuvwxyz";

/** Which of the colours a send has. */
export const colourOf = send => (send === 0 ? "foreign" : `send-${(send - 1) % Sends + 1}`);

/** The second sign of a send, beside its colour. */
export const letterOf = send => (send === 0 ? "?" : Letters[(send - 1) % Letters.length]);

/** What the end is called that nobody of the lesson has. */
export const yourProgram = "your program";

export const number = value => value.toLocaleString("en-US");

export const bytes = count => (count === 1 ? "1 byte" : `${number(count)} bytes`);

export const seconds = milliseconds =>
  milliseconds < 1 ? `${Math.round(milliseconds * 1000)} µs`
  : milliseconds < 1000 ? `${Math.round(milliseconds)} ms`
  : `${(milliseconds / 1000).toFixed(1)} s`;

/** One byte, for a cell. */
export function glyph(character) {
  const code = character.charCodeAt(0);
  return code === 10 ? "⏎" : code === 13 ? "↵" : code === 32 ? "␣"
    : code > 32 && code < 127 ? character
    : code.toString(16).toUpperCase().padStart(2, "0");
}

/** Bytes as a string of C, or in hexadecimal where few of them are characters. */
export function quoted(text, limit = 24) {
  const odd = [...text].filter(character => glyph(character).length > 1).length;
  if (odd * 3 > text.length && text.length > 4) return inHex(text);
  const shown = [...text.slice(0, limit)].map(character => {
    const code = character.charCodeAt(0);
    return code === 10 ? "\\n" : code === 13 ? "\\r" : code === 0 ? "\\0" : character === '"' ? '\\"'
      : code > 31 && code < 127 ? character
      : `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
  return `"${shown}${text.length > limit ? "…" : ""}"`;
}

const inHex = text => [...text.slice(0, 8)].map(character =>
  character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")).join(" ") + (text.length > 8 ? " …" : "");

/** What a call has come to, behind the call itself: = 10 "HELLOWORLD". */
export function resultOf(call) {
  if (call.event === "call-waits") return "waits";
  if (call.error) return `= −1 ${call.error}`;
  return call.received ? `= ${number(call.value)} ${quoted(call.received)}` : `= ${number(call.value)}`;
}
