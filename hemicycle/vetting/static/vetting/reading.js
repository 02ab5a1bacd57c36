/* Keys of the form of a reading: Alt with S, N, J or K. Never a letter alone: whoever dictates or reads with a screen reader
   would set it off unasked. Without this script the buttons do the same. */
const form = document.querySelector("form[data-reading]");
const parts = [...form.querySelectorAll("[data-part]")];
const isMac = navigator.userAgent.includes("Mac");

function partOf(element) {
  return parts.findIndex((part) => part.contains(element));
}

function go(step) {
  const at = partOf(document.activeElement);
  const to = at < 0 ? 0 : Math.min(Math.max(at + step, 0), parts.length - 1);
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
};

addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.getModifierState("AltGraph")) return;
  // With Option a Mac writes letters: in a field they belong to the text.
  if (isMac && event.target.matches("textarea, input[type=text]")) return;
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
  if (!(letter in keys)) return;
  event.preventDefault();
  keys[letter]();
});

for (const [letter, name] of [["S", "[data-save]"], ["N", "[data-next]"]]) {
  for (const button of form.querySelectorAll(name)) button.setAttribute("aria-keyshortcuts", `Alt+${letter}`);
}
document.querySelector("[data-keys]").hidden = false;
