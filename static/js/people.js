"use strict";
// Comforts for people: tick a whole page, and ask what somebody commissions only of those who do.

document.addEventListener("click", (event) => {
  if (event.target.id !== "tick-all") return;
  const boxes = [...document.querySelectorAll(".people [name=pk]")];
  const tick = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = tick;
  event.target.textContent = tick ? "Tick none" : "Tick all on this page";
});

function readyTickAll() {
  const button = document.getElementById("tick-all");
  if (button) button.hidden = false;
}
document.addEventListener("htmx:afterSettle", readyTickAll);
readyTickAll();

const kind = document.querySelector("form [name=kind]");
const subRole = document.getElementById("div_id_sub_role");
function askSubRole() {
  subRole.hidden = kind.value !== "commissioner";
}
if (kind && subRole) {
  kind.addEventListener("change", askSubRole);
  askSubRole();
}
