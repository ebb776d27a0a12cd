// What one has said, and the server has not given back yet.

export class Sent {
  #byLabel = new Map();

  add(label, talk, message) {
    this.#byLabel.set(label, { talk, message });
  }

  /** What was sent under a label, once. */
  take(label) {
    const sent = this.#byLabel.get(label);
    this.#byLabel.delete(label);
    return sent;
  }

  /** The same for what has come back without its label. */
  takeLike(talk, text) {
    for (const [label, sent] of this.#byLabel) {
      if (sent.talk === talk && sent.message.text === text) {
        return this.take(label);
      }
    }
    return undefined;
  }

  /** Gives all of it up: nobody knows what became of it. */
  failAll(reason) {
    for (const sent of this.#byLabel.values()) {
      fail(sent, reason);
    }
    this.#byLabel.clear();
  }
}

/** Says that a message did not get there. */
export function fail({ talk, message }, reason) {
  message.failed = reason;
  talk.renew(message);
}
