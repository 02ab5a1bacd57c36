/* Pages of the own reading key: made, tried, wrapped once more. */
import { Unreadable, askPasskey, drawPhrase, inGroups, makeIdentity, mayAskPasskey, newSalt, wrapWithPasskey, wrapWithPassphrase } from "./unsealing.js";
import { asTyped, attempt, places, whenOpened, withScript } from "./opening.js";

const field = (form, name) => form.querySelector(`[data-made="${name}"]`);
const askAny = (passkeys) => {
  const salt = newSalt();
  return askPasskey(Object.fromEntries(passkeys.map((id) => [id, salt])));
};

async function make(form) {
  const { identity, recipient } = await makeIdentity();
  const { consonants, vowels, avoided, words } = form.dataset;
  const phrase = drawPhrase({ consonants, vowels, avoided: avoided.split(" "), words: Number(words) });
  const groups = inGroups(identity);
  form.querySelector("[data-phrase]").textContent = phrase;
  form.querySelector("[data-groups]").replaceChildren(...groups.map((group) => {
    const item = document.createElement("li");
    item.textContent = group;
    return item;
  }));
  const asked = [places(phrase.split(" ")), places(groups.slice(1))];
  asked[1].number += 1; // the first group is the same in every key
  form.querySelectorAll("[data-number]").forEach((number, i) => { number.textContent = String(asked[i].number); });
  const passkeys = JSON.parse(form.dataset.passkeys);
  const way = form.querySelector("[data-passkey-way]");
  if (way) way.hidden = !mayAskPasskey();
  form.querySelector("[data-print]").addEventListener("click", () => window.print());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(form, async () => {
      const typed = [...form.querySelectorAll("[data-part]")].map((part) => asTyped(part.value));
      if (asked.some(({ text }, i) => asTyped(text) !== typed[i])) throw new Unreadable("parts");
      const wraps = [];
      if (form.querySelector("[data-with-passkey]")?.checked) {
        wraps.push(await wrapWithPasskey(identity, recipient, await askAny(passkeys)));
      }
      wraps.push(await wrapWithPassphrase(identity, recipient, phrase));
      field(form, "recipient").value = recipient;
      field(form, "wraps").value = JSON.stringify(wraps);
      form.submit(); // only fields with a name are sent; none of them holds the identity or the phrase
    });
  });
  form.hidden = false;
}

function addPasskey(form, { identity, recipient }) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(form, async () => {
      const asked = await askAny(JSON.parse(form.dataset.passkeys));
      field(form, "wrap").value = JSON.stringify(await wrapWithPasskey(identity, recipient, asked));
      form.submit();
    });
  });
}

withScript();
const making = document.querySelector("[data-make-key]");
const adding = document.querySelector("[data-add-passkey]");
const opening = document.querySelector("[data-open-key]");
if (making) make(making);
if (opening) {
  whenOpened(opening, (opened) => {
    if (adding) return addPasskey(adding, opened);
    const told = document.querySelector("[data-opened]");
    told.hidden = false;
    return told.focus();
  });
}
