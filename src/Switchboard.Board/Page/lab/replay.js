// The log of a run, and what it shows at any of its moments. A moment is a call that began to wait or returned,
// together with what the kernel showed until the next one.

export class Replay {
  #events = [];
  #moments = [0]; // How many events there are at the end of each moment; the first is before any call.

  add(event) {
    this.#events.push(event);
    if (event.event !== "kernel") this.#moments.push(0);
    this.#moments[this.#moments.length - 1] = this.#events.length;
  }

  /** The number of the last moment. */
  get last() {
    return this.#moments.length - 1;
  }

  /** What was to be seen at a moment. */
  at(moment) {
    const events = this.#events.slice(0, this.#moments[moment]);
    const calls = new Map();
    let kernel = { sockets: [], tapes: [] };
    for (const event of events) {
      if (event.event === "kernel") kernel = event;
      else calls.set(event.number, { ...event, from: calls.get(event.number)?.at ?? event.at });
    }
    const list = [...calls.values()];
    const told = events.findLast(event => event.event !== "kernel") ?? null;
    return { calls: list, kernel, told, closedAt: this.#closedAt(events), events };
  }

  // When the kernel was first seen with a connection in TIME_WAIT: it forgets it a minute later.
  #closedAt(events) {
    const since = new Map();
    for (const event of events) {
      if (event.event !== "kernel") continue;
      for (const socket of event.sockets) {
        if (socket.state === "TIME_WAIT" && !since.has(socket.name)) since.set(socket.name, Date.parse(event.time));
      }
    }
    return since;
  }
}
