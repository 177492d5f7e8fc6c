"use strict";
// The note of a step: words are counted while typing, and unsaved ones are not lost by leaving.

for (const count of document.querySelectorAll("[data-words-of]")) {
  const box = document.getElementById(count.dataset.wordsOf);
  const form = box.form;
  let isSaving = false;

  box.addEventListener("input", () => {
    count.textContent = box.value.trim() ? box.value.trim().split(/\s+/).length : 0;
  });
  form.addEventListener("submit", () => { isSaving = true; });
  addEventListener("beforeunload", (event) => {
    if (!isSaving && box.value !== box.defaultValue) event.preventDefault();
  });
}

// A link to the note opens it.
function openNote() {
  const note = document.getElementById("note");
  if (location.hash === "#note") note.open = true;
}
addEventListener("hashchange", openNote);
openNote();
