/* A reader opens the evidence of a file: once the key is open, every page is fetched sealed and opened here. */
import { openExhibit } from "../people/exhibits.js";
import { say, whenOpened } from "../people/opening.js";

const root = document.querySelector("[data-open-key]");
if (root) {
  whenOpened(root, async ({ identity }) => {
    const exhibits = [...document.querySelectorAll("[data-exhibit]")];
    exhibits.forEach((exhibit) => { exhibit.querySelector("[data-status]").hidden = false; });
    document.querySelector("[data-opened]").hidden = false;
    document.querySelector("[data-opened]").focus();
    let trouble = null;
    for (const exhibit of exhibits) trouble = (await openExhibit(exhibit, identity)) ?? trouble;
    if (trouble) {
      root.hidden = false; // to try again
      say(root, trouble);
    }
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
  });
}
