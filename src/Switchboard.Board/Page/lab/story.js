// The band in which the page says what has happened, asks what will, and tells what it means.

import { h } from "./dom.js";
import { drawResult } from "./panes.js";

/** Draws the question, or the last call, what it means, and what else it has brought about. */
export function drawStory({ lesson, view, live, asked, answers, answer, made, over, started, yours }) {
  if (asked && live) return drawQuestion(lesson.steps[asked.step], asked, answer);
  if (!view.told || !started) return drawBeginning(lesson, yours);
  const call = (live && view.calls.find(each => each.step === made && made !== null))
    || view.calls.find(each => each.number === view.told.number);
  const step = call.step === undefined ? lesson.breaks[call.break] : lesson.steps[call.step];
  const isDone = call.event === "call-returned";

  // What the lesson says of its steps is said of its own two programs.
  const says = yours && call.step !== undefined ? undefined : step?.says;
  return [
    drawCall(lesson, call),
    drawVerdict(step, answers.get(call.step)),
    h("p", { class: "sentence" }, says ?? call.sentence),
    says && isDone ? h("p", { class: "more" }, call.sentence) : null,
    live ? othersSince(view, call).map(other => h("div", { class: "also" },
      drawCall(lesson, other), h("p", { class: "more" }, other.sentence))) : null,
    over ? h("p", { class: "over" }, h("b", {}, "To remember: "), lesson.sentence) : null,
  ].flat().filter(part => part !== null);
}

const drawCall = (lesson, call) => h("div", { class: "what" },
  h("span", { class: `who ${sideOf(lesson, call.actor)}` }, call.actor), drawResult(call));

// Calls of others that have gone on since, because of this one: an accept returns when somebody connects.
function othersSince(view, call) {
  const from = view.events.findIndex(event => event.number === call.number);
  const numbers = new Set(view.events.slice(from).filter(event => event.number && event.number !== call.number)
    .map(event => event.number));
  return view.calls.filter(each => numbers.has(each.number));
}

function drawBeginning(lesson, yours) {
  return [
    h("p", { class: "sentence" }, lesson.sentence),
    h("p", { class: "more" }, yours
      ? "Step the lesson’s side with its button; your own program does the rest."
      : "Each step is one real call. Press space for the next one, or step the sides yourself: S and C."),
  ];
}

function drawQuestion(step, asked, answer) {
  return [
    h("p", { class: "sentence question", id: "question" },
      h("span", { class: "who" }, "Before you look"), step.question.text),
    h("div", { class: "choices", role: "group", "aria-labelledby": "question" },
      step.question.choices.map((choice, index) =>
        h("button", { type: "button", class: "choice", onclick: () => answer(index + 1) },
          h("kbd", {}, String(index + 1)), choice))),
  ];
}

// The answer 0 was none: the learner only wanted to see.
function drawVerdict(step, answered) {
  if (!step?.question || answered === undefined) return null;
  const { right, choices, because } = step.question;
  const isRight = answered === right;
  return h("p", { class: `verdict ${answered === 0 ? "" : isRight ? "good" : "bad"}` },
    h("b", {}, answered === 0 ? `${choices[right - 1]}. `
      : isRight ? "✓ Right. "
      : `✕ Not “${choices[answered - 1]}” but “${choices[right - 1]}”. `),
    because, isRight || answered === 0 ? null : h("a", { href: "#kernel-title" }, " Look at the bytes."));
}

const sideOf = (lesson, name) => lesson.actors.find(actor => actor.name === name)?.side ?? "";
