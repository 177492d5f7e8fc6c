"use strict";
// A page that cannot be drawn says so, instead of showing a broken picture.
function sayWhy(picture) {
  const words = document.createElement("p");
  words.className = "no-page";
  words.textContent = `${picture.alt} cannot be shown here. Download the file to see it.`;
  picture.replaceWith(words);
}

for (const picture of document.querySelectorAll("img[data-page]")) {
  picture.addEventListener("error", () => sayWhy(picture));
  // It may have failed before this script ran.
  if (picture.complete && picture.currentSrc && !picture.naturalWidth) sayWhy(picture);
}
