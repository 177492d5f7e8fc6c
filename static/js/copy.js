"use strict";
// Buttons that copy a field: <button data-copy="id of the field">. Without scripts the field can be selected.

const SAID_FOR_MS = 2500;
const copied = document.createElement("p");
copied.className = "visually-hidden";
copied.setAttribute("role", "status");
document.body.append(copied);

function readyCopyButtons() {
  document.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
}

document.addEventListener("htmx:afterSwap", readyCopyButtons);
readyCopyButtons();

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const done = await copy(field);
  tell(button, done ? "Copied" : "Press Ctrl+C");
});

// Browsers give the clipboard to pages on https and localhost only; the older way works elsewhere too.
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

function tell(button, words) {
  const label = button.querySelector("span") ?? button;
  label.dataset.words ??= label.textContent;
  label.textContent = words;
  copied.textContent = words;
  setTimeout(() => {
    label.textContent = label.dataset.words;
    copied.textContent = "";
  }, SAID_FOR_MS);
}
