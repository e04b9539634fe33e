// Working through a queue of documents: N opens the next one. The desk has the key among its own.
const FIELD = "input:not([type=checkbox]), textarea, select";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== "n") return;
  if (event.target.closest?.(FIELD) || document.getElementById("desk")) return;
  const next = document.getElementById("next");
  if (!next) return;
  event.preventDefault();
  next.click();
});
