/* The form of a reading: its keys, the evidence beside it, and nothing typed is lost unasked. Keys are Alt with a letter, never a
   letter alone: whoever dictates or reads with a screen reader would set it off unasked. Without this script the buttons do the same. */
import { change, isIn, isUnsealed, step } from "./beside.js";

const form = document.querySelector("form[data-reading]");
const parts = [...form.querySelectorAll("[data-part]")];
const isMac = navigator.userAgent.includes("Mac");

function partOf(element) {
  return parts.findIndex((part) => part.contains(element));
}

function go(by) {
  if (isIn(document.activeElement)) { step(by); return; }
  const at = partOf(document.activeElement);
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), parts.length - 1);
  parts[to].focus();
}

function saveAndNext() {
  const at = partOf(document.activeElement);
  form.requestSubmit(parts[Math.max(at, 0)].querySelector("[data-next]"));
}

const keys = {
  s: () => form.requestSubmit(form.querySelector("[data-save]")),
  n: saveAndNext,
  j: () => go(1),
  k: () => go(-1),
  e: change,
};

addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.getModifierState("AltGraph")) return;
  // With Option a Mac writes letters: in a field they belong to the text.
  if (isMac && event.target.matches("textarea, input[type=text], input[type=password]")) return;
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
  if (!(letter in keys)) return;
  event.preventDefault();
  keys[letter]();
});

for (const [letter, name] of [["S", "[data-save]"], ["N", "[data-next]"]]) {
  for (const button of form.querySelectorAll(name)) button.setAttribute("aria-keyshortcuts", `Alt+${letter}`);
}
document.querySelector("[data-keyboard]").hidden = false;

/* Whoever leaves with something typed and not saved is asked by the browser; never who leaves at once, before whom nothing may stand. */
const TOKENS = ["once", "seen", "csrfmiddlewaretoken"];
const typed = () => JSON.stringify([...new FormData(form)].filter(([name]) => !TOKENS.includes(name)));
let kept = "unsaved" in form.dataset ? null : typed();
let isLeaving = false;

addEventListener("beforeunload", (event) => {
  if (!isLeaving && kept !== typed()) event.preventDefault();
});
addEventListener("pageshow", () => { isLeaving = false; });
form.querySelector("[data-without-saving]").addEventListener("click", (event) => { isLeaving = !event.ctrlKey && !event.metaKey && !event.shiftKey; });
document.addEventListener("submit", (event) => { isLeaving ||= event.target.matches("form[data-leave]"); }, { capture: true });

/* While evidence is open beside the form, a draft is saved without leaving the page, which would shut the evidence again. */
let isSaving = false;
let isNative = false;

form.addEventListener("submit", (event) => {
  if (isNative || !isUnsealed() || !event.submitter?.matches("[data-save], [data-next]")) { isLeaving = true; return; }
  event.preventDefault();
  event.stopPropagation(); // the form stays, and is sent again
  save(event.submitter);
});

form.addEventListener("input", () => { form.querySelector("[data-kept]").textContent = ""; }); // of what is typed now it is not true

async function told(address, options) {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", ...options });
  const isTold = answer.ok && answer.headers.get("Content-Type") === "application/json";
  return { status: answer.status, said: isTold ? await answer.json() : null };
}

async function save(button) {
  if (isSaving) return;
  isSaving = true;
  const [good, bad] = [form.querySelector("[data-kept]"), form.querySelector("[data-not-kept]")];
  const now = typed();
  good.textContent = "";
  try {
    if (!bad.hidden) { // who signed in anew meanwhile has another token
      const { said } = await told(form.dataset.here);
      if (said) form.elements.csrfmiddlewaretoken.value = said.token;
    }
    const body = new URLSearchParams(new FormData(form, button));
    body.set("here", "yes");
    form.elements.once.value = crypto.randomUUID().replaceAll("-", ""); // whatever becomes of this one, the next is another
    const { status, said } = await told(button.formAction, { method: "POST", body });
    if ([409, 422].includes(status)) { // the page says what is wrong; what was typed stands on it
      isNative = true;
      form.requestSubmit(button);
      return;
    }
    bad.hidden = said !== null;
    if (said) show(said, now, good);
  } catch {
    bad.hidden = false;
  } finally {
    isSaving = false;
  }
}

function show(said, now, place) {
  kept = now;
  form.elements.seen.value = said.seen;
  form.elements.csrfmiddlewaretoken.value = said.token;
  for (const part of parts) {
    const isMissing = said.missing.includes(part.id.replace("part-", ""));
    part.querySelector("[data-complete]").hidden = isMissing;
    part.querySelector("[data-incomplete]").hidden = !isMissing;
  }
  const to = said.to && new URL(said.to, location.href);
  if (to && to.pathname !== new URL(form.action).pathname) {
    isLeaving = kept === typed();
    location.assign(to);
    return;
  }
  place.textContent = said.told.join(" ");
  if (to) document.getElementById(to.hash.slice(1))?.focus();
}
