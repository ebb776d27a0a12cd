// What the kernel knows of one connection, each value with what it means.

import { bytes, count, make, microseconds, rate, span } from "./text.js";

const meanings = {
  ESTABLISHED: "connected; bytes may go both ways",
  SYN_SENT: "connecting; the other end has not answered",
  SYN_RECV: "being connected to",
  FIN_WAIT1: "this end has finished; the other has not confirmed it",
  FIN_WAIT2: "this end has finished; the other goes on",
  TIME_WAIT: "both ends have finished; the system remembers the addresses for a minute",
  CLOSE_WAIT: "the other end has finished; the program here has not closed its own",
  LAST_ACK: "both ends have finished; the other has not confirmed it",
  CLOSING: "both ends finished at the same moment",
  BOUND: "neither listening nor connected",
};

const meaningOf = (row) => (row.kind === "udp" && row.state === "ESTABLISHED"
  ? "connected: it hears this peer alone" : meanings[row.state] ?? "");

// What waits is told in bytes by TCP, and as the memory that it takes up by the others.
const queues = {
  tcp: [["Not read by the program", "it has arrived, and the program has not taken it"],
    ["Not confirmed by the peer", "the program has sent it, and the other system has not confirmed it"]],
  udp: [["Not read by the program", "the memory of datagrams that it has not taken"],
    ["Not sent yet", "the memory of datagrams that the network has not taken"]],
  unix: [["Not read by the program", "bytes, or those of the next datagram"],
    ["Not read by the peer", "the memory of what it has not taken"]],
};

export function showKernel(element, row, kernel) {
  const now = Date.now();
  const groups = [
    ["State", [
      [row.state, meaningOf(row), span(now - kernel.since)],
      ["Socket", "inode and user; what a process's descriptor points at", kernel.inode === undefined ? undefined
        : kernel.inode ? `${kernel.inode} · uid ${kernel.user ?? "unknown"}` : "no process has it"],
      ["Carries", "", kernel.type],
      ["Other end", "its inode, and who has it open", kernel.peerInode === undefined ? undefined
        : `${kernel.peerInode} · ${row.peerProcess ?? "unknown"}`],
    ]],
    ["Queues", [
      [...queues[row.kind ?? "tcp"][0], bytes(row.unread)],
      [...queues[row.kind ?? "tcp"][1], bytes(row.waiting)],
      ["Of that, never sent", "the window or the network does not take it", size(kernel.unsent)],
      ["Buffers", "memory for what comes and what goes", kernel.receiveBuffer === undefined ? undefined
        : `${bytes(kernel.receiveBuffer)} · ${bytes(kernel.sendBuffer)}`],
      ["Dropped", "datagrams that found no room, since it was opened", number(kernel.drops)],
    ]],
    ["Round trip", [
      ["Now", "smoothed, and how much it varies", kernel.roundTrip === undefined ? undefined
        : `${microseconds(kernel.roundTrip)} ± ${microseconds(kernel.roundTripVariance)}`],
      ["Shortest", "", time(kernel.leastRoundTrip)],
      ["Sent again after", "a silence as long as this", time(kernel.retransmitTimeout)],
    ]],
    ["Sending", [
      ["Segments under way at most", "the congestion window", number(kernel.window)],
      ["Paced by", "", kernel.congestion],
      ["Confirmed", "bytes that the other system has", size(kernel.confirmedBytes)],
      ["Arrives with", "how fast the last bytes got there",
        kernel.deliveryRate ? rate(kernel.deliveryRate) : undefined],
      ["Sent again", "segments, of all that went out", kernel.segmentsOut === undefined ? undefined
        : `${count(kernel.retransmits)} of ${count(kernel.segmentsOut)}`],
      ["Lost now", "segments believed lost", kernel.lost ? count(kernel.lost) : undefined],
      ["Stopped by the peer", "time in which its window was shut", time(kernel.stoppedByPeer)],
      ["Stopped by the send buffer", "time in which it was too small", time(kernel.stoppedByBuffer)],
      ["Last sent", "", kernel.lastSent === undefined ? undefined : `${span(kernel.lastSent)} ago`],
    ]],
    ["Receiving", [
      ["Arrived", "bytes, read by the program or not", size(kernel.arrivedBytes)],
      ["Segments", "", number(kernel.segmentsIn)],
      ["Last received", "", kernel.lastReceived === undefined ? undefined : `${span(kernel.lastReceived)} ago`],
    ]],
    ["Limits of its server", [
      ["May be silent for", "idle timeout, while the handler waits to receive",
        kernel.idleLimit === undefined ? undefined : span(kernel.idleLimit)],
      ["May take nothing for", "send timeout, while the handler waits to send",
        kernel.sendLimit === undefined ? undefined : span(kernel.sendLimit)],
    ]],
  ];
  element.replaceChildren(...groups.map(group).filter(Boolean));
}

function group([title, entries]) {
  const known = entries.filter(([, , value]) => value !== undefined);
  if (known.length === 0) return null;
  const list = make("dl", "", ...known.flatMap(([name, meaning, value]) =>
    [make("dt", "", name, meaning ? make("small", "", meaning) : null), make("dd", "", value)]));
  return make("section", "", make("h3", "", title), list);
}

const time = (value) => (value === undefined ? undefined : microseconds(value));
const size = (value) => (value === undefined ? undefined : bytes(value));
const number = (value) => (value === undefined ? undefined : count(value));
