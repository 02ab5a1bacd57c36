/* Pages of the custodian's key: made and split, its second sheet confirmed, both sheets tried. */
import { Unreadable, checkOf, makeIdentity, splitIdentity } from "./unsealing.js";
import { asTyped, attempt, places, whenJoined, withScript } from "./opening.js";

const field = (form, name) => form.querySelector(`[data-made="${name}"]`);

async function make(form) {
  const { identity, recipient } = await makeIdentity();
  const sheets = await splitIdentity(identity);
  const checks = await Promise.all(sheets.map(checkOf));
  const asked = sheets.map((sheet) => places(sheet.split("-")));
  form.querySelectorAll("[data-sheet]").forEach((sheet, i) => { sheet.textContent = sheets[i]; });
  form.querySelectorAll("[data-recipient-shown]").forEach((shown) => { shown.textContent = recipient; });
  form.querySelectorAll("[data-number]").forEach((number, i) => { number.textContent = String(asked[i].number); });
  form.querySelector("[data-print]").addEventListener("click", () => window.print());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(form, async () => {
      const typed = [...form.querySelectorAll("[data-part]")].map((part) => asTyped(part.value));
      if (asked.some(({ text }, i) => text !== typed[i])) throw new Unreadable("parts");
      field(form, "recipient").value = recipient;
      field(form, "check_one").value = checks[0].check;
      field(form, "check_two").value = checks[1].check;
      form.submit(); // the sheets have no name and are not sent
    });
  });
  form.hidden = false;
}

function confirm(form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(form, async () => {
      const { number, check } = await checkOf(form.querySelector("[data-sheet]").value);
      if (number !== 2) throw new Unreadable("same");
      field(form, "check").value = check;
      form.submit();
    });
  });
}

withScript();
const making = document.querySelector("[data-make-custodian]");
const confirming = document.querySelector("[data-confirm-sheet]");
const joining = document.querySelector("[data-join-sheets]");
if (making) make(making);
if (confirming) confirm(confirming);
if (joining) {
  whenJoined(joining, () => {
    const told = document.querySelector("[data-joined]");
    told.hidden = false;
    told.focus();
  });
}
