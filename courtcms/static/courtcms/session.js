// Warns before a session ends for lack of use, and lets the person stay without leaving the page.
import { toast } from "./toasts.js";
import { word } from "./words.js";

const { idleSeconds, keep, login } = document.body.dataset;
const idle = Number(idleSeconds ?? 0);
const WARN_SECONDS = 120;
let last = Date.now();
let shown = null;

function used() {
  last = Date.now();
  shown?.remove();
  shown = null;
}

async function stay() {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const answer = await fetch(keep, { method: "POST", headers, redirect: "manual" });
  if (answer.ok) used();
  else location.assign(login);
}

function watch() {
  const left = idle - (Date.now() - last) / 1000;
  if (left <= 0) {
    shown?.remove();
    shown = toast(word("expired"), {
      level: "near", stay: true, action: { label: word("signIn"), act: () => location.reload() },
    });
    clearInterval(timer);
  } else if (left <= WARN_SECONDS && !shown) {
    shown = toast(word("expiring", { minutes: Math.ceil(left / 60) }), {
      level: "near", stay: true, action: { label: word("stay"), act: stay },
    });
  }
}

let timer = null;
if (idle > 0 && keep) {
  timer = setInterval(watch, 15000);
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) used(); });
}
