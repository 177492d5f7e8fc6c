"use strict";
// A form that saves itself while it is filled in, and that this browser keeps until it has been saved.
//
// <form data-keep="who" [hx-post="…" hx-trigger="autosave"] [data-by-hand="names"] [data-needs="words"]>
// With hx-post, what was typed is sent after a pause, once all that is required is there (data-needs says
// what that is); the answer goes into #save-status. Without it, and for the names in data-by-hand, the
// form waits for its button. A form that was refused waits for its button as well.

const PAUSE = 1200;
const TRY_AGAIN = 15000;
const LEFT_OUT = ["hidden", "file", "submit", "button"];

document.querySelectorAll("form[data-keep]").forEach(keepSafe);

function keepSafe(form) {
  const status = document.getElementById("save-status");
  const byHand = (form.dataset.byHand || "").split(" ");
  const wasRefused = Boolean(form.querySelector(".is-invalid, .alert-danger"));
  let savesItself = form.hasAttribute("hx-post") && !wasRefused;
  let saved = valuesOf(form, true);
  let sent = null;
  let wait = 0;
  let place = "";
  let resume = null;

  form.addEventListener("input", () => {
    keep();
    say(words());
    clearTimeout(wait);
    wait = setTimeout(save, PAUSE);
  });
  form.addEventListener("focusout", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });

  function words() {
    if (!savesItself) return "Kept in this browser until you save";
    if (!isComplete(form) && form.dataset.needs) return form.dataset.needs;
    return textToSave() ? "Not saved yet" : choicesToSave() ? "Your choice is saved with the button" : "";
  }

  function textToSave() { return differ(saved, valuesOf(form), (name) => !byHand.includes(name)); }
  function choicesToSave() { return differ(saved, valuesOf(form), (name) => byHand.includes(name)); }

  function save() {
    clearTimeout(wait);
    if (!savesItself || sent || !textToSave() || !isComplete(form)) return;
    sent = valuesOf(form);
    htmx.trigger(form, "autosave");
  }

  // The server says so itself, before its answer is shown.
  form.addEventListener("saved", (event) => {
    saved = { ...sent, ...Object.fromEntries(byHand.map((name) => [name, saved[name]])) };
    form.elements.revision.value = event.detail.revision;
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = event.detail;
    sent = null;
    // On the way to signing in: the page that comes back finds what was kept.
    if (xhr.getResponseHeader("HX-Redirect")) return;
    if (xhr.status === 200) {
      if (choicesToSave()) say(`${status.textContent.trim()}. What you chose is saved with the button`);
      if (textToSave() || choicesToSave()) keep(); else forget();
      if (textToSave()) wait = setTimeout(save, PAUSE);
    } else if (xhr.status !== 422) {
      say(xhr.status ? "Not saved: reload the page, what you typed comes back" : "Not saved: no connection. It is kept in this browser and tried again");
      wait = setTimeout(save, TRY_AGAIN);
    }
    // After app.js has released the form.
    if (resume) setTimeout(resume);
    resume = null;
  });

  form.addEventListener("submit", (event) => {
    clearTimeout(wait);
    if (sent) {
      // Two savings at once would not know of each other: the button waits for the answer.
      event.preventDefault();
      resume = () => form.requestSubmit(event.submitter);
      return;
    }
    keep();
    // app.js forgets it as soon as a page says that it was saved.
    try { sessionStorage.setItem("sent", place); } catch { /* it is offered once more */ }
  });

  // A full or forbidden storage must not stop anybody from writing.
  function keep() {
    if (place && place !== placeNow()) forget();
    place = placeNow();
    const { revision, submission_id } = form.elements;
    const kept = { values: valuesOf(form), revision: revision.value, number: submission_id.value, waits: !savesItself };
    try { localStorage.setItem(place, JSON.stringify(kept)); } catch { /* the page still saves */ }
  }
  function forget() {
    try { localStorage.removeItem(place || placeNow()); } catch { /* nothing was kept */ }
  }
  function kept() {
    try { return JSON.parse(localStorage.getItem(placeNow())); } catch { return null; }
  }
  function placeNow() { return `kept ${form.dataset.keep} ${location.pathname}${location.search}`; }

  function say(text) {
    if (status.textContent.trim() !== text) status.textContent = text;
  }

  // Another page of the same form may have been saved since: its answer offers to take that one.
  status.addEventListener("click", (event) => {
    if (!event.target.closest("[data-drop]")) return;
    forget();
    form.reset();
    location.reload();
  });

  if (wasRefused) {
    saved = {};
    keep();
    return;
  }
  const before = kept();
  if (!before || !differ({ ...saved, ...before.values }, saved, (name) => name in saved)) {
    forget();
    return;
  }
  if (before.waits) savesItself = false;
  form.elements.revision.value = before.revision;
  form.elements.submission_id.value = before.number;
  putBack(form, before.values);
  say("What you had not saved is back");
  if (!savesItself) status.append(dropButton());
}

// What the fields hold, or what the page came with, by name; hidden ones and files left out.
function valuesOf(form, atFirst = false) {
  const values = {};
  for (const control of form.elements) {
    if (!control.name || LEFT_OUT.includes(control.type)) continue;
    values[control.name] ??= [];
    values[control.name].push(...chosenIn(control, atFirst));
  }
  return values;
}

function chosenIn(control, atFirst) {
  if (control.type === "radio" || control.type === "checkbox") {
    return (atFirst ? control.defaultChecked : control.checked) ? [control.value] : [];
  }
  if (control.options) {
    const options = [...control.options];
    const chosen = options.filter((option) => (atFirst ? option.defaultSelected : option.selected));
    return (chosen.length || control.multiple ? chosen : options.slice(0, 1)).map((option) => option.value);
  }
  return [atFirst ? control.defaultValue : control.value];
}

function differ(some, others, counts) {
  const names = new Set([...Object.keys(some), ...Object.keys(others)].filter(counts));
  const text = (values) => (values || []).join("\n").trim();
  return [...names].some((name) => text(some[name]) !== text(others[name]));
}

function isComplete(form) {
  return [...form.elements].every((control) => !control.required || control.value.trim());
}

function putBack(form, values) {
  const now = valuesOf(form);
  for (const control of form.elements) {
    const wanted = values[control.name];
    if (!wanted || LEFT_OUT.includes(control.type) || !differ({ it: wanted }, { it: now[control.name] }, () => true)) continue;
    if (control.type === "radio" || control.type === "checkbox") control.checked = wanted.includes(control.value);
    else if (control.options) for (const option of control.options) option.selected = wanted.includes(option.value);
    else control.value = wanted[0];
    const fold = control.closest("details");
    if (fold) fold.open = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function dropButton() {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link btn-sm", textContent: "Drop it" });
  button.dataset.drop = "";
  return button;
}
