// The page of the lab: which lesson, what has happened, and what comes next.

import { byId, copyButton, h } from "./dom.js";
import { drawKernel, drainRings, tellKernel } from "./kernel.js";
import { drawLessons, noteFinished } from "./lessons.js";
import { Link } from "./link.js";
import { drawProgram } from "./panes.js";
import { renew } from "../renew.js";
import { Replay } from "./replay.js";
import { drawSequence } from "./sequence.js";
import { drawStory } from "./story.js";
import { resultOf, seconds } from "./text.js";

const Language = "switchboard-lab-language";

const page = {
  lessons: [], lesson: null, name: "", replay: new Replay(), state: null, cursor: null, lines: new Map(),
  language: localStorage.getItem(Language) ?? "python", answers: new Map(), asked: null, yours: null, made: null,
  speaking: 0, asking: 0, queued: null,
};
const link = new Link(hear, lose);
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

const live = () => page.cursor === null;
const moment = () => page.cursor ?? page.replay.last;
const stateOf = name => page.state?.actors.find(actor => actor.name === name);

// ---------------------------------------------------------------------------------------------- what comes from there

function hear(event) {
  switch (event.event) {
    case "lesson-started":
      page.replay = new Replay();
      page.state = null;
      break;
    case "lesson-state":
      page.state = event;
      goOnWithQueued();
      break;
    default:
      page.replay.add(event);
  }
  draw();
}

function lose() {
  byId("notice").hidden = false;
  byId("notice").replaceChildren(
    "The lab has ended here: it was quiet for too long, or the program behind it has stopped. ",
    h("button", { type: "button", onclick: () => begin(page.name, page.yours) }, "Start again"));
  page.state = null;
  draw();
}

// --------------------------------------------------------------------------------------------------- what one asks for

async function begin(name, yours = null) {
  const known = page.lessons.find(lesson => lesson.name === name) ?? page.lessons[0];
  const answer = await fetch(`/lab/lessons/${known.file}`);
  page.lesson = await answer.json();
  page.name = known.name;
  page.yours = yours;
  Object.assign(page, {
    cursor: null, answers: new Map(), asked: null, replay: new Replay(), state: null, made: null, queued: null,
  });
  byId("notice").hidden = true;
  location.hash = known.name;
  document.title = `${page.lesson.title} · Lab · Switchboard`;
  ask({ do: "start", lesson: known.name, actor: yours?.actor, port: yours?.port });
  drawHead();
  draw();
}

// What is asked for before the last answer has come is done behind it: until then nobody knows what comes next.
function ask(command) {
  page.asking += 1;
  link.say({ ...command, id: page.asking });
  showBusy();
}

const isBusy = () => page.state?.obeyed !== page.asking;

function showBusy() {
  byId("stage").setAttribute("aria-busy", String(isBusy() && byId("notice").hidden));
}

function goOnWithQueued() {
  const queued = page.queued;
  if (queued && !isBusy()) {
    page.queued = null;
    setTimeout(queued);
  }
}

/** One call of an actor, behind the question before it. */
function step(name) {
  if (isBusy()) {
    page.queued = () => step(name);
    return;
  }
  page.cursor = null;
  const next = stateOf(name)?.next;
  if (next === undefined) {
    draw();
    return;
  }
  if (page.lesson.steps[next].question && !page.answers.has(next) && !page.yours) {
    page.asked = { step: next, actor: name };
    draw();
    document.querySelector(".choice")?.focus();
    return;
  }
  page.asked = null;
  page.made = next;
  ask({ do: "step", actor: name });
}

function answer(choice) {
  const { step: asked, actor } = page.asked;
  page.answers.set(asked, choice);
  page.asked = null;
  page.made = asked;
  ask({ do: "step", actor });
  byId("next").focus({ preventScroll: true });
}

function goOn() {
  if (isBusy()) {
    page.queued = goOn;
    return;
  }
  if (page.asked) {
    answer(0);
  } else if (isOver()) {
    turn(1);
  } else if (page.state?.suggested !== undefined) {
    step(page.lesson.steps[page.state.suggested].actor);
  }
}

/** The actor that a side's key is for: the one whose turn it is, or the first that can go on. */
function actorOf(side) {
  const actors = page.lesson.actors.filter(actor => actor.side === side);
  const suggested = page.lesson.steps[page.state?.suggested]?.actor;
  return actors.find(actor => actor.name === suggested)
    ?? actors.find(actor => stateOf(actor.name)?.next !== undefined);
}

function stepSide(side) {
  if (isBusy()) page.queued = () => stepSide(side);
  else if (actorOf(side)) step(actorOf(side).name);
}

function turn(by) {
  const index = page.lessons.findIndex(lesson => lesson.name === page.name) + by;
  if (page.lessons[index]) begin(page.lessons[index].name);
}

function scrub(to) {
  page.asked = null;
  page.cursor = to >= page.replay.last ? null : Math.max(0, to);
  draw();
}

function isOver() {
  return page.state !== null && page.state.suggested === undefined
    && page.state.actors.every(actor => actor.next === undefined && !(page.yours && actor.waits));
}

// ------------------------------------------------------------------------------------------------------------- drawing

function drawHead() {
  const index = page.lessons.findIndex(lesson => lesson.name === page.name);
  byId("number").textContent = `Lesson ${index + 1} of ${page.lessons.length}`;
  byId("title").textContent = page.lesson.title;
  byId("goal").textContent = page.lesson.goal;
  byId("own").hidden = !page.lesson.yours;
  byId("own").setAttribute("aria-pressed", String(page.yours !== null));
}

function draw() {
  if (!page.lesson) return;
  const view = page.replay.at(moment());
  const port = page.yours?.port ?? page.state?.server?.split(":").at(-1);
  drawStage(view, port);
  drawTold(view);
  byId("kernel").replaceChildren(...drawKernel({ ...view, lesson: page.lesson, now: Date.now() }));
  drawBreaks();
  drawTime(view);
  drawTry(port);
  showBusy();
  if (isOver() && live() && !page.yours) noteFinished(page.name);
}

function drawStage(view, port) {
  const focused = document.activeElement?.dataset?.actor;
  const keys = new Map([[actorOf("server")?.name, "S"], [actorOf("client")?.name, "C"]]);
  const drawOne = actor => drawProgram(actor, {
    lesson: page.lesson, language: page.language, port, calls: view.calls, live: live() && !page.asked,
    state: stateOf(actor.name), key: keys.get(actor.name), step,
  });
  for (const [side, id] of [["server", "server-side"], ["client", "client-side"], ["world", "world"]]) {
    const actors = page.lesson.actors.filter(actor => actor.side === side);
    renew(byId(id), page.yours && sideOfYours() === side ? drawYours(port) : null, actors.map(drawOne),
      actors.length || side === "world" ? null : h("p", { class: "nobody" }, "Nobody is here."));
  }
  if (focused) document.querySelector(`[data-actor="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

const sideOfYours = () => page.lesson.actors.find(actor => actor.name === page.yours.actor).side;

function drawYours(port) {
  const text = page.yours.port
    ? "Start your server at this address, and then step the client. Too late, and it was refused? Start again."
    : port ? "Connect your program to this address." : "Step the server until it listens; then its address is here.";
  return h("div", { class: "yours", role: "note" },
    h("p", {}, text), port ? [h("code", {}, `127.0.0.1:${port}`), copyButton(`127.0.0.1:${port}`)] : null);
}

function drawTold(view) {
  renew(byId("told"), drawStory({
    lesson: page.lesson, view, live: live(), asked: page.asked, answers: page.answers, answer, made: page.made,
    over: isOver() && live(), started: page.replay.last > 0 && moment() > 0, yours: page.yours,
  }));
  const next = page.state?.suggested;
  const actor = next === undefined ? null : page.lesson.steps[next].actor;
  renew(byId("next"),
    page.asked ? "Just show me "
      : isOver() ? "Next lesson "
      : actor ? `${actor}: ${page.lesson.steps[next].call} `
      : "Next call ",
    h("kbd", {}, "space"));
  byId("next").disabled = !page.asked && !isOver() && next === undefined;
  const done = new Set(view.calls.map(call => call.step).filter(each => each !== undefined)).size;
  byId("progress").textContent = `${done} of ${page.lesson.steps.length} calls`;
  say(view);
}

// Said when all that belongs to a call is there: the call, and then what the kernel shows.
function say(view) {
  clearTimeout(page.speaking);
  const text = sayingOf(view);
  page.speaking = setTimeout(() => {
    if (byId("said").textContent !== text) byId("said").textContent = text;
  }, 120);
}

function sayingOf(view) {
  if (page.asked) return page.lesson.steps[page.asked.step].question.text;
  const told = view.told;
  return told === null ? "" : `${told.actor}: ${told.text} ${resultOf(told)}. ${told.sentence} `
    + `${page.yours ? "" : page.lesson.steps[told.step]?.says ?? ""} ${tellKernel(view.kernel)}`;
}

function drawBreaks() {
  const breaks = page.lesson.breaks ?? [];
  byId("breaks").hidden = breaks.length === 0;
  renew(byId("breaks"), h("h3", {}, "Break it"), breaks.map((each, index) => h("button", {
    type: "button", disabled: !live() || !page.state?.breaks[index], title: each.says ?? "",
    onclick: () => {
      page.made = null;
      ask({ do: "break", index });
    },
  }, each.title)));
}

function drawTime(view) {
  const last = page.replay.last;
  byId("moment").max = last;
  byId("moment").value = moment();
  byId("moment-text").textContent = last === 0 ? "" : `${moment()} of ${last}`;
  byId("moment").setAttribute("aria-valuetext",
    view.told ? `${view.told.actor}: ${view.told.text}` : "before the first call");
  byId("back").disabled = moment() === 0;
  byId("forth").disabled = live();
  byId("live").hidden = live();
  document.body.classList.toggle("past", !live());
  const diagram = byId("diagram");
  const follows = diagram.scrollTop + diagram.clientHeight > diagram.scrollHeight - 80;
  diagram.replaceChildren(...drawSequence({ lesson: page.lesson, view, width: diagram.clientWidth, choose: scrub }));
  if (follows) {
    const toldAt = Number(diagram.querySelector("[data-told-at]").dataset.toldAt);
    diagram.scrollTo(toldAt - diagram.clientWidth / 2, diagram.scrollHeight);
  }
}

function drawTry(port) {
  const lines = page.lesson.try ?? [];
  byId("try").hidden = lines.length === 0;
  byId("try-lines").replaceChildren(...lines.map(line => {
    const text = line.replaceAll("{port}", "7342");
    return h("li", {}, h("code", {}, text), copyButton(text));
  }));
}

// ---------------------------------------------------------------------------------------------------------------- keys

const Keys = {
  " ": goOn,
  s: () => stepSide("server"),
  c: () => stepSide("client"),
  arrowleft: () => scrub(moment() - 1),
  arrowright: () => scrub(moment() + 1),
  escape: () => scrub(page.replay.last),
  r: () => begin(page.name, page.yours),
  n: () => turn(1),
  p: () => turn(-1),
  l: () => open("lessons"),
  "?": () => byId("help").showModal(),
};

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const field = event.target.closest("input, select, textarea");
  if (field && field.type !== "range") return;
  const key = event.key.toLowerCase();
  const choice = Number(event.key);
  if (page.asked && choice >= 1 && choice <= page.lesson.steps[page.asked.step].question.choices.length) {
    event.preventDefault();
    answer(choice);
  } else if (Keys[key] && !(key === " " && event.target.closest("button") && event.target.id !== "next")) {
    event.preventDefault();
    if (!event.repeat || key.startsWith("arrow")) Keys[key]();
  }
});

// Space on the button would otherwise press it when it comes up, a second time.
byId("next").addEventListener("keyup", event => {
  if (event.key === " ") event.preventDefault();
});

// -------------------------------------------------------------------------------------------------------------- wiring

function open(id) {
  if (id === "lessons") drawLessons(page.lessons, page.name, begin);
  byId(id).showModal();
}

byId("open-lessons").addEventListener("click", () => open("lessons"));
byId("open-help").addEventListener("click", () => open("help"));
byId("own").addEventListener("click", () => open("own-dialog"));
byId("again").addEventListener("click", () => begin(page.name, page.yours));
byId("next").addEventListener("click", goOn);
byId("back").addEventListener("click", () => scrub(moment() - 1));
byId("forth").addEventListener("click", () => scrub(moment() + 1));
byId("live").addEventListener("click", () => scrub(page.replay.last));
byId("moment").addEventListener("input", event => scrub(Number(event.target.value)));
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}
byId("own-form").addEventListener("submit", event => {
  event.preventDefault();
  const form = new FormData(event.target);
  byId("own-dialog").close();
  const side = form.get("part");
  const actor = page.lesson.actors.find(each => each.side === side).name;
  begin(page.name, { actor, port: side === "server" ? Number(form.get("port")) : undefined });
});

function speak(language) {
  page.language = language;
  localStorage.setItem(Language, language);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  draw();
}

// What moves by itself: how long a call has waited, and the minute of TIME_WAIT.
setInterval(() => {
  if (!live()) return;
  for (const clock of document.querySelectorAll(".clock")) {
    clock.textContent = `waits ${seconds(Math.max(0, Date.now() - Number(clock.dataset.from)))}`;
  }
  drainRings(byId("kernel"), Date.now());
}, reduced.matches ? 1000 : 200);

addEventListener("resize", () => draw());
addEventListener("hashchange", () => {
  const name = decodeURIComponent(location.hash.slice(1));
  if (name !== page.name && page.lessons.some(lesson => lesson.name === name)) begin(name);
});

page.lessons = await (await fetch("/lab/lessons")).json();
speak(page.language);
await begin(decodeURIComponent(location.hash.slice(1)));
