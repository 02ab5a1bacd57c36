/* A candidate opens the own evidence here with the receipt phrase, which does not leave the browser. Where the page has to be
   changed, the server opens it: that way is folded up, and open where there is no script. */
import { openExhibit } from "../people/exhibits.js";
import { attempt, withScript } from "../people/opening.js";
import { Unreadable, openWithPassphrase, receiptPhrase } from "../people/unsealing.js";

const root = document.querySelector("[data-receipt-opens]");
if (root) {
  const keys = JSON.parse(root.dataset.keys);
  const form = root.querySelector("form");
  const server = document.querySelector("[data-server-opens]");
  withScript();
  server.open = Boolean(server.querySelector(".error"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(root, async () => {
      const [{ recipient, wraps }] = keys;
      const identity = await openWithPassphrase(wraps, recipient, receiptPhrase(form.querySelector("input").value));
      const exhibit = document.querySelector("[data-exhibit]");
      const trouble = await openExhibit(exhibit, identity);
      if (trouble instanceof Unreadable) return; // the exhibit says so
      if (trouble) throw trouble;
      form.reset();
      root.hidden = true;
      exhibit.focus();
    });
  });
}
