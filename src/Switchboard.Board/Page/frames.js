// Finds frames in bytes that come in pieces, as the library's framings do.

const mostFrame = 1 << 20;

export class FrameReader {
  #kind;
  #held = new Uint8Array();

  /** @param kind lines, u16, u32 or pieces */
  constructor(kind) {
    this.#kind = kind;
  }

  /** Takes a piece and gives the frames that are whole by now; one that can be none is given as it is. */
  read(piece) {
    if (this.#kind === "pieces") return [{ bytes: piece, mark: "" }];
    this.#held = joined(this.#held, piece);
    const frames = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next() {
    const held = this.#held;
    if (this.#kind === "lines") {
      const end = held.indexOf(10);
      return end < 0 ? this.#unlessTooLong() : this.#cut(end, end + 1, "␊");
    }
    const prefix = this.#kind === "u16" ? 2 : 4;
    if (held.length < prefix) return null;
    const view = new DataView(held.buffer, held.byteOffset);
    const length = prefix === 2 ? view.getUint16(0) : view.getUint32(0);
    if (length > mostFrame) return this.#cut(held.length, held.length, `length ${length}: no frame of this framing`);
    return held.length < prefix + length ? null : this.#cut(prefix + length, prefix + length, "", prefix);
  }

  #unlessTooLong() {
    return this.#held.length > mostFrame ? this.#cut(this.#held.length, this.#held.length, "no end of line") : null;
  }

  #cut(end, next, mark, start = 0) {
    const bytes = this.#held.subarray(start, end);
    this.#held = this.#held.slice(next);
    return { bytes, mark };
  }
}

function joined(one, other) {
  if (one.length === 0) return other.slice();
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
