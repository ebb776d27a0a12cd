// What begins with a slash.

import { isRoom } from "./irc.js";

/** Each with what it takes and what it does, as the help tells it. */
export const commands = {
  me: ["/me waves", "Say what you do"],
  join: ["/join #room [key]", "Go into a room"],
  part: ["/part", "Leave this room, or close this talk"],
  msg: ["/msg nick text", "Say something in private"],
  query: ["/query nick", "Open a private talk"],
  nick: ["/nick name", "Be called otherwise"],
  topic: ["/topic text", "Set the topic of this room"],
  names: ["/names", "Show who is here"],
  invite: ["/invite nick", "Invite somebody into this room"],
  kick: ["/kick nick [reason]", "Put somebody out of this room"],
  mode: ["/mode +m", "Change the modes of this room"],
  whois: ["/whois nick", "Who is that?"],
  away: ["/away [text]", "Say that you are away; without a text, that you are back"],
  register: ["/register", "Keep your nick: choose a password for it"],
  quit: ["/quit", "Sign out"],
  help: ["/help", "Show keys and commands"],
};

const names = { leave: "part", j: "join", close: "part", m: "msg" };

/** Does what a line with a slash says. `page` does what only the page can. */
export function run(chat, page, talk, line) {
  const [word, ...rest] = line.slice(1).split(" ");
  const name = names[word.toLowerCase()] ?? word.toLowerCase();
  const text = rest.join(" ").trim();
  const [first = "", ...others] = text.split(/ +/);
  const more = others.join(" ");
  const action = actions(chat, page, talk, { text, first, more })[name];
  if (action && Object.hasOwn(commands, name)) {
    action();
  } else {
    page.hint(`There is no /${word}. /help shows what there is; //${word} says it as it is.`);
  }
}

function actions(chat, page, talk, { text, first, more }) {
  const inRoom = action => () => talk.isRoom ? action() : page.hint("That is for rooms.");
  const withName = action => () => first ? action() : page.hint("A name is missing.");
  return {
    me: () => text && chat.say(talk, text, "act"),
    join: withName(() => page.goTo(chat.join(isRoom(first) ? first : `#${first}`, more))),
    part: () => page.leave(talk),
    msg: withName(() => {
      const other = chat.talks.open(first);
      page.goTo(other);
      if (more) {
        chat.say(other, more);
      }
    }),
    query: withName(() => page.goTo(chat.talks.open(first))),
    nick: withName(() => chat.send("NICK", first)),
    topic: inRoom(() => text ? chat.send("TOPIC", talk.name, text) : page.editTopic(talk)),
    names: () => page.showMembers(),
    invite: inRoom(withName(() => chat.send("INVITE", first, talk.name))),
    kick: inRoom(withName(() => chat.send("KICK", talk.name, first, ...(more ? [more] : [])))),
    mode: inRoom(() => chat.link.send(`MODE ${talk.name}${text && ` ${text.replace(/[\r\n]/g, " ")}`}`)),
    whois: withName(() => page.whoIs(first)),
    away: () => text ? chat.send("AWAY", text) : chat.send("AWAY"),
    register: () => page.register(),
    quit: () => page.signOut(),
    help: () => page.help(),
  };
}
