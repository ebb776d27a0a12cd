// Small plots of values over time, as SVG, so that they can be kept in an export as they are.

const svg = "http://www.w3.org/2000/svg";
const width = 240;
const fewest = 60;
const height = 40;

export class Plot {
  #values = [];
  #most;
  #area = document.createElementNS(svg, "path");
  #line = document.createElementNS(svg, "path");

  /** @param most how many values are shown */
  constructor(most, label, classes = "") {
    this.#most = most;
    this.element = document.createElementNS(svg, "svg");
    this.element.setAttribute("class", `plot ${classes}`);
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.element.setAttribute("preserveAspectRatio", "none");
    this.element.setAttribute("role", "img");
    this.element.setAttribute("aria-label", label);
    this.#area.setAttribute("class", "area");
    this.#line.setAttribute("class", "line");
    this.element.append(this.#area, this.#line);
  }

  add(value) {
    this.#values.push(value ?? 0);
    if (this.#values.length > this.#most) this.#values.shift();
    this.#draw();
  }

  clear() {
    this.#values = [];
    this.#draw();
  }

  get largest() {
    return Math.max(0, ...this.#values);
  }

  #draw() {
    const top = this.largest || 1;
    // As wide as half a minute at first, and more as it becomes more.
    const step = width / (Math.max(fewest, this.#values.length) - 1);
    const start = width - (this.#values.length - 1) * step;
    const points = this.#values.map((value, at) =>
      `${(start + at * step).toFixed(1)},${(height - 1 - (value / top) * (height - 6)).toFixed(1)}`);
    const line = points.length > 1 ? `M${points.join("L")}` : "";
    this.#line.setAttribute("d", line);
    this.#area.setAttribute("d", line && `${line}L${width},${height}L${start.toFixed(1)},${height}Z`);
  }
}
