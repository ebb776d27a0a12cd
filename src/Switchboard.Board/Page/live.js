// The connection to the server: events come as JSON, one a line. When it is lost it is made again.

const firstPause = 500;
const longestPause = 5000;
const lost = "Connection lost, trying again…";
const lockedOut = "Started anew: open the address that it printed";

export class Live {
  #path;
  #told;
  #socket = null;
  #pause = firstPause;
  #isOver = false;
  #reason = lost;

  /**
   * @param path where the server speaks
   * @param told is called with opened(), lost(reason) and happened(event)
   */
  constructor(path, told) {
    this.#path = path;
    this.#told = told;
    this.#connect();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  say(wish) {
    if (this.isOpen) this.#socket.send(JSON.stringify(wish));
  }

  close() {
    this.#isOver = true;
    this.#socket?.close();
  }

  #connect() {
    const url = new URL(this.#path, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#pause = firstPause;
      this.#reason = lost;
      this.#told.opened();
    };
    socket.onmessage = (message) => {
      for (const line of message.data.split("\n")) {
        if (line) this.#told.happened(JSON.parse(line));
      }
    };
    socket.onclose = () => this.#again();
  }

  async #again() {
    if (this.#isOver) return;
    this.#told.lost(this.#reason);
    await new Promise((resolve) => setTimeout(resolve, this.#pause));
    this.#pause = Math.min(this.#pause * 2, longestPause);
    this.#reason = (await isLockedOut()) ? lockedOut : lost;
    this.#told.lost(this.#reason);
    if (!this.#isOver) this.#connect();
  }
}

// A server that was started with another token is there, and does not let this page in.
async function isLockedOut() {
  try {
    return (await fetch("/", { method: "HEAD", cache: "no-store" })).status === 403;
  } catch {
    return false;
  }
}
