/* The composer with a pointer and with buttons. The form is the truth: whatever is dragged, put, moved or cleared here only
   changes its lists, and the page without script does the same with them. Nothing is saved but by "Save seats". */
const root = document.getElementById("composer");
const form = document.getElementById("seats");
const said = document.getElementById("said");
const tip = document.getElementById("tip");
const dialog = document.getElementById("put");
const cards = [...root.querySelectorAll("[data-person]")];
const rows = [...form.querySelectorAll("[data-seat]")];
const cardOf = (reference) => cards.find((card) => card.dataset.person === reference);
const selectOf = (row) => row.querySelector("select");
const rowOf = (number) => rows.find((row) => row.dataset.seat === String(number));
const numberOf = (row) => row.dataset.seat;
const rowWith = (reference) => rows.find((row) => selectOf(row).value === reference);
const nameOf = (reference) => cardOf(reference)?.dataset.name
  || [...selectOf(rows[0]).options].find((option) => option.value === reference)?.text || "";
const words = (key, values) => root.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const state = () => rows.map((row) => `${selectOf(row).value}/${row.querySelector("[type=checkbox]").checked}`).join();
const saved = state();
let last = "";
let isLeaving = false;

/* What happened is said once the marks have answered, with what they say. */
function changed(text) {
  last = text;
  said.textContent = text;
  form.dispatchEvent(new Event("change", { bubbles: true }));
  show();
}

function show() {
  for (const row of rows) row.classList.toggle("taken", Boolean(selectOf(row).value));
  for (const card of cards) {
    const row = rowWith(card.dataset.person);
    const at = card.querySelector("[data-at]");
    at.hidden = !row;
    at.textContent = row ? words("seat", { number: numberOf(row) }) : "";
    card.dataset.place = row ? "on" : "off";
  }
  for (const cell of document.querySelectorAll("#strip [data-seat]")) cell.classList.toggle("taken", Boolean(selectOf(rowOf(cell.dataset.seat)).value));
  root.querySelector("[data-unsaved-mark]").hidden = !isUnsaved();
}
const isUnsaved = () => "unsaved" in root.dataset || state() !== saved;

/* A person onto a seat. Who sat there takes the seat that becomes free, if the person had one. */
function put(reference, number) {
  const row = rowOf(number);
  const before = rowWith(reference);
  if (!row || row === before) return;
  const other = selectOf(row).value;
  if (before) selectOf(before).value = other;
  selectOf(row).value = reference;
  const values = { name: nameOf(reference), number, other: nameOf(other), from: before ? numberOf(before) : "" };
  changed(before && other ? words("exchanged", values) : words("onSeat", values));
}

function clear(row) {
  if (!selectOf(row).value) return;
  selectOf(row).value = "";
  changed(words("cleared", { number: numberOf(row) }));
}

/* Chosen in a list. Arrows pass over names that stand elsewhere, so nobody is moved here: the marks say who stands twice. */
form.addEventListener("change", (event) => {
  const row = event.target.closest?.("[data-seat]");
  if (row && event.target.matches("select")) {
    const number = numberOf(row);
    last = event.target.value ? words("onSeat", { name: nameOf(event.target.value), number }) : words("cleared", { number });
  }
  show();
});

/* The buttons beside every drag: a dialog that asks for the seat. */
let asked = { reference: "", from: null };
function ask(reference, opener) {
  asked = { reference, from: opener };
  document.getElementById("put-title").textContent = words("title", { name: nameOf(reference) });
  const select = document.getElementById("put-seat");
  select.replaceChildren(...rows.map((row) => {
    const sitting = selectOf(row).value;
    const values = { number: numberOf(row), name: nameOf(sitting) };
    return new Option(words(sitting ? "taken" : "seat", values), numberOf(row));
  }));
  const free = rows.find((row) => !selectOf(row).value);
  if (free) select.value = numberOf(free);
  dialog.returnValue = "";
  dialog.showModal();
}
dialog.addEventListener("close", () => {
  if (dialog.returnValue === "put") put(asked.reference, document.getElementById("put-seat").value);
  asked.from?.focus();
});
root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = button?.closest("[data-seat]");
  if (button?.matches("[data-put]")) ask(button.closest("[data-person]").dataset.person, button);
  else if (button?.matches("[data-clear]")) clear(row);
  else if (button?.matches("[data-move]") && selectOf(row).value) ask(selectOf(row).value, button);
});

/* Dragging: a mouse from anywhere on a card or a taken seat, a finger by the grip. */
const ghost = document.getElementById("ghost");
const strip = document.getElementById("strip");
let drag = null;
root.addEventListener("pointerdown", (event) => {
  const source = event.target.closest("[data-person], .composer-seat");
  const isGrip = event.target.closest("[data-grip]");
  if (!source || event.button || (!isGrip && (event.pointerType !== "mouse" || event.target.closest("button, select, input, summary, label, a, details")))) return;
  const reference = source.dataset.person || selectOf(source).value;
  if (reference) drag = { reference, x: event.clientX, y: event.clientY, moving: false, id: event.pointerId };
});
function over(event) {
  const place = document.elementFromPoint(event.clientX, event.clientY)?.closest(".composer-seat, #strip [data-seat], #pool");
  for (const one of root.querySelectorAll(".over")) one.classList.remove("over");
  place?.classList.add("over");
  return place;
}
addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  if (!drag.moving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
  if (!drag.moving) {
    drag.moving = true;
    ghost.textContent = nameOf(drag.reference);
    ghost.hidden = false;
    strip.hidden = matchMedia("(min-width: 64em)").matches;
    document.body.classList.add("dragging");
    hideTip();
  }
  event.preventDefault();
  ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
  if (event.clientY < 60) scrollBy(0, -12);
  if (event.clientY > innerHeight - 60) scrollBy(0, 12);
  over(event);
});
function dropped(event, isCancelled) {
  if (!drag || event.pointerId !== drag.id) return;
  const { reference, moving } = drag;
  const place = moving && !isCancelled ? over(event) : null;
  drag = null;
  ghost.hidden = true;
  strip.hidden = true;
  document.body.classList.remove("dragging");
  for (const one of root.querySelectorAll(".over")) one.classList.remove("over");
  if (place?.dataset.seat) put(reference, place.dataset.seat);
  else if (place?.id === "pool" && rowWith(reference)) clear(rowWith(reference));
}
addEventListener("pointerup", (event) => dropped(event, false));
addEventListener("pointercancel", (event) => dropped(event, true));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (drag) dropped({ pointerId: drag.id }, true);
  hideTip();
});

/* Why not: shown at a card that is pointed at or has the focus, until one leaves it, goes on, or presses Escape. */
let shownFor = null;
let leaving = 0;
function showTip(card) {
  clearTimeout(leaving);
  const why = card.querySelector("[data-why]");
  if (shownFor === card || drag?.moving) return;
  hideTip();
  if (why.hidden || why.open || !tip.showPopover) return;
  tip.replaceChildren(why.querySelector("ul").cloneNode(true));
  tip.firstChild.removeAttribute("id");
  tip.showPopover();
  shownFor = card;
  settle();
}
function settle() {
  if (!shownFor) return;
  const at = shownFor.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left), innerWidth - tip.offsetWidth - 8);
  const isBelow = at.bottom + tip.offsetHeight + 4 < innerHeight;
  tip.style.transform = `translate(${left}px, ${isBelow ? at.bottom + 2 : Math.max(4, at.top - tip.offsetHeight - 2)}px)`;
}
function hideTip() {
  clearTimeout(leaving);
  if (shownFor) tip.hidePopover();
  shownFor = null;
}
const leave = () => { clearTimeout(leaving); leaving = setTimeout(hideTip, 250); };
for (const card of cards) {
  card.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") showTip(card); });
  card.addEventListener("pointerleave", leave);
  card.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) showTip(card); });
  card.addEventListener("focusout", leave);
  card.querySelector("[data-why]").addEventListener("toggle", (event) => { if (event.target.open) hideTip(); });
}
tip.addEventListener("pointerenter", () => clearTimeout(leaving));
tip.addEventListener("pointerleave", leave);
addEventListener("scroll", settle, { passive: true, capture: true });

/* The answer of the server: the marks stand, the rest goes to the cards and to the live region. */
function answered() {
  const texts = new Map();
  for (const item of document.querySelectorAll("#marks [data-why-nots] > li")) {
    for (const reference of item.dataset.people.split(" ")) texts.set(reference, [...item.children].map((one) => one.textContent));
  }
  for (const card of cards) {
    const why = card.querySelector("[data-why]");
    const found = texts.get(card.dataset.person) || [];
    why.hidden = !found.length;
    why.querySelector("ul").replaceChildren(...found.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    card.classList.toggle("barred", found.length > 0);
    const button = card.querySelector("[data-put]");
    if (found.length) button.setAttribute("aria-describedby", why.querySelector("ul").id);
    else button.removeAttribute("aria-describedby");
  }
}
let wasOpen = false;
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id === "marks") wasOpen = Boolean(event.target.querySelector("details[open]"));
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "marks") {
    const single = event.target.querySelector("details");
    if (single && wasOpen) single.open = true;
    answered();
    said.textContent = `${last} ${event.target.querySelector("[data-said]").textContent}`.trim();
  }
  if (event.target.id === "found") {
    for (const one of event.target.querySelectorAll("[data-once-value]")) one.value = form.elements.once.value;
    event.target.querySelector("[data-found]")?.focus();
  }
});

/* Filters act at once; the address keeps none of it. */
const filters = [...root.querySelectorAll("[data-filter]")];
function filtered() {
  for (const card of cards) card.hidden = filters.some((one) => one.value && card.getAttribute(`data-${one.dataset.filter}`) !== one.value);
  document.getElementById("shown").textContent = words("shown", { number: cards.filter((card) => !card.hidden).length });
}
for (const filter of filters) filter.addEventListener("change", filtered);

/* On a phone people and seats are two sides of the page; beside each other both stand. */
const places = [...root.querySelectorAll(".composer-places a")];
const sides = ["#pool", "#seats-part"];
function turn(hash) {
  if (sides.includes(hash)) root.dataset.part = hash.slice(1);
  for (const place of places) {
    if (place.hash === `#${root.dataset.part}`) place.setAttribute("aria-current", "true");
    else place.removeAttribute("aria-current");
  }
}
for (const place of places) place.addEventListener("click", () => turn(place.hash));
turn(sides.includes(location.hash) ? location.hash : "#seats-part");

/* What is not saved is not lost unasked. */
addEventListener("submit", (event) => { isLeaving ||= event.target.method !== "dialog"; });
addEventListener("beforeunload", (event) => { if (!isLeaving && isUnsaved()) event.preventDefault(); });
addEventListener("pageshow", () => { isLeaving = false; show(); });

root.classList.add("with-script");
for (const one of root.querySelectorAll("[data-put], [data-moves], [data-grip]")) one.hidden = false;
show();
answered();
