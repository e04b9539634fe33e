// Toasts: only for what is done, eight seconds, kept while pointed at or focused. A server fragment may ask for one
// by the header HX-Trigger: {"toast": {"text": "…", "undo": "/address/"}}.
import { word } from "./words.js";

const SECONDS = 8;

function fade(element) {
  let timer = setTimeout(() => element.remove(), SECONDS * 1000);
  const hold = () => clearTimeout(timer);
  const release = () => { timer = setTimeout(() => element.remove(), SECONDS * 1000); };
  element.addEventListener("mouseenter", hold);
  element.addEventListener("focusin", hold);
  element.addEventListener("mouseleave", release);
  element.addEventListener("focusout", release);
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-s btn-text";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

/** Show `text`; `undo` is an address that a POST takes back, `action` {label, act}, `stay` keeps it until closed. */
export function toast(text, { level = "done", undo = "", action = null, stay = false } = {}) {
  const box = document.getElementById("toasts");
  if (!box) return null;
  const element = document.createElement("div");
  element.className = "toast";
  element.dataset.level = level;
  element.setAttribute("role", level === "danger" ? "alert" : "status");
  const line = document.createElement("span");
  line.textContent = text;
  element.append(line);
  if (undo) {
    element.append(button(word("undo"), () => {
      window.htmx.ajax("POST", undo, { swap: "none" }).then(() => { element.remove(); location.reload(); });
    }));
  }
  if (action) element.append(button(action.label, () => { element.remove(); action.act(); }));
  if (stay) element.append(button(word("close"), () => element.remove()));
  else fade(element);
  box.append(element);
  return element;
}

document.addEventListener("toast", (event) => toast(event.detail.text, event.detail));
for (const element of document.querySelectorAll("#toasts .toast[data-level=done]")) fade(element);
