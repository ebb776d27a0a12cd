// The WebSocket behind the page. When it ends, everything that was opened for this page is closed, too.

export class Link {
  #socket = null;
  #waiting = [];

  /** @param {(event: object) => void} heard  @param {() => void} lost */
  constructor(heard, lost) {
    this.heard = heard;
    this.lost = lost;
  }

  say(command) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(command));
      return;
    }
    this.#waiting.push(command);
    if (this.#socket === null) this.#open();
  }

  #open() {
    const address = new URL("/lab/run", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      for (const command of this.#waiting.splice(0)) socket.send(JSON.stringify(command));
    });
    socket.addEventListener("message", message => this.heard(JSON.parse(message.data)));
    socket.addEventListener("close", () => {
      this.#socket = null;
      this.#waiting = [];
      this.lost();
    });
  }
}
