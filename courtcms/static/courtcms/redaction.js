// The redaction desk: keys press the buttons that stand on the page, so everything here can be done without script too.
const FIELD = "input:not([type=checkbox]), textarea, select";

const desk = () => document.getElementById("desk");

function open(hit) {
  const url = `${desk().dataset.url}?hit=${hit}&show=${desk().dataset.show}`;
  window.htmx.ajax("GET", url, { target: "#desk", swap: "outerHTML" }).then(reveal);
}

function reveal() {
  document.querySelector("#now")?.scrollIntoView({ block: "center" });
}

function step(way) {
  const { order, now } = desk().dataset;
  const shown = new Set([...document.querySelectorAll("#pairs [data-hit]")].map((mark) => mark.dataset.hit));
  const hits = order.split(" ").filter((hit) => shown.has(hit) || hit === now);
  const next = hits[hits.indexOf(now) + way];
  if (next) open(next);
}

function press(selector) {
  document.querySelector(selector)?.click();
}

function focusOn(selector) {
  const field = document.querySelector(selector);
  field?.focus();
  field?.select?.();
}

function selected() {
  const text = String(window.getSelection() ?? "").trim();
  const side = window.getSelection()?.anchorNode?.parentElement?.closest?.("[data-side=left]");
  return side ? text : "";
}

function mark() {
  const field = document.getElementById("mark-text");
  if (!field) return;
  const text = selected();
  if (text) field.value = text;
  focusOn(text ? "#mark-as" : "#mark-text");
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  1: () => press("#decide [data-key='1']"),
  2: () => press("#decide [data-key='2']"),
  Enter: () => press("#decide .btn-main"),
  x: () => press("#decide [data-key='2']"),
  e: () => focusOn("#replacement"),
  a: () => press("#everywhere"),
  m: mark,
  f: () => location.assign(`${desk().dataset.url}?show=${desk().dataset.show === "doubt" ? "all" : "doubt"}`),
  u: () => document.getElementById("undo")?.requestSubmit(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !desk()) return;
  if (event.target.closest?.(FIELD)) {
    // Enter in the replacement writes it, it does not accept the proposal (the first button of the form).
    if (event.key === "Enter" && event.target.id === "replacement") {
      event.preventDefault();
      press("#decide [data-key=change]");
    }
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "Enter" && event.target.closest?.("a, button, summary")) return;
  const action = actions[key];
  if (action) {
    event.preventDefault();
    action();
  }
});

document.addEventListener("click", (event) => {
  const hit = event.target.closest?.("#pairs [data-hit]");
  if (hit && desk() && !String(window.getSelection() ?? "")) open(hit.dataset.hit);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "desk" || event.detail.elt?.id === "desk") reveal();
});
if (location.search.includes("hit=")) reveal();
