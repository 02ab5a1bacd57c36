/* The custodian's two holders seal the evidence of a round to its readers: each box is opened with the joined key and sealed
   anew here; only the new boxes are sent. Leaving the page stops it, and nothing was changed. */
import { attempt, whenJoined } from "../people/opening.js";
import { openBox, sealTo } from "../people/unsealing.js";

const root = document.querySelector("[data-join-sheets]");
const form = document.querySelector("[data-batch]");

async function sealAll(identity) {
  const answer = await fetch(form.dataset.from, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const rows = await answer.json();
  const bar = form.querySelector("progress");
  bar.max = rows.length;
  const made = [];
  for (const { examination, evidence, holder, recipient, box } of rows) {
    made.push({ examination, evidence, holder, recipient, box: await sealTo([recipient], await openBox(identity, box)) });
    bar.value = made.length;
  }
  form.querySelector("[name=batch]").value = JSON.stringify(made);
  form.submit();
}

if (root && form) {
  whenJoined(root, ({ identity }) => {
    form.hidden = false;
    form.focus();
    return attempt(root, () => sealAll(identity));
  });
}
