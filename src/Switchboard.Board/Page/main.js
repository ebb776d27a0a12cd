// The board: what the server tells goes to the parts of the page, and what people want goes to the server.

import { Detail } from "./detail.js";
import { mostRows, save } from "./export.js";
import { Live } from "./live.js";
import { Plot } from "./plot.js";
import { Ended, Listeners, Warnings } from "./side.js";
import { Table } from "./table.js";
import { byId, count, make, rate, say } from "./text.js";

// Five minutes, of two looks a second.
const plotPoints = 600;
const searchPause = 150;

const view = {
  own: false, kind: "usual", search: "", state: "open", listener: 0, order: "newest", selected: 0, anew: 0,
};
const plots = {};
const totals = { endedBefore: null };
const mostHeld = 5000;
// What comes while the page is held still, and is shown when it goes on.
const held = [];
let isPaused = false;
let saidView = "";
// The number of the last question, and of the last that was answered.
let asked = 0;
let answered = 0;
let shownAnew = 0;
// What is shown instead of the rows in sight.
let wholeWindow = null;
let started = 0;
let searching = 0;

const table = new Table({ scrolled: sayView, chosen: choose });
const listeners = new Listeners(chooseListener);
const ended = new Ended();
const warnings = new Warnings(chooseWarned);
const detail = new Detail({ say: (wish) => live.say(wish), closed: () => choose(0) });

for (const [name, label] of [["open", "Open connections"], ["in", "Bytes received a second"],
  ["out", "Bytes sent a second"], ["ended", "Connections that ended"]]) {
  plots[name] = new Plot(plotPoints, `${label}, over the last five minutes`);
  byId(`figure-${name}`).append(plots[name].element);
}

const live = new Live("/live", {
  opened() {
    showLive("", "Live");
    saidView = "";
    forget();
    sayView();
    detail.again();
  },
  lost(reason) {
    showLive("lost", reason);
  },
  happened(event) {
    if (event.event === "hello") greet(event);
    else if (event.event === "look") take(event);
    else if (!isPaused || event.event === "kicked") detail.happened(event);
    else if (held.length < mostHeld) held.push(event);
  },
});

function forget() {
  table.clear();
  listeners.clear();
  ended.clear();
  totals.endedBefore = null;
}

function greet(hello) {
  // The numbers of another server mean others.
  if (started !== 0 && hello.started !== started) {
    if (view.selected) choose(0);
    if (view.listener) chooseListener(0);
  }
  started = hello.started;
  say(byId("where"), `${hello.process} on ${hello.machine} · ${hello.system}`);
  document.title = `Board · ${hello.machine}`;
}

function showLive(kind, text) {
  byId("live").className = `live ${isPaused && !kind ? "paused" : kind}`;
  say(byId("live-text"), isPaused && !kind ? "Paused" : text);
}

function take(look) {
  // Each look has what changed since the one before: of those that were let go, the next ones make no sense.
  if (isPaused || look.anew !== view.anew) return;
  if (shownAnew !== view.anew) forget();
  shownAnew = view.anew;
  table.take(look);
  listeners.take(look);
  ended.take(look);
  warnings.take(look);
  warnings.draw();
  showFigures(look);
  showStates(look.states);
  showNotice(look.problem);
  detail.take(look, warnings.of(view.selected));
  answered = look.asked;
  showBusy();
  say(byId("matching"), count(table.matching));
  byId("no-rows").hidden = table.matching > 0;
  showLive("", look.interval > 600 ? `Live, all sockets every ${(look.interval / 1000).toFixed(1)} s` : "Live");
}

function showFigures(look) {
  const open = view.own ? look.own : look.all;
  const others = view.own ? `${count(look.all)} on this machine` : `${count(look.own)} of this program`;
  figure("open", count(open), others, open);
  figure("in", rate(look.receiveRate), `most ${rate(Math.max(plots.in.largest, look.receiveRate))}`, look.receiveRate);
  figure("out", rate(look.sendRate), `most ${rate(Math.max(plots.out.largest, look.sendRate))}`, look.sendRate);
  const before = totals.endedBefore ?? ended.count;
  totals.endedBefore = ended.count;
  figure("ended", count(ended.count), `${count(look.retransmits)} segments sent again`, ended.count - before);
}

function figure(name, value, beside, point) {
  const element = byId(`figure-${name}`);
  say(element.querySelector(".value"), value);
  say(element.querySelector(".beside"), beside);
  plots[name].add(point);
}

function showStates(states) {
  const select = byId("state");
  const wanted = ["open", "", ...Object.keys(states)];
  if (!wanted.includes(view.state)) wanted.push(view.state);
  const known = [...select.options].map((option) => option.value);
  if (wanted.join() !== known.join()) {
    select.replaceChildren(...wanted.map((name) => {
      const option = make("option", "", { open: "not over", "": "all" }[name] ?? name);
      option.value = name;
      return option;
    }));
    select.value = view.state;
  }
  for (const option of select.options) {
    if (option.value && option.value !== "open") say(option, `${option.value} (${count(states[option.value] ?? 0)})`);
  }
}

function showNotice(problem) {
  const notice = byId("notice");
  notice.hidden = !problem;
  say(notice, problem ? `Only this program's connections are shown. ${problem}` : "");
}

function sayView() {
  const text = JSON.stringify({ ask: "view", ...view, ...(wholeWindow ?? table.wanted) });
  if (text !== saidView && !isPaused) {
    saidView = text;
    live.say({ ...JSON.parse(text), asked: ++asked });
    showBusy();
  }
}

// Whether what was asked for is still to come.
const isBusy = () => searching !== 0 || answered !== asked;

function showBusy() {
  byId("grid").setAttribute("aria-busy", String(isBusy()));
}

function change(wanted) {
  Object.assign(view, wanted);
  table.top();
  sayView();
}

function choose(n) {
  const wasInDetail = byId("detail").contains(document.activeElement);
  view.selected = n;
  table.select(n);
  document.querySelector(".columns").classList.toggle("with-detail", n !== 0);
  detail.show(n, table.row(n));
  if (n === 0 && wasInDetail) table.focus();
  sayView();
}

function chooseListener(n) {
  listeners.choose(n);
  const chip = byId("listener-filter");
  chip.hidden = n === 0;
  if (n) say(chip, `Only ${listeners.get(n).local}`);
  change({ listener: n });
}

function chooseWarned(n) {
  if (listeners.get(n)) chooseListener(n);
  else choose(n);
}

function chooseScope(own) {
  for (const button of document.querySelectorAll(".scope button")) {
    button.setAttribute("aria-pressed", String(button.dataset.own === String(own)));
  }
  ended.show(own);
  plots.in.clear();
  plots.out.clear();
  plots.open.clear();
  change({ own });
}

for (const button of document.querySelectorAll(".scope button")) {
  button.addEventListener("click", () => chooseScope(button.dataset.own === "true"));
}
byId("kind").addEventListener("change", (event) => change({ kind: event.target.value }));
byId("state").addEventListener("change", (event) => change({ state: event.target.value }));
byId("order").addEventListener("change", (event) => change({ order: event.target.value }));
byId("listener-filter").addEventListener("click", () => {
  chooseListener(0);
  table.focus();
});
byId("pause").addEventListener("click", () => pause(!isPaused));
byId("export").addEventListener("click", exportAll);
byId("search").addEventListener("input", () => {
  clearTimeout(searching);
  searching = setTimeout(search, searchPause);
  showBusy();
});

function search() {
  clearTimeout(searching);
  searching = 0;
  change({ search: byId("search").value.trim() });
  showBusy();
}

async function exportAll() {
  byId("export").disabled = true;
  if (searching) search();
  wholeWindow = { first: 0, count: mostRows };
  sayView();
  // However long the server takes for its answer: a file with other sockets than it says would be worse than none.
  while (isBusy() && !isPaused && live.isOpen) await new Promise((done) => setTimeout(done, 50));
  await save({ table, ended, warnings });
  wholeWindow = null;
  sayView();
  byId("export").disabled = false;
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, select, textarea") || byId("sure").open;
  if (event.key === "Escape" && view.selected && !byId("sure").open) choose(0);
  else if (!isTyping && event.key === "/") {
    event.preventDefault();
    byId("search").focus();
  } else if (!isTyping && event.key === "p") pause(!isPaused);
});

function pause(wanted) {
  isPaused = wanted;
  byId("pause").setAttribute("aria-pressed", String(isPaused));
  say(byId("pause"), isPaused ? "Go on" : "Pause");
  showLive("", "Live");
  if (!isPaused) {
    view.anew++;
    for (const event of held.splice(0)) detail.happened(event);
  }
  sayView();
}
