// The list of all lessons, and which of them this browser has seen to their end.

import { byId, h } from "./dom.js";

const Finished = "switchboard-lab-finished";

const finished = () => new Set(JSON.parse(localStorage.getItem(Finished) ?? "[]"));

export function noteFinished(name) {
  const all = finished();
  if (!all.has(name)) localStorage.setItem(Finished, JSON.stringify([...all.add(name)]));
}

/** @param begin is called with the name of the lesson that was chosen */
export function drawLessons(lessons, current, begin) {
  const done = finished();
  byId("lesson-list").replaceChildren(...lessons.map((lesson, index) => h("li", {},
    h("button", {
      type: "button", class: "lesson", "aria-current": lesson.name === current ? "true" : null,
      onclick: () => {
        byId("lessons").close();
        begin(lesson.name);
      },
    },
      h("span", { class: "lesson-number" }, done.has(lesson.name) ? "✓" : String(index + 1)),
      h("span", {}, h("b", {}, lesson.title), h("small", {}, lesson.sentence),
        done.has(lesson.name) ? h("span", { class: "unseen" }, " (finished)") : null)))));
}
