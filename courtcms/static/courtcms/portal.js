// The public site works without this file; it only adds printing and copying where the browser can.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent.trim();
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.done;
  });
}
const order = document.querySelector("select[name=order]");
order?.addEventListener("change", () => order.form.requestSubmit());

// the table of contents tells which part is being read
const contents = new Map([...document.querySelectorAll(".toc.hide-s a")].map((link) => [link.hash.slice(1), link]));
if (contents.size && "IntersectionObserver" in window) {
  const watch = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      for (const link of contents.values()) link.removeAttribute("aria-current");
      contents.get(target.id).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -75% 0px" });
  contents.values().next().value.setAttribute("aria-current", "true");
  for (const id of contents.keys()) watch.observe(document.getElementById(id));
}
