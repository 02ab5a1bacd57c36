/* A reader opens the evidence of a file: once the key is open, every page is fetched sealed and opened here. What was opened
   lives in this page only and is gone when it is left. */
import { say, whenOpened } from "../people/opening.js";
import { openBox, openFile } from "../people/unsealing.js";

const bytes = async (url) => {
  const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return new Uint8Array(await answer.arrayBuffer());
};

function show(place, data) {
  const isText = place.dataset.kind === "text";
  const shown = place.querySelector(isText ? "pre" : "img");
  if (isText) shown.textContent = new TextDecoder().decode(data);
  else shown.src = URL.createObjectURL(new Blob([data], { type: "image/png" }));
  place.hidden = false;
}

async function openExhibit(exhibit, identity) {
  const status = exhibit.querySelector("[data-status]");
  try {
    const oneOff = await openBox(identity, new TextDecoder().decode(await bytes(exhibit.dataset.key)));
    for (const place of exhibit.querySelectorAll("[data-page]")) {
      show(place, await openFile(oneOff, await bytes(place.dataset.page)));
    }
    status.hidden = true;
  } catch (error) {
    status.hidden = true;
    const failed = exhibit.querySelector("[data-failed]");
    failed.hidden = false;
    return error;
  }
  return null;
}

const root = document.querySelector("[data-open-key]");
if (root) {
  whenOpened(root, async ({ identity }) => {
    const exhibits = [...document.querySelectorAll("[data-exhibit]")];
    exhibits.forEach((exhibit) => { exhibit.querySelector("[data-status]").hidden = false; });
    document.querySelector("[data-opened]").hidden = false;
    document.querySelector("[data-opened]").focus();
    let trouble = null;
    for (const exhibit of exhibits) trouble = (await openExhibit(exhibit, identity)) ?? trouble;
    if (trouble) say(root, trouble);
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
  });
}
