/* The evidence beside the form of a reading: one piece at a time, opened here with the reader's key, which lives in a variable of
   this page. On a narrow screen, and without script, the same links lead to the page of the evidence. */
const pane = document.querySelector("[data-beside]");
const opener = document.querySelector("[data-open-beside]");
const wide = matchMedia("(min-width: 64em)");
const pieces = [...pane.querySelectorAll("[data-shown-alone]")];
const key = pane.querySelector("[data-open-key]");
let identity = null;
let chosen = null;
let back = null; // where the reader wrote
let isPrepared = false;

/** Whether pieces are open here that would be gone with the page. */
export const isUnsealed = () => identity !== null;
export const isIn = (element) => pane.contains(element);

/** Load what unseals only once evidence is asked for: it makes the page begin anew when the browser brings it back. */
async function prepare() {
  if (isPrepared || !key) return;
  isPrepared = true;
  const { whenOpened } = await import("../people/opening.js");
  whenOpened(key, async (opened) => {
    identity = opened.identity;
    pane.querySelector("[data-opened]").hidden = false;
    pane.querySelector("[data-until-opened]").hidden = true; // room for the picture
    const trouble = await unseal(chosen);
    if (!trouble) chosen.querySelector("h3").focus();
  });
}

/** Open a piece once. What went wrong is said where the key is opened, so that it can be tried again. */
async function unseal(piece) {
  if (!identity || !piece.matches("[data-exhibit]") || piece.dataset.begun) return null;
  piece.dataset.begun = "yes";
  const [{ openExhibit }, { say }] = await Promise.all([import("../people/exhibits.js"), import("../people/opening.js")]);
  piece.querySelector("[data-status]").hidden = false;
  const trouble = await openExhibit(piece, identity);
  if (trouble) {
    delete piece.dataset.begun;
    key.hidden = false;
    say(key, trouble);
  }
  return trouble;
}

function focusOn(piece) {
  const phrase = piece.matches("[data-exhibit]") && !identity && key?.querySelector("[data-open-phrase] input");
  (phrase || piece.querySelector("h3")).focus();
}

/** Stand beside the form, which grows narrower and longer: where the reader wrote stays in sight, and so does the evidence. */
function open() {
  if (!pane.hidden) return;
  pane.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  back?.scrollIntoView({ block: "nearest" });
  if (pane.getBoundingClientRect().top > innerHeight / 3) pane.scrollIntoView();
}

async function choose(piece) {
  const from = document.activeElement;
  if (!isIn(from) && from !== document.body) back = from;
  chosen = piece;
  pieces.forEach((each) => { each.hidden = each !== piece; });
  pane.querySelectorAll("nav [data-piece]").forEach((link) => {
    if (link.dataset.piece !== piece.id) link.removeAttribute("aria-current");
    else link.setAttribute("aria-current", "true");
  });
  open();
  pane.querySelector("nav [aria-current]").scrollIntoView({ block: "nearest" });
  await prepare();
  focusOn(piece);
  await unseal(piece);
}

function close() {
  pane.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  (back?.isConnected ? back : opener).focus();
}

/** The first piece that belongs to the part in which the reader writes, or the first of all. */
function nearest() {
  const link = document.activeElement.closest("[data-part]")?.querySelector("[data-piece]");
  return pieces.find((piece) => piece.id === link?.dataset.piece) ?? pieces[0];
}

/** To the evidence, or back to where the reader wrote. */
export function change() {
  if (isIn(document.activeElement)) (back?.isConnected ? back : opener).focus();
  else if (pieces.length && (wide.matches || !pane.hidden)) choose(chosen ?? nearest());
}

/** To the piece after the one that is shown, or before it. */
export function step(by) {
  const at = pieces.indexOf(chosen) + by;
  choose(pieces[Math.min(Math.max(at, 0), pieces.length - 1)]);
}

if (opener) {
  const fit = () => document.querySelectorAll("[data-if-wide]").forEach((part) => { part.hidden = !wide.matches; });
  wide.addEventListener("change", fit);
  fit();
  opener.addEventListener("click", () => (pane.hidden ? change() : close()));
  pane.querySelector("[data-close-beside]").addEventListener("click", close);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-piece]");
    const isOther = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey; // a new tab or window is asked for
    if (!link || isOther || (pane.hidden && !wide.matches)) return;
    event.preventDefault();
    choose(document.getElementById(link.dataset.piece));
  });
}
