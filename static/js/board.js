"use strict";
// Moves a card by mouse, finger or keys. Each way ends in the card's own form, which works without this.

const DRAG_AFTER_PX = 6;
const EDGE_PX = 48;
const SCROLL_PX = 14;
let drag = null;
let wasDragged = false;

// What a filter brings in later is made ready too.
document.addEventListener("htmx:afterSwap", readyCards);
readyCards();
goOnAtCard();

function readyCards() {
  for (const card of document.querySelectorAll("[data-card]:not([tabindex])")) {
    card.tabIndex = 0;
    card.setAttribute("aria-describedby", "board-keys");
    card.querySelector("[data-grip]").hidden = false;
  }
  for (const keys of document.querySelectorAll("[data-board-keys]")) keys.hidden = false;
}

// A card that was moved has the focus again, and what happened is said.
function goOnAtCard() {
  const card = location.hash.startsWith("#card-") && document.getElementById(location.hash.slice(1));
  if (!card) return;
  card.focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  const told = document.querySelector("#messages .toast-line > p");
  if (told) setTimeout(() => say(told.textContent), 300);
}

function say(words) {
  document.querySelector("[data-board-says]").textContent = words;
}

function choice(card) {
  return card.querySelector("select");
}

function move(card, stage) {
  choice(card).value = stage;
  card.querySelector("form").requestSubmit();
}

// Keys

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag) return drop(null);
  const card = event.target.closest?.("[data-card]");
  if (!card || event.target !== card || event.ctrlKey || event.metaKey || event.altKey) return;
  const deed = {
    ArrowLeft: () => choose(card, -1),
    ArrowRight: () => choose(card, 1),
    ArrowUp: () => go(card, -1),
    ArrowDown: () => go(card, 1),
    Enter: () => settle(card),
    Escape: () => leave(card),
  }[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

function choose(card, step) {
  const stages = choice(card);
  const at = stages.selectedIndex + step;
  if (at < 0 || at >= stages.options.length) return;
  stages.selectedIndex = at;
  const option = stages.options[at];
  card.classList.toggle("is-pending", !option.defaultSelected);
  if (option.defaultSelected) say(`${option.text}, where “${card.dataset.card}” is now.`);
  else say(`${option.text}. Press Enter to move “${card.dataset.card}” there, Escape to leave it.`);
}

function settle(card) {
  const option = choice(card).selectedOptions[0];
  if (option.defaultSelected) card.querySelector("a").click();
  else move(card, option.value);
}

function leave(card) {
  card.querySelector("form").reset();
  card.classList.remove("is-pending");
  say(`“${card.dataset.card}” stays where it is.`);
}

function go(card, step) {
  const cards = [...card.closest("ul").querySelectorAll("[data-card]")];
  cards[cards.indexOf(card) + step]?.focus();
}

// Mouse, pen and finger. A finger drags by the grip, so that the page still scrolls everywhere else.

document.addEventListener("pointerdown", (event) => {
  // A second finger while one drags is no second card.
  if (drag || !event.isPrimary) return;
  wasDragged = false;
  const card = event.target.closest("[data-card]");
  if (!card || event.button !== 0 || event.target.closest("select, button, input")) return;
  if (event.pointerType === "touch" && !event.target.closest("[data-grip]")) return;
  drag = { card, x: event.clientX, y: event.clientY, id: event.pointerId, isMoving: false, over: null };
});

document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.isMoving && Math.hypot(x, y) < DRAG_AFTER_PX) return;
  event.preventDefault();
  if (!drag.isMoving) lift(event);
  drag.card.style.translate = `${x + drag.board.scrollLeft - drag.scrolled}px ${y}px`;
  const column = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-stage]");
  aim(column ?? null);
  scrollAtEdge(event.clientX);
});

document.addEventListener("pointerup", (event) => {
  if (drag && event.pointerId === drag.id) drop(drag.over);
});
document.addEventListener("pointercancel", () => { if (drag) drop(null); });
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-card]")) event.preventDefault();
});
// The end of a drag is no click on the card's link.
document.addEventListener("click", (event) => {
  if (!wasDragged) return;
  wasDragged = false;
  event.preventDefault();
  event.stopPropagation();
}, true);

function lift(event) {
  drag.isMoving = wasDragged = true;
  drag.board = drag.card.closest("[data-board]");
  drag.scrolled = drag.board.scrollLeft;
  drag.board.classList.add("is-dragging");
  drag.card.classList.add("is-lifted");
  drag.card.setPointerCapture(event.pointerId);
}

function aim(column) {
  if (drag.over === column) return;
  drag.over?.classList.remove("is-over");
  column?.classList.add("is-over");
  drag.over = column;
}

function scrollAtEdge(x) {
  const { left, right } = drag.board.getBoundingClientRect();
  if (x > right - EDGE_PX) drag.board.scrollLeft += SCROLL_PX;
  if (x < left + EDGE_PX) drag.board.scrollLeft -= SCROLL_PX;
}

function drop(column) {
  const { card, board, isMoving } = drag;
  if (isMoving) {
    aim(null);
    board.classList.remove("is-dragging");
    card.classList.remove("is-lifted");
    card.style.translate = "";
  }
  drag = null;
  if (isMoving && column && column !== card.closest("[data-stage]")) move(card, column.dataset.stage);
}
