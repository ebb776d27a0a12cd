// One connection in full: its bytes as they come and go, its calls, and what the kernel knows of it.

import { Bytes } from "./bytes.js";
import { Calls } from "./calls.js";
import { showKernel } from "./kernel.js";
import { Plot } from "./plot.js";
import { sentence } from "./side.js";
import { age } from "./table.js";
import { address, byId, flows, holderOf, make, microseconds, peerOf, rate, say } from "./text.js";

const plotPoints = 120;
const mostLogged = 5000;

export class Detail {
  #n = 0;
  #row = null;
  #followed = 0;
  #asked = 0;
  #log = [];
  #bytes = new Bytes();
  #calls = new Calls();
  #plots = {};

  /** @param told is called with say(wish) and closed() */
  constructor(told) {
    this.told = told;
    this.#makePlots();
    byId("close").addEventListener("click", () => told.closed());
    byId("kick").addEventListener("click", () => this.#ask());
    byId("save").addEventListener("click", () => this.#save());
    byId("sure").addEventListener("submit", (event) => this.#answer(event.submitter.value));
    tabs();
  }

  show(n, row) {
    const before = this.#n;
    this.#n = n;
    byId("detail").hidden = n === 0;
    if (n === before) return;
    this.#row = null;
    this.#followed = 0;
    this.#log = [];
    this.#bytes.clear();
    this.#calls.clear();
    for (const { plot } of Object.values(this.#plots)) plot.clear();
    this.told.say({ ask: "follow", n: 0 });
    byId("kernel").replaceChildren();
    byId("detail-warning").hidden = true;
    byId("kick").disabled = false;
    if (n === 0) return;
    if (row) this.#describe(row);
    byId("detail-title").focus({ preventScroll: true });
  }

  /** The connection to the server is a new one, and knows nothing of what was followed. */
  again() {
    this.#followed = 0;
  }

  take(look, warning) {
    if (this.#n === 0) return;
    if (look.gone === this.#n) {
      say(byId("detail-beside"), "It has ended.");
      byId("kick").disabled = true;
      return;
    }
    const { selected, kernel } = look;
    if (selected?.n !== this.#n) return;
    this.#describe(selected);
    showKernel(byId("kernel"), selected, kernel);
    this.#plots.received.add(rate, selected.receiveRate);
    this.#plots.sent.add(rate, selected.sendRate);
    this.#plots.time.add(microseconds, kernel.roundTrip ?? selected.roundTrip);
    const notice = byId("detail-warning");
    notice.hidden = !warning;
    if (warning) say(notice, sentence(warning, Date.now()));
    this.#calls.draw();
  }

  happened(event) {
    if (event.event === "kicked") {
      if (event.n === this.#n && event.error) {
        const notice = byId("detail-warning");
        notice.hidden = false;
        say(notice, `Not reset. ${event.error}`);
      }
      return;
    }
    if (event.connection === undefined || event.connection !== this.#row?.connection) return;
    if (this.#log.length < mostLogged) this.#log.push(event);
    this.#bytes.take(event);
    this.#calls.take(event);
  }

  #describe(row) {
    this.#row = { ...row, connection: row.connection ?? this.#row?.connection };
    say(byId("detail-title"), row.remote ? `${address(row.local)} → ${peerOf(row)}` : address(row.local));
    const number = row.connection === undefined ? "" : ` · connection #${row.connection}`;
    const counts = isCounted(row) ? ` · ${flows(row)}` : "";
    say(byId("detail-beside"), `${row.state} · ${holderOf(row)}${number}`
      + ` · open for ${age(row, Date.now())}${counts}`);
    byId("plots").hidden = !isCounted(row);
    byId("kick").disabled = row.connection === undefined && row.kind !== "tcp";
    if (row.connection === undefined) {
      const reason = "Only the bytes and calls of this program's connections can be followed. "
        + "Of all other sockets the kernel tells states, counts and queues: see Kernel.";
      this.#bytes.explain(reason);
      this.#calls.explain(reason);
    } else if (this.#followed !== row.n) {
      this.#followed = row.n;
      this.told.say({ ask: "follow", n: row.n });
      this.#bytes.explain("Nothing has come or gone since you look.");
      this.#calls.explain("The program has called nothing since you look.");
    }
  }

  #ask() {
    say(byId("sure-text"), `${address(this.#row?.local ?? "")} → ${address(this.#row?.remote ?? "")}: both programs `
      + "see a reset, and what is on its way is lost.");
    this.#asked = this.#n;
    byId("sure").showModal();
  }

  // At the press itself: the dialog tells that it has closed only later, when it may be open again for another answer.
  #answer(answer) {
    if (answer === "yes") this.told.say({ ask: "kick", n: this.#asked });
  }

  #save() {
    const lines = this.#log.map((event) => `${JSON.stringify(event)}\n`);
    download(new Blob(lines, { type: "application/x-ndjson" }), `connection-${this.#row?.connection ?? this.#n}.jsonl`);
  }

  #makePlots() {
    for (const [name, label] of [["received", "Received"], ["sent", "Sent"], ["time", "Round trip"]]) {
      const value = make("b", "", "–");
      const plot = new Plot(plotPoints, `${label}, over the last minute`, name);
      byId("plots").append(make("figure", "", make("figcaption", "", label, value), plot.element));
      this.#plots[name] = {
        plot,
        add(show, number) {
          say(value, show(number));
          plot.add(number);
        },
      };
    }
  }
}

// The kernel counts the bytes of TCP alone.
const isCounted = (row) => row.kind === "tcp" || row.connection !== undefined;

export function download(blob, name) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function tabs() {
  const all = [...document.querySelectorAll("[role=tab]")];
  const choose = (tab) => {
    for (const one of all) {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
      byId(one.getAttribute("aria-controls")).hidden = one !== tab;
    }
  };
  for (const tab of all) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        const next = all[(all.indexOf(tab) + step + all.length) % all.length];
        choose(next);
        next.focus();
      }
    });
  }
}
