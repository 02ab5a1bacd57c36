/* The parts of pages that open keys, for any page: `_open_key.html`, `_join_sheets.html`. Whoever includes one says here
   what to do with the opened identity; it is handed over as a value and kept nowhere. */
import { Unreadable, joinShares, mayAskPasskey, openWithPasskey, openWithPassphrase, readIdentity, recipientOf } from "./unsealing.js";

/** Show what is for browsers with script, and hide the rest. */
export function withScript(root = document) {
  root.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
  root.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
}

/** Show which of the sentences in `_said.html` fits; none without an error. */
export function say(root, error = null) {
  const code = error?.code ?? "other";
  const sentences = [...root.querySelectorAll("[data-code]")];
  const fitting = sentences.find((each) => each.dataset.code === code) ?? sentences.find((each) => each.dataset.code === "other");
  sentences.forEach((each) => { each.hidden = !error || each !== fitting; });
  if (error) root.querySelector("[data-said]").focus();
}

/** Do something that takes a moment, and say what went wrong. */
export async function attempt(root, work) {
  const working = root.querySelector("[data-working]");
  say(root);
  if (working) working.hidden = false;
  try {
    return await work();
  } catch (error) {
    say(root, error);
    return null;
  } finally {
    if (working) working.hidden = true;
  }
}

async function withSheet(keys, typed) {
  const identity = readIdentity(typed);
  const recipient = await recipientOf(identity);
  if (!keys.some((key) => key.recipient === recipient)) throw new Unreadable("recipient");
  return { identity, recipient };
}

async function firstThatOpens(keys, open) {
  let refused = new Unreadable("passphrase");
  for (const key of keys) {
    try {
      return { identity: await open(key), recipient: key.recipient };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      refused = error;
    }
  }
  throw refused;
}

/** Call `use({identity, recipient})` once the person has opened a key at `root` (`_open_key.html`). */
export function whenOpened(root, use) {
  const keys = JSON.parse(root.dataset.keys);
  const hasPasskey = keys.some((key) => key.wraps.some((wrap) => wrap.kind === "prf"));
  const phrase = root.querySelector("[data-open-phrase]");
  const sheet = root.querySelector("[data-open-sheet]");
  const open = (work) => attempt(root, async () => {
    const opened = await work();
    phrase.reset();
    sheet.reset();
    root.hidden = true;
    await use(opened);
  });
  withScript(root);
  root.querySelector("[data-passkey-way]").hidden = !(hasPasskey && mayAskPasskey());
  root.querySelector("[data-open-passkey]").addEventListener("click", () => {
    const usable = keys.filter((key) => key.wraps.some((wrap) => wrap.kind === "prf"));
    open(() => firstThatOpens(usable, (key) => openWithPasskey(key.wraps, key.recipient)));
  });
  phrase.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = phrase.querySelector("input").value;
    open(() => firstThatOpens(keys, (key) => openWithPassphrase(key.wraps, key.recipient, words)));
  });
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = sheet.querySelector("textarea").value;
    open(() => withSheet(keys, typed));
  });
}

/** Call `use({identity, recipient})` once both sheets were joined at `root` (`_join_sheets.html`). */
export function whenJoined(root, use) {
  const form = root.querySelector("form");
  withScript(root);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(root, async () => {
      const identity = await joinShares(...[...form.querySelectorAll("[data-sheet]")].map((sheet) => sheet.value));
      const recipient = await recipientOf(identity);
      if (recipient !== root.dataset.recipient) throw new Unreadable("strangers");
      form.reset();
      root.hidden = true;
      await use({ identity, recipient });
    });
  });
}

/** Two places of which the person shows that they are on paper: [{number, text}], counted from one. */
export function places(parts) {
  const [byte] = crypto.getRandomValues(new Uint8Array(1));
  const number = byte % parts.length;
  return { number: number + 1, text: parts[number] };
}

/** What was typed of a part, as it stands there. */
export const asTyped = (text) => text.normalize("NFKC").trim().toUpperCase();

/* A page that comes back from the browser's memory would still hold what it knew: it begins anew. */
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
