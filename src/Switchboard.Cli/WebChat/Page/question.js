// Asks one thing before something is done.

import { element } from "./text.js";

const dialog = document.querySelector("#question");
const answer = document.querySelector("#answer");

let last = Promise.resolve();

/**
 * Gives the value of the button that was pressed, or of the answer that was typed; null if it was closed. A question
 * waits for the one before: the browser tells of a closed dialog later, when it may be open for the next already.
 */
export function ask(question) {
  last = last.then(() => show(question));
  return last;
}

function show({ title, text, buttons, input }) {
  document.querySelector("#question-title").textContent = title;
  document.querySelector("#question-text").textContent = text;
  document.querySelector("#answer-label").textContent = input?.label ?? "";
  answer.hidden = !input;
  answer.type = input?.type ?? "text";
  answer.value = input?.value ?? "";
  document.querySelector("#question-buttons").replaceChildren(...buttons.map(([value, label], place) => {
    const button = element("button", place === 0 ? "primary" : "", label);
    button.value = value;
    button.formNoValidate = value === "";
    return button;
  }));
  dialog.returnValue = "";
  dialog.showModal();
  (input ? answer : document.querySelector("#question-buttons button")).focus();
  return new Promise(resolve => dialog.addEventListener("close", () => {
    const value = dialog.returnValue;
    resolve(value === "" ? null : input ? answer.value : value);
    answer.value = "";
  }, { once: true }));
}
