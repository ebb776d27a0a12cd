// What scripts add to pages that work without them: a form is sent once, sums are read back while they are typed,
// charts can be asked for a day, and nobody is signed out without a word.

const { decimal, group, idleSeconds } = document.body.dataset;

sendOnce();
readSums();
for (const chart of document.querySelectorAll("[data-chart]")) followPointer(chart);
if (idleSeconds) warnBeforeEnd(Number(idleSeconds));
document.querySelector("#problems")?.focus();

/** A second press while a form is on its way is swallowed; the server would take it for the same one anyway. */
function sendOnce() {
  document.addEventListener("submit", event => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (button) {
      button.setAttribute("aria-disabled", "true");
      if (button.dataset.busy) {
        button.dataset.idle = button.textContent;
        button.textContent = button.dataset.busy;
      }
    }
  });
  // Whoever comes back finds the form as it was.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) {
        button.removeAttribute("aria-disabled");
        if (button.dataset.idle) button.textContent = button.dataset.idle;
      }
    }
  });
}

/** Marks a sum as wrong while it can still be corrected, by the same rule as the server. */
function readSums() {
  const escaped = [decimal, group].map(mark => mark.replace(/[.]/, "\\."));
  const sum = new RegExp(`^(\\d+|\\d{1,3}([${escaped[1]}\\s\\u00a0\\u202f]\\d{2,3})+)(${escaped[0]}\\d{1,2})?$`);
  for (const field of document.querySelectorAll("input.amount")) {
    field.addEventListener("change", () => {
      const text = field.value.trim();
      field.setAttribute("aria-invalid", String(text !== "" && !sum.test(text)));
    });
  }
}

/** Says the balance of the day under the pointer, or of the one that the arrow keys chose. */
function followPointer(chart) {
  const reading = chart.querySelector("[data-reading]");
  const summary = reading.textContent;
  const rows = [...chart.querySelectorAll("tr[data-at]")].reverse();
  if (rows.length === 0) return;

  const show = row => {
    const [day, balance] = [...row.cells].map(cell => cell.textContent.trim());
    reading.textContent = `${day}: ${balance}`;
    for (const mark of chart.querySelectorAll("[data-mark]")) {
      const { left, width, plot } = mark.dataset;
      const x = Number(left) + Number(row.dataset.at) * Number(width);
      const [line, spot] = mark.children;
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
      spot.setAttribute("cx", x);
      spot.setAttribute("cy", Number(line.getAttribute("y1")) + (1 - Number(row.dataset.height)) * Number(plot));
      mark.removeAttribute("hidden");
    }
  };
  const hide = () => {
    reading.textContent = summary;
    for (const mark of chart.querySelectorAll("[data-mark]")) mark.setAttribute("hidden", "");
  };

  let chosen = rows.length - 1;
  for (const svg of chart.querySelectorAll("svg")) {
    const mark = svg.querySelector("[data-mark]");
    svg.addEventListener("pointermove", event => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const share = (at.x - Number(mark.dataset.left)) / Number(mark.dataset.width);
      chosen = Math.max(rows.findLastIndex(row => Number(row.dataset.at) <= share), 0);
      show(rows[chosen]);
    });
    svg.addEventListener("pointerleave", hide);
    svg.setAttribute("tabindex", "0");
    svg.addEventListener("focus", () => reading.setAttribute("aria-live", "polite"));
    svg.addEventListener("blur", () => {
      reading.setAttribute("aria-live", "off");
      hide();
    });
    svg.addEventListener("keydown", event => {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -rows.length, End: rows.length }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      chosen = Math.min(Math.max(chosen + step, 0), rows.length - 1);
      show(rows[chosen]);
    });
  }
}

/** Asks before the sign-in ends by itself, with time enough to say that one is still there. */
function warnBeforeEnd(seconds) {
  const notice = Math.min(60, seconds / 3) * 1000;
  const dialog = document.querySelector("#idle");
  let timer;
  const wait = () => {
    timer = setTimeout(() => {
      dialog.showModal();
      timer = setTimeout(leave, notice);
    }, seconds * 1000 - notice);
  };
  // Whoever comes by later shall read nothing here. What was typed is kept: posting it leads to the sign-in and back.
  const leave = () => {
    if (!hasTyped()) location.assign("/sign-in?why=ended&next=" + encodeURIComponent(location.pathname));
  };
  dialog.addEventListener("close", async () => {
    clearTimeout(timer);
    const answer = await fetch("/here").catch(() => null);
    if (answer?.ok && !answer.redirected) wait();
    else leave();
  });
  wait();
}

function hasTyped() {
  return [...document.querySelectorAll("main form[method=post] input:not([type=hidden])")]
    .some(field => field.value !== field.defaultValue);
}
