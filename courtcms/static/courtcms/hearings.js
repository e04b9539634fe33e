// Hearings: drag a block to another day or room, or Alt + arrow on it; both only open the preview of the move page.
// The button that prints stands here too. Every page works without this file.
const week = document.querySelector("[data-week]");
let dragged = null;

function goTo(block, cell) {
  const query = new URLSearchParams({ day: cell.dataset.day });
  if (cell.dataset.room && cell.dataset.room !== "0") query.set("courtroom", cell.dataset.room);
  location.assign(`${block.dataset.move}?${query}`);
}

function mark(cell) {
  week.querySelectorAll(".is-target").forEach((old) => old.classList.remove("is-target"));
  cell?.classList.add("is-target");
}

function neighbour(cell, key) {
  const row = cell.parentElement;
  const index = [...row.children].indexOf(cell);
  if (key === "ArrowLeft") return index > 1 ? row.children[index - 1] : null;
  if (key === "ArrowRight") return row.children[index + 1] ?? null;
  if (!cell.dataset.room) return null;
  const other = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  return other?.children[index] ?? null;
}

if (week) {
  week.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-move]") ?? null;
    if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.move);
  });
  week.addEventListener("dragover", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!dragged || !cell) return;
    event.preventDefault();
    mark(cell);
  });
  week.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
  week.addEventListener("drop", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!dragged || !cell || cell.contains(dragged)) return;
    event.preventDefault();
    goTo(dragged, cell);
  });
  week.addEventListener("keydown", (event) => {
    const block = event.target.closest("[data-move]");
    if (!block || !event.altKey || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const cell = neighbour(block.closest("td"), event.key);
    if (cell?.dataset.day) goTo(block, cell);
  });
}

document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
