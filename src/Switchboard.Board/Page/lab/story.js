// The band in which the page says what has happened, asks what will, and tells what it means.

import { h } from "./dom.js";
import { drawResult } from "./panes.js";

/** Draws the question, or the last call and what it means. */
export function drawStory({ lesson, view, live, asked, answers, answer, over, started, yours }) {
  if (asked && live) return drawQuestion(lesson.steps[asked.step], asked, answer);
  if (!view.told || !started) return drawBeginning(lesson, yours);
  const call = view.calls.find(each => each.number === view.told.number);
  const step = call.step === undefined ? lesson.breaks[call.break] : lesson.steps[call.step];
  return [
    h("div", { class: "what" },
      h("span", { class: `who ${sideOf(lesson, call.actor)}` }, call.actor),
      drawResult(view.told)),
    drawVerdict(step, answers.get(call.step)),
    h("p", { class: "sentence" }, step?.says && view.told.event === "call-returned" ? step.says : view.told.sentence),
    step?.says && step.says !== view.told.sentence
      ? h("p", { class: "more" }, view.told.event === "call-returned" ? view.told.sentence : step.says) : null,
    over ? h("p", { class: "over" }, h("b", {}, "To remember: "), lesson.sentence) : null,
  ].filter(part => part !== null);
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
    h("div", { class: "choices", role: "group", "aria-labelledby": "question" }, step.question.choices.map((choice, index) =>
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
    h("b", {}, answered === 0 ? `${choices[right - 1]}. ` : isRight ? "✓ Right. " : `✕ Not “${choices[answered - 1]}” but “${choices[right - 1]}”. `),
    because, isRight || answered === 0 ? null : h("a", { href: "#kernel-title" }, " Look at the bytes."));
}

const sideOf = (lesson, name) => lesson.actors.find(actor => actor.name === name)?.side ?? "";
