// The WebSocket: opened again and again, ever more slowly, until it holds.

const FIRST_DELAY = 1000;
const MAX_DELAY = 30_000;
const LOOK_EVERY = 5_000;
const ASK_AFTER = 25_000;
const DEAD_AFTER = 45_000;

/** Tells: open, line (detail: text), down (detail: {reason, code, again}). `again` is when it is tried, or null. */
export class Link extends EventTarget {
  #socket = null;
  #delay = FIRST_DELAY;
  #timer = 0;
  #wanted = false;
  #heard = 0;

  constructor(url) {
    super();
    this.url = url;
    setInterval(() => this.#look(), LOOK_EVERY);
    addEventListener("online", () => this.retry());
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    this.#wanted = true;
    this.#connect();
  }

  /** Closes for good. What was opened is heard no more: its end may come when there is another one already. */
  close() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#leave(1000);
  }

  /** Tries at once, if it is waiting to. */
  retry() {
    if (this.#wanted && !this.#socket) {
      clearTimeout(this.#timer);
      this.#connect();
    }
  }

  /** It was of use: the next loss is tried again soon. */
  settle() {
    this.#delay = FIRST_DELAY;
  }

  send(line) {
    if (this.isOpen) {
      this.#socket.send(line);
    }
  }

  /** Gives this connection up, as if it had broken. */
  drop() {
    if (this.#leave()) {
      this.#down(1006, "");
    }
  }

  #leave(code) {
    const socket = this.#socket;
    if (socket) {
      socket.onclose = socket.onmessage = socket.onopen = null;
      socket.close(code);
      this.#socket = null;
    }
    return socket !== null;
  }

  #connect() {
    const socket = new WebSocket(this.url, ["text.ircv3.net"]);
    this.#socket = socket;
    this.#heard = Date.now();
    socket.onopen = () => this.dispatchEvent(new Event("open"));
    socket.onmessage = event => {
      this.#heard = Date.now();
      this.dispatchEvent(new CustomEvent("line", { detail: event.data }));
    };
    socket.onclose = event => this.#down(event.code, event.reason);
  }

  #down(code, reason) {
    this.#socket = null;
    let again = null;
    if (this.#wanted) {
      // Everybody comes back after a restart, but not at the same moment.
      const wait = this.#delay * (0.8 + Math.random() * 0.4);
      this.#delay = Math.min(this.#delay * 2, MAX_DELAY);
      again = Date.now() + wait;
      this.#timer = setTimeout(() => this.#connect(), wait);
    }
    this.dispatchEvent(new CustomEvent("down", { detail: { code, reason, again } }));
  }

  // A connection whose network has gone says nothing at all, for minutes.
  #look() {
    const silent = Date.now() - this.#heard;
    if (this.#socket && silent > DEAD_AFTER) {
      this.drop();
    } else if (this.isOpen && silent > ASK_AFTER) {
      this.send("PING alive");
    }
  }
}
