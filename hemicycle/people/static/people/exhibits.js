/* Evidence on a page, opened here: `[data-exhibit]` with the address of its key, `[data-page]` with the address of each sealed
   page. What was opened lives in the page only and is gone when it is left. */
import { openBox, openFile } from "./unsealing.js";

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

/** Fetch what opens an exhibit and its pages, sealed, and show them opened. Returns what went wrong, or null. */
export async function openExhibit(exhibit, identity) {
  const status = exhibit.querySelector("[data-status]");
  exhibit.querySelector("[data-failed]").hidden = true;
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
