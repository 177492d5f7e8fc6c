"use strict";
// Rows of steps and questions change places by drag or by two buttons; the position numbers follow.

const said = document.createElement("p");
said.setAttribute("role", "status");
said.className = "visually-hidden";
document.body.append(said);

for (const body of document.querySelectorAll("#steps-group tbody, #questions-group tbody")) arrange(body.closest("table"));

function rowsOf(table) {
  return [...table.querySelectorAll("tr.form-row.has_original")];
}

function arrange(table) {
  for (const row of rowsOf(table)) {
    const cell = row.querySelector(".field-position");
    if (!cell) continue;
    cell.append(button("Move up", () => move(table, row, -1)), button("Move down", () => move(table, row, 1)));
    row.draggable = true;
    row.addEventListener("dragstart", (event) => { event.dataTransfer.setData("text/plain", row.id); row.classList.add("is-moving"); });
    row.addEventListener("dragend", () => { row.classList.remove("is-moving"); number(table); });
    row.addEventListener("dragover", (event) => {
      const moving = table.querySelector(".is-moving");
      if (!moving || moving === row) return;
      event.preventDefault();
      const isBelow = event.offsetY > row.offsetHeight / 2;
      row.parentNode.insertBefore(moving, isBelow ? row.nextSibling : row);
    });
  }
}

function button(words, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", () => { deed(); made.focus(); });
  return made;
}

function move(table, row, by) {
  const rows = rowsOf(table);
  const other = rows[rows.indexOf(row) + by];
  if (!other) return;
  if (by < 0) other.before(row); else other.after(row);
  number(table);
  said.textContent = `Now number ${rowsOf(table).indexOf(row) + 1} of ${rows.length}.`;
}

function number(table) {
  rowsOf(table).forEach((row, place) => { row.querySelector("[name$=-position]").value = place + 1; });
}
