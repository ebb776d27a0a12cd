// Showing something else with the elements that are there: what is removed takes the focus with it, and a press that
// has begun on it becomes no click.

/** Makes an element show these children. */
export function renew(place, ...children) {
  const before = [...place.childNodes];
  const after = children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false)
    .map((each) => (each instanceof Node ? each : document.createTextNode(each)));
  after.forEach((made, index) => {
    const there = before[index];
    if (!there) place.append(made);
    else if (there.nodeName !== made.nodeName) there.replaceWith(made);
    else if (made.nodeType !== Node.TEXT_NODE) become(there, made);
    else if (there.data !== made.data) there.data = made.data;
  });
  for (const rest of before.slice(after.length)) rest.remove();
}

function become(element, made) {
  for (const { name } of [...element.attributes]) if (!made.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of made.attributes) {
    // The page's own policy forbids styles in markup, and an attribute that is set counts as that.
    if (name !== "style" && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  if (element.style.cssText !== made.style.cssText) element.style.cssText = made.style.cssText;
  element.onclick = made.onclick;
  renew(element, ...made.childNodes);
}
