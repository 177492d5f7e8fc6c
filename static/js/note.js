"use strict";
// Counts the words of a note while it is written; autosave.js saves it.

for (const count of document.querySelectorAll("[data-words-of]")) {
  const box = document.getElementById(count.dataset.wordsOf);
  box.addEventListener("input", () => {
    count.textContent = box.value.trim() ? box.value.trim().split(/\s+/).length : 0;
  });
}
