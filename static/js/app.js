"use strict";
// Comforts on top of pages that work without them.

const RELEASE_AFTER_MS = 15000;

// A form that is on its way is not sent a second time. The capture phase comes before htmx.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.ariaBusy === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.ariaBusy = "true";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), RELEASE_AFTER_MS);
}, true);

function release(form) {
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

// A button that was pressed may be gone after the swap: a keyboard goes on at Undo.
document.addEventListener("htmx:afterSettle", (event) => {
  const wasPressed = event.detail.requestConfig?.triggeringEvent?.type === "submit";
  if (!wasPressed || document.activeElement !== document.body) return;
  document.querySelector("#messages button")?.focus({ preventScroll: true });
});

// Forms keep in this browser what is not saved yet. Whoever signs out leaves nothing of it behind.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-signs-out]")) return;
  try {
    const kept = Object.keys(localStorage).filter((name) => name.startsWith("kept "));
    kept.forEach((name) => localStorage.removeItem(name));
  } catch { /* nothing was kept */ }
});

// The browser may bring back this very page, with its forms busy and the menu open.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[aria-busy]").forEach(release);
  document.querySelectorAll("[popover]").forEach((menu) => menu.hidePopover());
});

// Messages
function readyCloseButtons() {
  document.querySelectorAll(".toast-close[hidden]").forEach((button) => { button.hidden = false; });
}

document.addEventListener("click", (event) => {
  event.target.closest?.(".toast-close")?.closest(".toast-line").remove();
});
document.addEventListener("htmx:afterSwap", readyCloseButtons);
readyCloseButtons();

function say(text) {
  const line = document.createElement("div");
  line.className = "toast-line toast-error";
  line.append(Object.assign(document.createElement("p"), { textContent: text }));
  const messages = document.getElementById("messages");
  messages.replaceChildren(line);
  messages.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => {
  say("We could not reach CMEtrack. Check your connection and try again; what you typed is still here.");
});
document.addEventListener("htmx:responseError", () => {
  say("That did not work. Reload the page to see how things stand, then try again.");
});

// A form that autosave.js kept was sent: it can be forgotten once a page says that it was saved.
try {
  const sent = sessionStorage.getItem("sent");
  if (sent && document.querySelector(".toast-success")) localStorage.removeItem(sent);
  sessionStorage.removeItem("sent");
} catch { /* nothing was kept */ }

// An empty filter says nothing: it stays out of the address.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
});

// "/" goes to the list's search box.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("main [name=q]");
  if (!search) return;
  event.preventDefault();
  search.focus();
});

// After a refused form, start at the first thing to mend.
document.querySelector("main form .is-invalid")?.focus();

// A link to something inside a fold opens the fold.
function openFold() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", openFold);
openFold();
