// What others do, and what the server answers: one entry for each command.

import { fold, isRoom } from "./irc.js";
import { fail } from "./sent.js";

const QUIET = new Set(["002", "003", "004", "250", "251", "252", "253", "254", "255", "265", "266", "333", "329", "372",
  "375", "901", "902", "903", "907", "NOTE", "PONG", "ACK", "ACCOUNT", "SETNAME", "TAGMSG", "CHATHISTORY", "REGISTER"]);

// Of those who come and go together, so many are named.
const MAX_NAMES = 5;

/** A message of the protocol as one of a talk. */
export function said(chat, talk, { command, params, nick, tags, time }) {
  const text = params[1] ?? "";
  const action = /^\u0001ACTION (.*?)\u0001?$/s.exec(text);
  const own = chat.isMe(nick);
  return {
    kind: action ? "act" : command === "NOTICE" ? "notice" : "say",
    nick, time, own,
    text: action ? action[1] : text,
    id: tags.get("msgid"),
    account: tags.get("account") ?? "",
    mention: !own && mentions(text, chat.nick),
  };
}

/** Whether a text names somebody, as a whole word. */
function mentions(text, nick) {
  const word = "[A-Za-z0-9\\[\\]\\\\`_^{|}-]";
  const escaped = nick.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<!${word})${escaped}(?!${word})`, "i").test(text);
}

export function follow(chat, message) {
  const handle = handlers[message.command];
  if (handle) {
    handle(chat, message);
  } else if (!QUIET.has(message.command)) {
    // Whatever the server answers is shown, where it belongs if that can be told.
    const words = message.params.slice(1);
    chat.note(words.join(" "), message.params.map(each => chat.talks.find(each)).find(each => each) ?? null);
  }
}

function event(talk, { time }, text) {
  talk?.add({ kind: "event", text, time });
}

/** Somebody comes or goes; who does the same right behind is told of in the same line. */
function pass(talk, { time, nick }, what) {
  const last = talk.messages.at(-1);
  const names = last?.what === what ? [...last.names, nick] : [nick];
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  const text = `${names.slice(0, MAX_NAMES).join(", ")}${more} ${what}`;
  if (last?.what === what) {
    Object.assign(last, { names, text });
    talk.renew(last);
  } else {
    talk.add({ kind: "event", text, time, what, names });
  }
}

function hear(chat, message) {
  const [target] = message.params;
  const label = message.tags.get("label");
  const sent = label && chat.sent.take(label);
  if (sent) {
    arrived(sent, message);
    return;
  }
  if (!message.source.includes("!") && !isRoom(target)) {
    chat.note(message.params[1]);
    return;
  }
  const talk = chat.talks.open(isRoom(target) || chat.isMe(message.nick) ? target : message.nick);
  const what = said(chat, talk, message);
  if ((what.id && talk.knows(what.id)) || what.text.startsWith("\u0001")) {
    return;
  }
  const like = what.own && chat.sent.takeLike(talk, what.text);
  if (like) {
    arrived(like, message);
    return;
  }
  const isNew = talk.messages.length === 0 && !talk.isRoom;
  talk.add(what);
  talk.count(what, 0);
  if (isNew) {
    chat.keepSeat();
  }
}

/** The server has given back what was said, with its place. */
function arrived({ talk, message }, { tags, time }) {
  message.id = tags.get("msgid");
  message.time = time;
  delete message.label;
  if (talk.messages.at(-1) === message) {
    talk.renew(message);
  } else {
    talk.messages = talk.messages.filter(each => each !== message);
    talk.merge([message]);
  }
}

function leave(chat, talk, nick) {
  talk.members.delete(fold(nick));
  talk.change();
}

const handlers = {
  PRIVMSG: hear,
  NOTICE: hear,

  JOIN(chat, message) {
    const talk = chat.talks.open(message.params[0]);
    talk.members.set(fold(message.nick), { nick: message.nick, marks: "", away: false });
    if (chat.isMe(message.nick)) {
      chat.entered(talk);
    } else {
      pass(talk, message, "came in");
      talk.change();
    }
  },

  PART(chat, message) {
    const talk = chat.talks.find(message.params[0]);
    if (talk && chat.isMe(message.nick)) {
      chat.forget(talk);
    } else if (talk) {
      leave(chat, talk, message.nick);
      pass(talk, message, `left${because(message.params[1])}`);
    }
  },

  KICK(chat, message) {
    const [room, nick, reason] = message.params;
    const talk = chat.talks.find(room);
    if (talk && chat.isMe(nick)) {
      chat.forget(talk);
      chat.note(`${message.nick} has put you out of ${room}${because(reason)}`);
    } else if (talk) {
      leave(chat, talk, nick);
      event(talk, message, `${message.nick} put ${nick} out${because(reason)}`);
    }
  },

  QUIT(chat, message) {
    for (const talk of chat.talks.all) {
      if (talk.members.has(fold(message.nick)) || talk.key === fold(message.nick)) {
        leave(chat, talk, message.nick);
        pass(talk, message, `left the chat${because(message.params[0])}`);
      }
    }
  },

  NICK(chat, message) {
    const [nick] = message.params;
    for (const talk of chat.talks.all) {
      const member = talk.members.get(fold(message.nick));
      if (member) {
        talk.members.delete(fold(message.nick));
        talk.members.set(fold(nick), { ...member, nick });
        event(talk, message, `${message.nick} is now ${nick}`);
        talk.change();
      } else if (talk.key === fold(message.nick)) {
        chat.talks.rename(talk, nick);
        event(talk, message, `${message.nick} is now ${nick}`);
      }
    }
    if (chat.isMe(message.nick)) {
      chat.renamed(nick);
    }
  },

  TOPIC(chat, message) {
    const talk = chat.talks.find(message.params[0]);
    if (talk) {
      talk.topic = message.params[1] ?? "";
      event(talk, message, talk.topic ? `${message.nick} set the topic: ${talk.topic}`
        : `${message.nick} took the topic away`);
      talk.change();
    }
  },

  MODE(chat, message) {
    const talk = chat.talks.find(message.params[0]);
    if (talk) {
      event(talk, message, `${message.nick} set ${message.params.slice(1).join(" ")}`);
      chat.send("NAMES", talk.name);
    }
  },

  AWAY(chat, message) {
    for (const talk of chat.talks.all) {
      const member = talk.members.get(fold(message.nick));
      if (member) {
        member.away = message.params.length > 0;
        talk.change();
      }
    }
  },

  INVITE(chat, message) {
    const [nick, room] = message.params;
    chat.note(chat.isMe(nick) ? `${message.nick} invites you to ${room}. /join ${room} goes there.`
      : `${message.nick} invited ${nick} to ${room}`, chat.isMe(nick) ? null : chat.talks.find(room));
  },

  301(chat, message) {
    const talk = chat.talks.find(message.params[1]);
    const text = message.params[2] ?? "";
    event(talk, message, text.startsWith("is not here") ? `${message.params[1]} ${text}`
      : `${message.params[1]} is away: ${text}`);
  },

  331(chat, message) {
    setTopic(chat, message.params[1], "");
  },

  332(chat, message) {
    setTopic(chat, message.params[1], message.params[2] ?? "");
  },

  353(chat, message) {
    const talk = chat.talks.find(message.params[2]);
    if (talk) {
      talk.names ??= new Map();
      for (const word of message.params[3].split(" ").filter(each => each)) {
        const marks = /^[@+]*/.exec(word)[0];
        const nick = word.slice(marks.length);
        talk.names.set(fold(nick), { nick, marks, away: talk.members.get(fold(nick))?.away ?? false });
      }
    }
  },

  366(chat, message) {
    const talk = chat.talks.find(message.params[1]);
    if (talk?.names) {
      talk.members = talk.names;
      talk.names = null;
      talk.change();
    }
  },

  401(chat, message) {
    const sent = chat.sent.take(message.tags.get("label"));
    if (sent) {
      fail(sent, `${message.params[1]} is not here.`);
    } else {
      chat.note(`${message.params[1]} is not here.`);
    }
  },

  404(chat, message) {
    const sent = chat.sent.take(message.tags.get("label"));
    if (sent) {
      fail(sent, "This room does not let you talk.");
    }
  },
};

for (const [number, reason] of [["403", "is no name of a room"], ["405", "would be one room too many"], ["471", "is full"], ["473", "needs an invitation"], ["474", "does not let you in"],
  ["475", "needs a key: /join ROOM KEY"]]) {
  handlers[number] = (chat, message) => {
    const talk = chat.talks.find(message.params[1]);
    if (talk && !talk.isIn) {
      chat.forget(talk);
    }
    chat.note(`${message.params[1]} ${reason}.`);
  };
}

function setTopic(chat, room, topic) {
  const talk = chat.talks.find(room);
  if (talk) {
    talk.topic = topic;
    talk.change();
  }
}

function because(reason) {
  return reason ? ` (${reason})` : "";
}
