/* Only an enhancement: every button sends its form without it. Keys count only while the proposition or one of its buttons has
   the focus, so that they disturb nobody who types, or who reads with a screen reader. */
const shown = () => {
  document.querySelectorAll(".keys[hidden]").forEach((hint) => { hint.hidden = false; });
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const asked = event.target.closest && event.target.closest(".asked");
  const button = asked && [...asked.querySelectorAll("button[data-key]")].find((each) => each.dataset.key === event.key);
  if (button) { event.preventDefault(); button.click(); }
});
/* The next proposition is read aloud because it gets the focus; how many are left is said after it. */
document.addEventListener("htmx:afterSettle", () => {
  shown();
  const part = document.getElementById("answering");
  const told = document.getElementById("told");
  if (!part || !told) return;
  told.textContent = part.dataset.told;
  document.getElementById("proposition").focus();
});
document.addEventListener("DOMContentLoaded", () => {
  shown();
  if (window.location.hash === "#proposition") document.getElementById("proposition").focus();
});
