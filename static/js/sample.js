"use strict";
// How a sample came about suggests what may be shown of it. A choice of one's own stays.

const sampleForm = document.querySelector("form[data-ask-first]");
const askFirst = sampleForm.dataset.askFirst.split(" ");
const said = Object.assign(document.createElement("p"), { className: "form-text" });
said.setAttribute("role", "status");
sampleForm.querySelector("#div_id_permission").append(said);

const usualFor = (origin) => (askFirst.includes(origin) ? "not_asked" : "own_work");
const wordsOf = (name, value) => sampleForm.querySelector(`[name=${name}][value="${value}"]`).labels[0].firstChild.textContent.trim();
let cameAbout = sampleForm.elements.origin.value;

sampleForm.addEventListener("change", (event) => {
  if (event.target.name === "permission") said.textContent = "";
  if (event.target.name !== "origin") return;
  const before = usualFor(cameAbout);
  cameAbout = event.target.value;
  const usual = usualFor(cameAbout);
  const { permission } = sampleForm.elements;
  if (permission.value === before) permission.value = usual;
  const fits = ["", usual].includes(permission.value);
  said.textContent = `Usual for “${wordsOf("origin", cameAbout)}”: ${wordsOf("permission", usual).toLowerCase()}.${fits ? "" : " Your own choice stays."}`;
});
