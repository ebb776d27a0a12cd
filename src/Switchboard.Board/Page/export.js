// What is seen, as one HTML file that needs nothing else: all rows that match, up to a thousand, without any script.

import { download } from "./detail.js";
import { endedRow, sentence } from "./side.js";
import { age } from "./table.js";
import { address, byId, bytes, count, make, microseconds, peerOf } from "./text.js";

export const mostRows = 1000;

const columns = [
  ["State", (row) => row.state],
  ["Here", (row) => address(row.local)],
  ["Peer", peerOf],
  ["Process", (row) => row.process ?? "–"],
  ["Age", (row, now) => age(row, now)],
  ["Received", (row) => bytes(row.received)],
  ["Sent", (row) => bytes(row.sent)],
  ["Not read", (row) => bytes(row.unread)],
  ["Not confirmed", (row) => bytes(row.waiting)],
  ["Round trip", (row) => microseconds(row.roundTrip)],
  ["Sent again", (row) => count(row.retransmits)],
];

/** Gives the browser a file with all rows that are at hand. */
export async function save({ table, ended, warnings }) {
  const page = await compose(table, ended, warnings);
  download(new Blob([page], { type: "text/html" }), `board-${new Date().toISOString().replace(/[:.]/g, "-")}.html`);
}

async function compose(table, ended, warnings) {
  const now = Date.now();
  const style = (await Promise.all(["/base.css", "/board.css"].map(textOf))).join("\n") + ownStyle;
  const body = make("body");
  const parts = [
    make("h1", "", `Board · ${byId("where").textContent}`),
    make("p", "beside", `As it was on ${new Date(now).toLocaleString("en-GB")}. `
      + `${count(Math.min(table.rows.length, mostRows))} of ${count(table.matching)} sockets.`),
    copy(document.querySelector(".figures")),
    section("Look at this", warnings.all.length
      ? make("ul", "", ...warnings.all.map((one) => make("li", "", `${sentence(one, now)} ${one.about}`))) : null),
    byId("detail").hidden ? null : copy(byId("detail")),
    section("Listeners", copy(byId("listeners"))),
    section("Sockets", tableOf(table.rows, now)),
    section("Ended last", ended.all.length ? make("ol", "ended", ...ended.all.map(endedRow)) : null),
  ];
  body.append(...parts.filter(Boolean));

  // The sheet is ours; all else is text that the browser has made safe as it writes it out.
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">${make("title", "", document.title).outerHTML}`
    + `<style>${style}</style></head>${body.outerHTML}</html>\n`;
}

const textOf = async (path) => (await fetch(path)).text();

function section(title, content) {
  return content && make("section", "", make("h2", "", title), content);
}

// A copy has nothing to press.
function copy(element) {
  const twin = element.cloneNode(true);
  for (const one of twin.querySelectorAll("button:not(.listener), select, label, .tabs, [hidden]")) one.remove();
  for (const one of twin.querySelectorAll("button")) one.replaceWith(make("div", one.className, ...one.childNodes));
  return twin;
}

function tableOf(rows, now) {
  const head = make("tr", "", ...columns.map(([title]) => make("th", "", title)));
  const body = rows.map((row) => make("tr", "", ...columns.map(([, show]) => make("td", "", show(row, now)))));
  return make("table", "", make("thead", "", head), make("tbody", "", ...body));
}

const ownStyle = `
body { padding: 24px; max-width: 1500px; margin: 0 auto; display: grid; gap: 22px;
  grid-template-columns: minmax(0, 1fr); }
h1 { overflow-wrap: anywhere; }
body > section { overflow-x: auto; }
.detail, .listeners, .ended, .pieces, .calls { position: static; max-height: none; overflow: visible; }
.listeners { grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); }
.listener { border: 1px solid var(--line); background: var(--paper); }
table { border-collapse: collapse; width: 100%; font-size: 13px; background: var(--paper); }
th, td { text-align: left; padding: 5px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--soft); font-weight: 550; }
#kernel { max-width: 700px; }
`;
