// What survives a reload, in this tab alone. Passwords are not among it.

function read(name, fallback) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? fallback;
  } catch {
    return fallback;
  }
}

function write(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Full, or forbidden: then it does not survive.
  }
}

/** Who one was, in which rooms and talks, and whether one had signed in to an account. */
export const seat = {
  read: () => read("seat", null),
  write: value => write("seat", value),
  clear: () => sessionStorage.removeItem("seat"),
};

const drafts = new Map(Object.entries(read("drafts", {})));

/** What is typed and not sent, for each talk. */
export const draft = {
  of: name => drafts.get(name) ?? "",
  keep(name, text) {
    if (text) {
      drafts.set(name, text);
    } else {
      drafts.delete(name);
    }
    write("drafts", Object.fromEntries(drafts));
  },
};

const times = new Map(Object.entries(read("read", {})));

/** Up to when each talk was read, in milliseconds. */
export const readTime = {
  of: name => times.get(name),
  keep(name, time) {
    times.set(name, time);
    write("read", Object.fromEntries(times));
  },
};
