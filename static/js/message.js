"use strict";
// Counts a message while it is written and shows what is still to fill in. The server counts too.

const PLACEHOLDER = /\{[a-z0-9_]+\}/g;
const form = document.querySelector("[data-message]");

if (form) {
  const body = form.querySelector("[name=body]");
  const subject = form.querySelector("[name=subject]");
  form.querySelector("[data-check]").hidden = true;
  form.addEventListener("input", () => {
    count(body.value);
    showUnfilled([subject?.value, body.value].filter(Boolean));
  });
}

// As Python counts: by characters, where a browser counts an emoji as two.
function count(text) {
  const line = form.querySelector("[data-size]");
  const length = [...text].length;
  const { warn, block } = line.dataset;
  const size = block && length > block ? "too-long" : warn && length > warn ? "long" : "fits";
  line.querySelector("[data-length]").textContent = length;
  line.dataset.size = size;
  for (const words of line.querySelectorAll("[data-when]")) {
    words.hidden = !block || words.dataset.when !== size;
  }
}

function showUnfilled(texts) {
  const names = [...new Set(texts.join("\n").match(PLACEHOLDER) ?? [])];
  form.querySelector("[data-unfilled]").hidden = !names.length;
  form.querySelector("[data-names]").replaceChildren(...names.flatMap((name) => [mark(name), " "]));
  const preview = form.querySelector("[data-preview]");
  preview.replaceChildren();
  let at = 0;
  const text = texts.join("\n\n");
  for (const found of text.matchAll(PLACEHOLDER)) {
    preview.append(text.slice(at, found.index), mark(found[0]));
    at = found.index + found[0].length;
  }
  preview.append(text.slice(at));
}

function mark(name) {
  return Object.assign(document.createElement("mark"), { textContent: name });
}
