// The form that asks for a nick.

import { isRoom } from "./irc.js";

const $ = name => document.querySelector(name);
let rooms = [];

export function prepareSignIn(chat) {
  // Elsewhere than on this machine, what is sent over http can be read on the way.
  $("#clear-warning").hidden = window.isSecureContext;
  $("#password").disabled = !window.isSecureContext;
  const room = decodeURIComponent(location.hash);
  if (isRoom(room) && room.length > 1) {
    $("#first-room").value = room;
  }
  $("#sign-in-form").addEventListener("submit", event => {
    event.preventDefault();
    $("#sign-in-problem").textContent = "";
    const first = $("#first-room").value.trim();
    const named = first && !isRoom(first) ? `#${first}` : first;
    chat.signIn({
      nick: $("#nick").value.trim(),
      password: $("#password").value,
      rooms: [...new Set([...rooms, named])].filter(each => each),
    });
  });
  chat.addEventListener("refused", event => {
    $("#sign-in-problem").textContent = event.detail;
    $("#password").value = "";
    $("#nick").focus();
  });
}

/** Shows the form, or hides it; with who was here before, if that is known. */
export function showSignIn(chat, isShown, kept = null) {
  const wasHidden = $("#sign-in").hidden;
  $("#sign-in").hidden = !isShown;
  $("#sign-in-button").disabled = chat.phase === "coming";
  $("#sign-in-button").textContent = chat.phase === "coming" ? "Coming in…" : "Come in";
  if (kept) {
    $("#nick").value = kept.nick;
    rooms = kept.rooms;
    $("#first-room").value = "";
    $("#sign-in-problem").textContent = `Type the password of ${kept.nick} again: it is never kept.`;
  }
  if (isShown && wasHidden) {
    $(kept ? "#password" : "#nick").focus();
  }
  if (!isShown) {
    $("#password").value = "";
  }
}
