// The redaction desk: keys press the buttons that stand on the page, so everything here can be done without script too.
// Each decision is saved by its own request. One that could not be sent is kept and sent again, also after the page was
// closed; words typed and not yet sent come back with the page.
const FIELD = "input:not([type=checkbox]), textarea, select";
const TYPED = "#replacement, #basis, #mark-text, #mark-as, #mark-basis";
const RETRY = 3000;
const PAUSE = 60;

const desk = () => document.getElementById("desk");
const side = () => document.getElementById("desk-side");
const key = (name) => `${name} ${desk().dataset.url}`;
const batch = () => new URLSearchParams(location.search).get("batch") ?? "";

function read(name) {
  try { return JSON.parse(localStorage.getItem(key(name)) ?? "null"); } catch { return null; }
}

function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), JSON.stringify(value));
  } catch { /* a full or closed store: the page still works, it only remembers less */ }
}

// ---- moving from place to place ----

let pause = 0;
let wanted = "";

function open(hit) {
  point(hit);
  wanted = hit;
  clearTimeout(pause); // a held key asks the server once, for where it ends
  pause = setTimeout(() => {
    const { show, url } = desk().dataset;
    const { now, revision } = side().dataset;
    const asked = new URLSearchParams({ hit, show, was: now, revision, batch: batch() });
    window.htmx.ajax("GET", `${url}?${asked}`, { target: "#desk", swap: "outerHTML" });
  }, PAUSE);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { verb, path } = event.detail.requestConfig;
  const asked = verb === "get" && /[?&]hit=(\d+)/.exec(path)?.[1];
  if (asked && wanted && asked !== wanted) event.detail.shouldSwap = false; // overtaken
});

/** Mark the place at once; what is said about it follows from the server. */
function point(hit) {
  only(hit);
  side().dataset.aim = hit;
  reveal();
}

function only(hit) {
  for (const mark of document.querySelectorAll("#pairs .is-on")) mark.classList.remove("is-on");
  const marks = [...document.querySelectorAll(`#pairs [data-hit="${CSS.escape(hit)}"]`)];
  for (const mark of marks) mark.classList.add("is-on");
  marks[0]?.closest(".pair")?.classList.add("is-on");
}

function reveal() {
  (document.querySelector("#pairs mark.is-on") ?? document.querySelector("#now"))?.scrollIntoView({ block: "center" });
}

function step(way) {
  const hits = [...document.querySelectorAll("#pairs [data-side=left] [data-hit]")].map((mark) => mark.dataset.hit);
  const now = side().dataset.aim ?? side().dataset.now;
  const next = hits[hits.indexOf(now) + way];
  if (next) open(next);
}

// ---- nothing is lost ----

function unsaved(yes) {
  const box = document.getElementById("unsaved");
  if (box) box.hidden = !yes;
}

async function resend() {
  const waiting = read("waiting");
  if (!waiting) return;
  unsaved(true);
  try {
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "HX-Request": "true" };
    const answer = await fetch(waiting.path, { method: "POST", headers, body: new URLSearchParams(waiting.values) });
    if (answer.status >= 500) throw new Error(String(answer.status));
    keep("waiting", null); // saved, or refused in words: the desk shows which
    unsaved(false);
    if (answer.ok) location.assign(`${desk().dataset.url}?show=${desk().dataset.show}&hit=${waiting.values.was ?? ""}&batch=${batch()}`);
    else show(await answer.text());
  } catch {
    setTimeout(resend, RETRY);
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("desk");
  if (!fresh) return location.reload();
  desk().replaceWith(fresh);
  window.htmx.process(fresh);
  return reveal();
}

function notSent(event) {
  const { requestConfig: asked } = event.detail;
  if (asked?.verb !== "post" || !event.target.closest?.("#desk")) return;
  keep("waiting", { path: asked.path, values: Object.fromEntries(asked.formData ?? Object.entries(asked.parameters)) });
  unsaved(true);
  setTimeout(resend, RETRY);
}

function typed() {
  const values = {};
  for (const field of document.querySelectorAll(TYPED)) if (field.value !== field.defaultValue) values[field.id] = field.value;
  return values;
}

function restore() {
  const draft = read("typed");
  if (!draft) return;
  for (const [id, value] of Object.entries(draft.values)) {
    const field = document.getElementById(id);
    const general = id.startsWith("mark-");
    if (field && (general || draft.hit === side().dataset.now)) field.value = value;
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.(TYPED)) keep("typed", { hit: side().dataset.now, values: typed() });
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (read("waiting") && event.detail.requestConfig.verb === "post") event.preventDefault(); // one at a time
});
let written = false;
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful || event.detail.requestConfig.verb !== "post") return;
  keep("typed", null);
  written = true;
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, notSent);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) notSent(event);
});

// ---- keys ----

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
  const place = window.getSelection()?.anchorNode?.parentElement?.closest?.("[data-side=left]");
  return place ? text : "";
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
  f: () => location.assign(`${desk().dataset.url}?show=${desk().dataset.show === "doubt" ? "all" : "doubt"}&batch=${batch()}`),
  u: () => document.getElementById("undo")?.requestSubmit(),
  s: () => press("#submit"),
  n: () => press("#next"),
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
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (pressed === "Enter" && event.target.closest?.("a, button, summary")) return;
  const action = actions[pressed];
  if (action) {
    event.preventDefault();
    action();
  }
});

document.addEventListener("click", (event) => {
  const hit = event.target.closest?.("#pairs [data-hit]");
  if (hit && desk() && !String(window.getSelection() ?? "")) open(hit.dataset.hit);
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!["desk", "desk-side"].includes(event.detail.elt?.id)) return;
  if (written) document.activeElement?.blur?.(); // the next letter is a key of the desk again, not a word
  written = false;
  only(side().dataset.now);
  restore();
  reveal();
});

restore();
if (read("waiting")) resend();
else if (location.search.includes("hit=")) reveal();
