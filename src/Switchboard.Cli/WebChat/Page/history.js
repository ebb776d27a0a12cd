// What was said before: on entering, after a loss of the connection, and when somebody scrolls up.

import { said } from "./events.js";

const FIRST_PAGE = 100;
const OLDER_PAGE = 100;
const MAX_PAGES = 5;

function read(chat, talk, messages) {
  return (messages ?? [])
    .filter(each => each.command === "PRIVMSG" || each.command === "NOTICE")
    .map(each => said(chat, talk, each));
}

async function ask(chat, talk, direction, place, limit) {
  const most = Number(chat.supports.get("CHATHISTORY")) || limit;
  const page = await chat.ask("CHATHISTORY", direction, talk.name, place, Math.min(limit, most));
  return page && { messages: read(chat, talk, page), isFull: page.length >= Math.min(limit, most) };
}

/** Fetches what was said last, and what was missed; shows a gap where that is not to be had. */
export async function catchUp(chat, talk) {
  if (!chat.capabilities.has("draft/chathistory") || talk.isLoading) {
    return;
  }
  const last = talk.newest;
  talk.isLoading = true;
  let page = await ask(chat, talk, "LATEST", "*", FIRST_PAGE);
  const fetched = page?.messages ?? [];
  const meets = () => !last || fetched.some(each => each.id === last.id);
  for (let pages = 1; page?.isFull && !meets() && pages < MAX_PAGES; pages++) {
    page = await ask(chat, talk, "BEFORE", `msgid=${fetched[0].id}`, FIRST_PAGE);
    fetched.unshift(...(page?.messages ?? []));
  }
  talk.isLoading = false;
  if (page === null) {
    if (last && talk.isRoom && chat.phase === "here") {
      gap(talk, last, fetched, false);
    }
    return;
  }
  settleLost(talk, fetched);
  const fresh = talk.merge(fetched);
  if (!meets()) {
    gap(talk, last, fetched, page.isFull);
  } else if (!last && !page.isFull) {
    talk.isAtBeginning = true;
  }
  fresh.forEach(each => talk.count(each));
  talk.change();
}

/** Fetches what was said before the oldest message that is there. */
export async function older(chat, talk) {
  if (talk.isLoading || talk.isAtBeginning || !talk.oldest || !chat.capabilities.has("draft/chathistory")) {
    return;
  }
  talk.isLoading = true;
  talk.change();
  const page = await ask(chat, talk, "BEFORE", `msgid=${talk.oldest.id}`, OLDER_PAGE);
  talk.isLoading = false;
  talk.isAtBeginning = page !== null && !page.isFull;
  talk.merge(page?.messages ?? []);
  talk.change();
}

/** Closes a gap, as far as one page goes. */
export async function fill(chat, talk, mark) {
  const page = await ask(chat, talk, "BEFORE", `msgid=${mark.before}`, OLDER_PAGE);
  if (page === null) {
    chat.note("That cannot be fetched now.");
    return;
  }
  const meets = page.messages.some(each => talk.knows(each.id)) || !page.isFull;
  talk.remove(mark);
  talk.merge(page.messages);
  if (!meets) {
    gap(talk, { time: mark.from }, page.messages, true);
  }
}

/** Private talks of an account: those that are open, and those where somebody has written meanwhile. */
export async function catchUpPeople(chat) {
  if (!chat.account) {
    return;
  }
  const since = new Date(chat.now - 7 * 24 * 3600 * 1000).toISOString();
  const until = new Date(chat.now + 60_000).toISOString();
  const lines = await chat.ask("CHATHISTORY", "TARGETS", `timestamp=${since}`, `timestamp=${until}`, 30);
  const names = (lines ?? []).filter(each => each.params[0] === "TARGETS").map(each => each.params[1]);
  for (const name of names.filter(each => !each.startsWith("#"))) {
    chat.talks.open(name);
  }
  for (const talk of chat.talks.all.filter(each => !each.isRoom)) {
    await catchUp(chat, talk);
  }
}

// What was thought lost may have arrived all the same.
function settleLost(talk, fetched) {
  for (const lost of talk.messages.filter(each => each.failed)) {
    if (fetched.some(each => each.own && each.text === lost.text && each.time > lost.time - 60_000)) {
      talk.remove(lost);
    }
  }
}

function gap(talk, last, fetched, canFill) {
  const next = fetched[0];
  const mark = { kind: "gap", from: last.time, time: next ? next.time - 0.5 : last.time + 0.5, canFill };
  mark.before = next?.id;
  mark.until = next?.time;
  mark.canFill = canFill && next !== undefined;
  talk.merge([mark]);
}
