// Numbers and times as people read them, and elements made of text alone: nothing here ever becomes markup.

const bytesUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

export function bytes(count) {
  if (count === undefined || count === null) return "–";
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < bytesUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${bytesUnits[unit]}`;
}

export const rate = (perSecond) => (perSecond === undefined ? "–" : `${bytes(perSecond)}/s`);

export const count = (number) => (number === undefined ? "–" : number.toLocaleString("en"));

/** What has come and gone; each arrow stays with its number. */
export const flows = (row) => `◀\u00a0${bytes(row.received)} · ▶\u00a0${bytes(row.sent)}`;

export function microseconds(time) {
  if (time === undefined) return "–";
  if (time < 1000) return `${time} µs`;
  if (time < 1_000_000) return `${(time / 1000).toFixed(time < 100_000 ? 1 : 0)} ms`;
  return `${(time / 1_000_000).toFixed(1)} s`;
}

export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d`;
}

export function clock(time) {
  const date = new Date(time);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
    + `.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** An endpoint without what every row would repeat. */
export const address = (endpoint) => endpoint.replace(/^tcp:\/\//, "");

/** Who has a socket open. What is in TIME_WAIT nobody has. */
export const holderOf = (row) => row.process ?? (row.state === "TIME_WAIT" ? "no process" : "process not known");

/** Where a socket is connected to, and who is there if that is known and says more. */
export function peerOf(row) {
  const at = row.remote ? address(row.remote) : "–";
  return row.peerProcess ? `${at} · ${row.peerProcess}` : at;
}

/** An element with classes and children; text is only ever text. */
export function make(tag, classes = "", ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets text without touching what has not changed. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Changes a list of buttons; the focus stays in its place, on the button that is there then. */
export function keepingFocus(list, change) {
  const place = [...list.children].findIndex((item) => item.contains(document.activeElement));
  change();
  if (place < 0 || list.contains(document.activeElement)) return;
  const item = list.children[Math.min(place, list.children.length - 1)];
  (item?.querySelector("button") ?? byId("connections")).focus();
}

export const byId = (id) => document.getElementById(id);
