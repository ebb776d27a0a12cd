// Who is in the room.

import { avatar, element, renew } from "./text.js";

// A room may hold ten thousand; nobody reads a list that long.
const MAX_SHOWN = 300;

const rank = member => member.marks.includes("@") ? 0 : member.marks.includes("+") ? 1 : 2;
const titles = ["operator", "has voice", ""];

export function sorted(talk) {
  return [...talk.members.values()].sort((one, other) => rank(one) - rank(other)
    || one.nick.localeCompare(other.nick, undefined, { sensitivity: "base" }));
}

export function showMembers(talk, list, pressed) {
  const all = sorted(talk);
  const rows = all.slice(0, MAX_SHOWN).map(member => {
    const button = element("button", "entry", avatar(member.nick), element("span", "label", member.nick));
    button.type = "button";
    button.dataset.key = member.nick;
    button.title = `Talk with ${member.nick}`;
    button.classList.toggle("away", member.away);
    const marks = [titles[rank(member)], member.away ? "away" : ""].filter(each => each).join(", ");
    if (marks) {
      button.append(element("span", "marks", marks));
    }
    button.onclick = () => pressed(member.nick);
    return element("li", "", button);
  });
  if (all.length > MAX_SHOWN) {
    rows.push(element("li", "muted", `and ${all.length - MAX_SHOWN} more`));
  }
  renew(list, ...rows);
}
