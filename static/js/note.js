"use strict";
// The note of a step: counted and saved while it is written, and kept in this browser until it is.

for (const count of document.querySelectorAll("[data-words-of]")) {
  const box = document.getElementById(count.dataset.wordsOf);
  const form = box.form;
  const status = () => document.getElementById("note-status");
  const draft = `note-${form.dataset.draft}`;
  let saved = box.defaultValue;
  let sent = saved;
  let wait = 0;

  function countWords() {
    count.textContent = box.value.trim() ? box.value.trim().split(/\s+/).length : 0;
  }

  function save() {
    clearTimeout(wait);
    if (box.value === saved) return;
    sent = box.value;
    htmx.trigger(form, "autosave");
  }

  // A full or forbidden storage must not stop anybody from writing.
  function keep() {
    try { localStorage.setItem(draft, box.value); } catch { /* the page still saves */ }
  }
  function forget() {
    try { localStorage.removeItem(draft); } catch { /* nothing was kept */ }
  }
  function kept() {
    try { return localStorage.getItem(draft); } catch { return null; }
  }

  box.addEventListener("input", () => {
    countWords();
    keep();
    status().textContent = "Not saved yet";
    clearTimeout(wait);
    wait = setTimeout(save, 1200);
  });
  box.addEventListener("blur", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) {
      saved = sent;
      if (box.value === saved) forget();
    } else if (event.detail.xhr.status !== 422) {
      status().textContent = "Not saved: no connection. It is kept in this browser and tried again.";
      wait = setTimeout(save, 15000);
    }
  });

  const unsaved = kept();
  if (unsaved !== null && unsaved.trim() !== box.value.trim() && !form.querySelector(".is-invalid")) {
    box.value = unsaved;
    countWords();
    status().textContent = "What you had not saved is back.";
    wait = setTimeout(save, 1200);
  } else {
    forget();
  }
}
