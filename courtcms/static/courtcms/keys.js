// The keyboard map: letters act only outside fields; what a key does is written in components/keys.html.
const FIELD = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]";
let pending = "";

function rows() {
  return [...document.querySelectorAll("main [data-rows] > tr, main .tbl tbody > tr, main [data-rows] > li")].filter(
    (row) => row.querySelector("a[href]") && row.offsetParent !== null,
  );
}

function current(list) {
  return list.findIndex((row) => row.classList.contains("is-on"));
}

function move(step) {
  const list = rows();
  if (!list.length) return;
  const now = current(list);
  const next = Math.max(0, Math.min(list.length - 1, now + step));
  if (now >= 0) list[now].classList.remove("is-on");
  const row = list[now < 0 ? 0 : next];
  row.classList.add("is-on");
  row.querySelector("a[href]").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function chooseRow() {
  const box = document.querySelector(".is-on input[type=checkbox]");
  if (box) box.click();
}

function focusOn(selector) {
  const field = document.querySelector(selector);
  if (!field) return false;
  field.focus();
  field.select?.();
  return true;
}

const actions = {
  "/": () => focusOn("#find"),
  n: () => focusOn("#entry, .entry-line .inp"),
  j: () => move(1),
  k: () => move(-1),
  x: chooseRow,
  "?": () => document.getElementById("keys")?.togglePopover?.(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.form ?? event.target.closest?.("form"); // a control may stand outside its form
    if (form) form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.(FIELD) || document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (pending === "g" && key === "d") {
    pending = "";
    location.assign(document.body.dataset.desk ?? "/");
    return;
  }
  pending = key === "g" ? "g" : "";
  // A page with its own letters (the redaction desk) marks <main data-own-keys="j k x"> and handles those itself.
  const own = (document.querySelector("[data-own-keys]")?.dataset.ownKeys ?? "").split(" ");
  const action = own.includes(key) ? null : actions[key];
  if (action) {
    action();
    event.preventDefault();
  }
});
