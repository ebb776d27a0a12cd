// Text of strangers, shown. It never becomes markup: only text nodes are made of it, and links.

const LINK = /\bhttps?:\/\/[^\s<>"\u0000-\u001f\u007f]+/gi;
const TRAILING = /[.,;:!?'’”»)\]}]+$/;

// Colours and the like of old clients, and marks that turn the direction of what follows.
// eslint-disable-next-line no-control-regex
const STYLING = /\u0003(?:\d{1,2}(?:,\d{1,2})?)?|\u0004(?:[0-9a-f]{6})?|[\u0000-\u001f\u007f]|[\u202a-\u202e\u2066-\u2069]/gi;

export function clean(text) {
  return text.replace(STYLING, "");
}

/** Nodes that show a text, with its links made into links. */
export function show(text) {
  const plain = clean(text);
  const nodes = [];
  let from = 0;
  for (const match of plain.matchAll(LINK)) {
    const address = trim(match[0]);
    const url = URL.parse ? URL.parse(address) : tryUrl(address);
    if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
      continue;
    }
    nodes.push(plain.slice(from, match.index), link(url, address));
    from = match.index + address.length;
  }
  nodes.push(plain.slice(from));
  return nodes.filter(each => each !== "");
}

function link(url, address) {
  const anchor = document.createElement("a");
  anchor.href = url.href;
  anchor.textContent = address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer nofollow";
  return anchor;
}

// The full stop of a sentence is no part of the address, and neither is a bracket around it.
function trim(address) {
  const short = address.replace(TRAILING, "");
  const opened = (short.match(/\(/g) ?? []).length > (short.match(/\)/g) ?? []).length;
  return opened && address[short.length] === ")" ? short + ")" : short;
}

function tryUrl(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** A name's colour: always the same, one of eight. */
export function hue(name) {
  let sum = 7;
  for (const letter of name.toLowerCase()) {
    sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  }
  return `hue-${sum % 8}`;
}

/** An element with a class and what is in it. */
export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...content);
  return made;
}

/** The circle with a name's first letter. */
export function avatar(nick) {
  const made = element("span", `avatar ${hue(nick)}`, ([...nick.replace(/^[#_]+/, "")][0] ?? "#").toUpperCase());
  made.setAttribute("aria-hidden", "true");
  return made;
}

/**
 * Makes an element show these children with those that it has: what is removed takes the focus with it, and a press
 * that has begun on it becomes no click. What has another key is another thing, and no press is meant for that.
 */
export function renew(place, ...children) {
  const before = [...place.childNodes];
  children.forEach((made, index) => {
    const there = before[index];
    if (!there) {
      place.append(made);
    } else if (there.nodeName !== made.nodeName || there.dataset?.key !== made.dataset?.key) {
      there.replaceWith(made);
    } else if (made.nodeType !== Node.TEXT_NODE) {
      become(there, made);
    } else if (there.data !== made.data) {
      there.data = made.data;
    }
  });
  before.slice(children.length).forEach(each => each.remove());
}

function become(there, made) {
  [...there.attributes].filter(each => !made.hasAttribute(each.name)).forEach(each => there.removeAttribute(each.name));
  [...made.attributes].filter(each => there.getAttribute(each.name) !== each.value)
    .forEach(each => there.setAttribute(each.name, each.value));
  there.onclick = made.onclick;
  renew(there, ...made.childNodes);
}
