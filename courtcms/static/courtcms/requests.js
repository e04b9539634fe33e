// htmx: a failed panel says so in its own place and can be tried again; a refusal shows the fragment it came with;
// an ended session leads to the sign-in page and back.
import { word } from "./words.js";
import { toast } from "./toasts.js";

function failBox(title, retry) {
  const box = document.createElement("div");
  box.className = "fail";
  box.setAttribute("role", "alert");
  const head = document.createElement("b");
  head.textContent = `${word("failTitle")} ${title}`;
  const text = document.createElement("p");
  text.textContent = word("failText");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-s mt2";
  button.textContent = word("retry");
  button.addEventListener("click", retry);
  box.append(head, text, button);
  return box;
}

function failPanel(panel) {
  const heading = document.createElement("div");
  heading.className = "sec-head";
  const title = document.createElement("h2");
  title.textContent = panel.dataset.panel;
  heading.append(title);
  panel.replaceChildren(heading, failBox(panel.dataset.panel, () => window.htmx.trigger(panel, "court:retry")));
  panel.removeAttribute("aria-busy");
}

function toLogin() {
  const login = document.body.dataset.login;
  if (login) location.assign(`${login}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const type = xhr.getResponseHeader("Content-Type") ?? "";
  if (xhr.status === 401) {
    event.detail.shouldSwap = false;
    toLogin();
  } else if (xhr.status >= 400 && xhr.status < 500 && type.includes("text/html") && !/^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (xhr.status < 400 && /^\s*<!doctype/i.test(xhr.responseText) && event.detail.target !== document.body) {
    event.detail.shouldSwap = false; // a whole page where a fragment was asked for: the session has ended
    if (new URL(xhr.responseURL || location.href).pathname === document.body.dataset.login) toLogin();
    else location.assign(xhr.responseURL || location.href);
  }
});

function failed(event) {
  const source = event.detail.elt;
  const panel = source.closest?.("[data-panel]");
  if (panel && source === panel) failPanel(panel);
  else toast(word("failSend"), { level: "danger", stay: true });
}

document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);
document.addEventListener("htmx:afterSettle", (event) => event.detail.target?.removeAttribute?.("aria-busy"));
