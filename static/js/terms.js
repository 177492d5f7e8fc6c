"use strict";
// A term in a lesson is a link to the glossary. Here its explanation opens where it stands.

const note = document.createElement("div");
note.id = "term-note";
note.popover = "auto";
note.className = "term-note";
const words = document.createElement("p");
const more = document.createElement("a");
more.textContent = "In the glossary";
note.append(words, more);
document.body.append(note);

let opener = null;
for (const term of document.querySelectorAll("a.term")) {
  term.setAttribute("aria-haspopup", "dialog");
  term.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opener = term;
    words.textContent = term.dataset.definition;
    more.href = term.href;
    note.showPopover();
    place(term);
    more.focus({ preventScroll: true });
  });
}

// Below the word, and never over the edge of the window.
function place(term) {
  const at = term.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - note.offsetWidth - 16);
  note.style.left = `${Math.max(left, 16) + scrollX}px`;
  note.style.top = `${at.bottom + scrollY + 6}px`;
}

note.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && note.contains(document.activeElement)) opener?.focus({ preventScroll: true });
});
