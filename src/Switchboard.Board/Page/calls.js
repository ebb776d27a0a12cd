// The calls that a program makes on a connection: each with what it asked for, what it got, and how long it waited.

import { byId, clock, count, make } from "./text.js";

const svg = "http://www.w3.org/2000/svg";
const mostCalls = 300;
const window = 30_000;
const width = 600;
const lanes = { send: 26, receive: 52 };

export class Calls {
  #calls = [];
  #open = { send: null, receive: null };
  #list = byId("calls");

  clear() {
    this.#calls = [];
    this.#open = { send: null, receive: null };
    this.#list.replaceChildren();
    byId("timeline").replaceChildren();
  }

  explain(reason) {
    byId("no-calls").textContent = reason;
    byId("no-calls").hidden = this.#calls.length > 0;
  }

  take(event) {
    const time = Date.parse(event.time);
    switch (event.event) {
      case "receiving":
        this.#begin("receive",
          event.bytes ? `receive(up to ${count(event.bytes)})` : "wait until there is something", time);
        break;
      case "received":
        this.#end("receive", `= ${count(event.bytes)}`, time, "receive");
        break;
      case "peer-finished":
        this.#end("receive", "= 0: the peer has finished", time, "receive");
        break;
      case "sending":
        this.#begin("send", `send(${count(event.bytes)})`, time, event.bytes);
        break;
      case "sent":
        this.#sent(event.bytes, time);
        break;
      case "finished":
        this.#add({ way: "send", call: "finish sending", from: time, to: time, result: "" });
        break;
      case "ended":
        for (const way of ["send", "receive"]) this.#end(way, "ended", time);
        this.#add({ way: "send", call: "close", from: time, to: time, result: event.reason });
        break;
    }
  }

  draw() {
    this.#drawTimeline();
    const now = Date.now();
    for (const call of this.#calls) {
      if (call.to === null) call.element.lastChild.textContent = `waits, ${seconds(now - call.from)}`;
    }
  }

  #begin(way, call, from, left = 0) {
    this.#end(way, "", from);
    this.#open[way] = this.#add({ way, call, from, to: null, result: "", left });
  }

  #sent(bytes, time) {
    const call = this.#open.send;
    if (!call) return;
    call.left -= bytes;
    if (call.left > 0) call.result = `${count(bytes)} taken, ${count(call.left)} left`;
    else this.#end("send", "= all", time);
  }

  // One that began before anybody looked is known by its end alone.
  #end(way, result, time, unknown) {
    let call = this.#open[way];
    if (!call && unknown) call = this.#add({ way, call: unknown, from: time, to: time, result });
    if (!call) return;
    call.to = time;
    call.result = result;
    this.#open[way] = null;
    this.#fill(call);
  }

  #add(call) {
    call.element = make("li", "call", make("span", "when"), make("span"), make("span", "waited"));
    this.#calls.push(call);
    this.#list.prepend(call.element);
    if (this.#calls.length > mostCalls) this.#calls.shift().element.remove();
    byId("no-calls").hidden = true;
    this.#fill(call);
    return call;
  }

  #fill(call) {
    const [when, what, waited] = call.element.children;
    when.textContent = clock(call.from);
    what.replaceChildren(make("code", "", call.call), ` ${call.result}`);
    call.element.classList.toggle("open", call.to === null);
    waited.textContent = call.to === null ? "waits"
      : call.to - call.from > 0 ? `waited ${seconds(call.to - call.from)}` : "at once";
  }

  #drawTimeline() {
    const now = Date.now();
    const from = now - window;
    const place = (time) => Math.max(0, ((time - from) / window) * width);
    const picture = node("svg", { viewBox: `0 0 ${width} 92`, role: "img", preserveAspectRatio: "none",
      "aria-label": `${this.#calls.length} calls; those of the last 30 seconds are drawn` });
    for (const [way, y] of Object.entries(lanes)) {
      picture.append(node("line", { class: "axis", x1: 0, x2: width, y1: y + 8, y2: y + 8 }));
      for (const call of this.#calls.filter((one) => one.way === way && (one.to ?? now) > from)) {
        const [start, end] = [place(call.from), place(call.to ?? now)];
        picture.append(
          node("rect", { class: `${way} wait`, x: start, y, width: Math.max(1, end - start), height: 16 }));
        if (call.to !== null) picture.append(node("rect", { class: way, x: end - 1, y, width: 3, height: 16 }));
      }
    }
    byId("timeline").replaceChildren(
      make("p", "legend", make("span", "out", "▶ send, above"), make("span", "in", "◀ receive, below"),
        make("span", "", "pale: the call waits · the last 30 s")), picture);
  }
}

function node(name, attributes) {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const seconds = (milliseconds) =>
  (milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`);
