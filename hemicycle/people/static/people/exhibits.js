/* Evidence on a page, opened here: `[data-exhibit]` with the address of its key, `[data-page]` with the address of each sealed
   page. What was opened lives in the page only and is gone when it is left. Under `[data-watermark]` every picture is drawn
   with that text over it: this deters whoever would pass a picture on, and proves nothing, for a script can be changed. */
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
  if (!answer.ok || answer.redirected) throw new NotReached(); // sent away: to sign in, or to say why the file is opened
  return new Uint8Array(await answer.arrayBuffer());
};

/** Draw the mark over a whole picture, in slanting rows, light and dark so that it is seen on any ground. */
function drawMark(canvas, mark) {
  const pen = canvas.getContext("2d");
  const reach = Math.hypot(canvas.width, canvas.height);
  const size = Math.max(10, Math.round(reach / 60));
  pen.font = `${size}px sans-serif`;
  pen.rotate(-Math.PI / 9);
  const step = pen.measureText(mark).width + 4 * size;
  for (let y = 0; y < 2 * reach; y += 6 * size) {
    for (let x = -reach; x < reach; x += step) {
      pen.fillStyle = "rgb(255 255 255 / 0.25)";
      pen.fillText(mark, x + 1, y + 1);
      pen.fillStyle = "rgb(0 0 0 / 0.2)";
      pen.fillText(mark, x, y);
    }
  }
}

/** The picture and its mark as one canvas, in the place of the empty image (or of the canvas of an earlier attempt). It is shown
    and never read back: browsers that protect their users give out noise then. */
async function marked(place, picture, mark) {
  const empty = place.querySelector("img, canvas");
  const bitmap = await createImageBitmap(picture);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.className = empty.className;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", empty.getAttribute("alt") ?? empty.getAttribute("aria-label"));
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  bitmap.close();
  drawMark(canvas, mark);
  empty.replaceWith(canvas);
}

/** Show what was opened in its place; a picture with the mark, where there is one. */
export async function show(place, data) {
  const mark = place.closest("[data-watermark]")?.dataset.watermark;
  if (place.dataset.kind === "text") {
    place.querySelector("pre").textContent = new TextDecoder().decode(data);
  } else {
    const picture = new Blob([data], { type: "image/png" });
    if (mark) await marked(place, picture, mark);
    else place.querySelector("img").src = URL.createObjectURL(picture);
  }
  place.hidden = false;
}

/** Fetch what opens an exhibit and its pages, sealed, and show them opened. Returns what went wrong, or null. */
export async function openExhibit(exhibit, identity) {
  const status = exhibit.querySelector("[data-status]");
  exhibit.querySelector("[data-failed]").hidden = true;
  try {
    const oneOff = await openBox(identity, new TextDecoder().decode(await bytes(exhibit.dataset.key)));
    for (const place of exhibit.querySelectorAll("[data-page]")) {
      await show(place, await openFile(oneOff, await bytes(place.dataset.page)));
    }
    status.hidden = true;
  } catch (error) {
    status.hidden = true;
    if (error instanceof Unreadable) exhibit.querySelector("[data-failed]").hidden = false; // else it never arrived
    return error;
  }
  return null;
}
