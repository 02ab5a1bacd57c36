/* Evidence on a page, opened here: `[data-exhibit]` with the address of its key, `[data-page]` with the address of each sealed
   page. What was opened lives in the page only and is gone when it is left. */
import { Unreadable, openBox, openFile } from "./unsealing.js";

/** A page or its key did not come: no network, or the session has ended. */
export class NotReached extends Error {
  constructor() {
    super("not reached");
    this.code = "away";
  }
}

const bytes = async (url) => {
  const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" }).catch(() => { throw new NotReached(); });
  if (!answer.ok) throw new NotReached();
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
    if (error instanceof Unreadable) exhibit.querySelector("[data-failed]").hidden = false; // else it never arrived
    return error;
  }
  return null;
}
