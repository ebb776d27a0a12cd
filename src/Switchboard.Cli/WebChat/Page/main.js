// The page: puts the parts together.

import { Chat } from "./chat.js";
import { commands, run } from "./commands.js";
import { Composer } from "./composer.js";
import { Finder } from "./finder.js";
import { fill, older } from "./history.js";
import { readTime, seat } from "./keep.js";
import { Link } from "./link.js";
import { Log } from "./log.js";
import { showMembers } from "./members.js";
import { ask } from "./question.js";
import { Side } from "./side.js";
import { prepareSignIn, showSignIn } from "./sign-in.js";
import { Talk, Talks } from "./talks.js";
import { avatar, clean, element } from "./text.js";

const NEAR_TOP = 200;
const RENEW_WITHIN = 30;
const $ = name => document.querySelector(name);
const talks = new Talks();
const chat = new Chat(new Link(new URL("/irc", location.href.replace(/^http/, "ws"))), talks);
const scroller = $("#scroller");
const logs = new Map();
const nowhere = new Talk("Chat");
const composer = new Composer(chat, send);
const finder = new Finder(chat, goTo);
const side = new Side(talks, $("#talks"), goTo);
let current = nowhere;
let ticking = 0;
let renewing = 0;
let isFollowing = true;

const page = {
  goTo, leave, editTopic, register, whoIs, signOut,
  hint: text => composer.hint(text),
  help: () => $("#help").showModal(),
  showMembers: () => toggleMembers(true),
};

function send(talk, text, isCommand) {
  if (isCommand) {
    run(chat, page, talk, text);
  } else if (/^\/me\s/.test(text)) {
    chat.say(talk, text.replace(/^\/me\s+/, ""), "act");
  } else if (talk === nowhere) {
    composer.hint("Go into a room first: Ctrl K.");
  } else {
    chat.say(talk, text.replace(/^\/\//, "/"));
  }
  logs.get(talk.key)?.toEnd();
}

function goTo(talk) {
  if (talk !== current) {
    logs.get(current.key)?.hide();
    current = talk;
    talk.newAfter = talk.unread > 0 ? readTime.of(talk.key) ?? 0 : Infinity;
    side.current = talk;
    logOf(talk).show();
    composer.show(talk);
    sessionStorage.setItem("current", talk.key);
  }
  $("#app").classList.remove("listing");
  renew();
  markRead();
  if (!matchMedia("(pointer: coarse)").matches) {
    composer.focus();
  }
}

function logOf(talk) {
  if (![...logs.values()].some(each => each.talk === talk)) {
    const log = new Log(talk, scroller, {
      person: nick => goTo(talks.open(nick)),
      fill: (where, mark) => fill(chat, where, mark),
      again(where, message) {
        where.remove(message);
        chat.say(where, message.text, message.kind);
      },
    });
    logs.set(talk.key, log);
    scroller.append(log.element);
  }
  return [...logs.values()].find(each => each.talk === talk);
}

/** Everything around the log, as it is now. */
function renew() {
  const isPlace = current !== nowhere;
  $("#talk-name").textContent = isPlace ? current.name : "No room yet";
  $("#topic").textContent = clean(current.topic) || (current.isRoom ? "Set a topic" : "");
  $("#topic").classList.toggle("none", !current.topic);
  $("#topic").hidden = !current.isRoom;
  $("#member-count").textContent = String(current.members.size);
  $("#show-members").hidden = !current.isRoom;
  $("#leave").hidden = !isPlace;
  $("#leave").textContent = current.isRoom ? "Leave" : "Close";
  $("#leave").setAttribute("aria-label", current.isRoom ? "Leave this room" : "Close this talk");
  $("#members").hidden = !current.isRoom || !$("#app").classList.contains("membering");
  if (!$("#members").hidden) {
    showMembers(current, $("#member-list"), nick => goTo(talks.open(nick)));
  }
  const unread = talks.all.filter(each => each !== current);
  const mine = talks.all.reduce((sum, each) => sum + each.mentions, 0);
  $("#back-count").hidden = !unread.some(each => each.unread > 0);
  $("#back-count").textContent = String(unread.reduce((sum, each) => sum + each.unread, 0));
  const place = isPlace ? `${current.name} · ` : "";
  document.title = `${mine > 0 ? `(${mine}) ` : ""}${place}${chat.network}`;
  side.renew();
}

// Rooms may have thousands of members who come and go: once for all that has happened.
function renewSoon() {
  renewing ||= setTimeout(() => {
    renewing = 0;
    renew();
  }, RENEW_WITHIN);
}

function markRead() {
  const log = logs.get(current.key);
  const isSeen = document.visibilityState === "visible" && document.hasFocus() && log?.isAtEnd;
  if (isSeen && !$("#app").hidden) {
    current.markRead();
  }
  $("#latest").hidden = !log || log.isAtEnd || current.unread === 0;
}

function showPhase() {
  const isOut = chat.phase === "out" || chat.phase === "coming";
  $("#app").hidden = isOut;
  showSignIn(chat, isOut);
  $("#me").textContent = chat.nick;
  $("#me-avatar").replaceWith(Object.assign(avatar(chat.nick || "?"), { id: "me-avatar" }));
  $("#state").dataset.phase = chat.phase;
  $("#banner").hidden = chat.phase !== "waiting";
  $("#network").textContent = chat.network;
  clearInterval(ticking);
  if (chat.phase === "waiting") {
    ticking = setInterval(tellWaiting, 1000);
    tellWaiting();
  } else {
    $("#state-text").textContent = chat.phase === "here" ? "Connected" : "Signed out";
  }
  if (!isOut && current === nowhere) {
    goTo(first());
  }
  renew();
}

function tellWaiting() {
  const seconds = Math.ceil(((chat.again ?? 0) - Date.now()) / 1000);
  $("#state-text").textContent = "Not connected";
  const when = seconds > 0 ? `Trying again in ${seconds} s.` : "Connecting…";
  $("#banner-text").textContent = `${chat.reason || "The connection is lost"}. ${when}`;
}

/** Where one was before, or the first there is. */
function first() {
  const before = talks.find(sessionStorage.getItem("current") ?? "");
  return before ?? talks.all[0] ?? nowhere;
}

function leave(talk) {
  chat.part(talk);
}

async function editTopic(talk) {
  const topic = await ask({
    title: `Topic of ${talk.name}`, text: "What the room is about, in one line.",
    input: { label: "Topic", value: talk.topic }, buttons: [["set", "Set topic"], ["", "Cancel"]],
  });
  if (topic !== null && topic !== talk.topic) {
    chat.send("TOPIC", talk.name, topic);
  }
}

async function register() {
  if (!window.isSecureContext) {
    composer.hint("This page came unencrypted, and a password would be readable on the way.");
    return;
  }
  const password = await ask({
    title: `Keep the nick ${chat.nick}`, text: "Nobody else can use it then, and private messages wait for you.",
    input: { label: "Password", type: "password" }, buttons: [["set", "Register"], ["", "Cancel"]],
  });
  if (password) {
    chat.link.send(`REGISTER * * :${password.replace(/[\r\n]/g, "")}`);
  }
}

async function whoIs(nick) {
  const rows = await chat.ask("WHOIS", nick) ?? [];
  const about = rows.filter(each => each.command !== "318").map(each => each.params.slice(1).join(" "));
  current.add({ kind: "event", time: chat.now, text: about.join(" · ") || `${nick} is not here.` });
}

function signOut() {
  chat.signOut();
  location.reload();
}

function toggleMembers(isShown) {
  $("#app").classList.toggle("membering", isShown);
  $("#show-members").setAttribute("aria-expanded", String(isShown));
  renew();
}

/** The next talk in the list, or the next one with something new. */
function step(by, isUnread) {
  const all = talks.all;
  const from = all.indexOf(current);
  for (let count = 1; count <= all.length; count++) {
    const talk = all[(from + by * count + all.length * 2) % all.length];
    if (!isUnread || talk.unread > 0) {
      goTo(talk);
      return;
    }
  }
}

function press(event) {
  const isFinder = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (document.querySelector("dialog[open]") || $("#app").hidden) {
    return;
  }
  if (isFinder) {
    finder.open();
  } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    step(event.key === "ArrowUp" ? -1 : 1, event.shiftKey);
  } else if (event.target === $("#text") && (event.key === "PageUp" || event.key === "PageDown")) {
    scroller.scrollBy(0, (event.key === "PageUp" ? -0.8 : 0.8) * scroller.clientHeight);
  } else if (event.key === "Escape") {
    logs.get(current.key)?.toEnd();
    composer.focus();
  } else {
    return;
  }
  event.preventDefault();
}

function fillHelp() {
  const keys = [["Enter", "Send"], ["Tab", "Complete a nick"], ["Ctrl K", "Find or join a room, or a person"],
    ["Alt ↑ ↓", "The room before or after"], ["Alt Shift ↑ ↓", "The same, only where something is new"],
    ["Page ↑ ↓", "Scroll while you write"], ["Esc", "To the newest message"]];
  $("#help-list").append(...[...keys, ...Object.values(commands)].flatMap(([what, does]) =>
    [element("dt", "", element("kbd", "", what)), element("dd", "", does)]));
}

talks.addEventListener("opened", ({ detail: talk }) => {
  logOf(talk);
  talk.addEventListener("changed", renewSoon);
  talk.addEventListener("added", markRead);
  if (current === nowhere && chat.phase === "here") {
    goTo(talk);
  }
});
talks.addEventListener("closed", ({ detail: talk }) => {
  const log = [...logs].find(([, each]) => each.talk === talk);
  if (log) {
    logs.delete(log[0]);
    log[1].element.remove();
  }
  if (talk === current) {
    current = nowhere;
    goTo(first());
  }
  renew();
});
chat.addEventListener("phase", showPhase);
chat.addEventListener("network", () => $("#network").textContent = chat.network);
chat.addEventListener("note", ({ detail: { text, talk } }) => {
  const where = talk ?? current;
  if (where === nowhere) {
    composer.hint(text);
  } else {
    where.add({ kind: "note", text, time: chat.now });
  }
});
scroller.addEventListener("scroll", () => {
  isFollowing = logs.get(current.key)?.isAtEnd ?? true;
  markRead();
  if (scroller.scrollTop < NEAR_TOP && !logs.get(current.key)?.isAtEnd) {
    older(chat, current);
  }
});
document.addEventListener("keydown", press);
document.addEventListener("visibilitychange", markRead);
addEventListener("focus", markRead);
addEventListener("pagehide", () => chat.leavePage());
new ResizeObserver(() => {
  if (isFollowing) {
    logs.get(current.key)?.toEnd();
  }
}).observe(scroller);
$("#find").onclick = () => finder.open();
$("#back").onclick = () => $("#app").classList.add("listing");
$("#show-members").onclick = () => toggleMembers(!$("#app").classList.contains("membering"));
$("#hide-members").onclick = () => toggleMembers(false);
$("#topic").onclick = () => editTopic(current);
$("#leave").onclick = () => leave(current);
$("#latest").onclick = () => logs.get(current.key)?.toEnd();
$("#retry").onclick = () => chat.link.retry();
$("#leave-chat").onclick = signOut;
$("#help-button").onclick = page.help;

fillHelp();
composer.show(nowhere);
prepareSignIn(chat);
const kept = seat.read();
if (kept && !kept.hadAccount) {
  [...kept.rooms, ...kept.people].forEach(each => talks.open(each));
  chat.signIn({ ...kept, resumes: true });
} else {
  showSignIn(chat, true, kept);
}
