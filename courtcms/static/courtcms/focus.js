// Focus goes to the error summary of a page or fragment, and to the top of what a link of that summary names.
function summary(root) {
  const box = root.querySelector("[data-focus]");
  if (box) box.focus();
}

document.addEventListener("htmx:afterSwap", (event) => summary(event.detail.target ?? document));
summary(document);

document.addEventListener("click", (event) => {
  const link = event.target.closest(".errors a[href^='#']");
  if (!link) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const control = target?.matches("input, select, textarea") ? target : target?.querySelector("input, select, textarea");
  if (control) {
    event.preventDefault();
    control.focus();
    control.scrollIntoView({ block: "center" });
  }
});

// Menus of the frame close by Escape and by a click elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  closeMenus(null);
  open?.querySelector("summary")?.focus();
});

// Buttons that open a dialog: data-dialog="id". Without script the page behind the link does the same.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
});

// Demo accounts fill the sign-in form: data-fill-username, data-fill-password.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill-login]");
  if (!button) return;
  const form = document.querySelector("form[data-login-form]");
  form.elements.login.value = button.dataset.fillLogin;
  form.elements.password.value = button.dataset.fillPassword ?? "";
  form.querySelector("button[type='submit'], button:not([type])").focus();
});
