// On narrow windows a wide table scrolls inside itself; one without any control must be reachable by the keyboard.
function reach(root) {
  for (const table of root.querySelectorAll(".tbl:not([tabindex])")) {
    if (table.scrollWidth > table.clientWidth && !table.querySelector("a[href], button, input, select")) table.tabIndex = 0;
  }
}

document.addEventListener("htmx:afterSettle", () => reach(document));
window.addEventListener("resize", () => reach(document));
reach(document);
