/* What a browser does with keys of people: makes an identity, wraps it, opens it, and opens what is sealed to it.

   An ES module without globals and without anything that trusted types refuse. An identity lives in a variable of the
   page and nowhere else: it is not sent, not stored, and gone when the page is left. The formats are those of
   `hemicycle/people/wraps.py`, which opens the same things in Python. */
import { Decrypter, Encrypter, armor, bech32, generateX25519Identity, identityToRecipient } from "../vendor/age/age.min.js";

const ROUNDS = 600000;
const INFO = "hemicycle reader key";
const SHARE = "hemicycle custodian share";
const PREFIX = "AGE-SECRET-KEY-";
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const utf8 = (text) => new TextEncoder().encode(text);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** Something that cannot be opened or read; `code` says why, so that a page can say it in its language. */
export class Unreadable extends Error {
  constructor(code) {
    super(code);
    this.name = "Unreadable";
    this.code = code;
  }
}

const refuse = (code) => { throw new Unreadable(code); };

/* Base64 as JSON carries it. */
export const toText = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
export const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

/* Identities --------------------------------------------------------------------------------------------------- */

/** A new identity: {identity: "AGE-SECRET-KEY-1...", recipient: "age1..."}. */
export async function makeIdentity() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The recipient of an identity, the half that may be known. */
export async function recipientOf(identity) {
  return identityToRecipient(identity);
}

/** An identity as it was typed or pasted from the sheet: spaces, hyphens and case do not matter. */
export function readIdentity(typed) {
  const letters = typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (!letters.startsWith("AGESECRETKEY1")) refuse("identity");
  const identity = PREFIX + letters.slice("AGESECRETKEY".length);
  return encodeIdentity(decodeIdentity(identity));
}

/** An identity in groups of four for a sheet of paper: ["AGE-SECRET-KEY-1", "QPZR", ...]. */
export function inGroups(identity) {
  const head = PREFIX + "1";
  return [head, ...identity.slice(head.length).match(/.{1,4}/g)];
}

function decodeIdentity(identity) {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(identity);
    if (prefix.toUpperCase() === PREFIX && bytes.length === 32) return bytes;
  } catch { /* said below */ }
  return refuse("identity");
}

function encodeIdentity(bytes) {
  return bech32.encodeFromBytes(PREFIX, bytes).toUpperCase();
}

/* Phrases: two-syllable words, as on a receipt (people/phrases.py), drawn here so that nobody else knows them. */

const below = (limit) => {
  const whole = 256 - (256 % limit); // evenly: what would favour the first letters is thrown away
  for (;;) {
    const [byte] = random(1);
    if (byte < whole) return byte % limit;
  }
};

/** `words` words of the given letters, none of which is in `avoided`. */
export function drawPhrase({ consonants, vowels, avoided, words }) {
  const unwanted = new Set(avoided);
  const drawn = [];
  while (drawn.length < words) {
    const word = [consonants, vowels, consonants, vowels].map((letters) => letters[below(letters.length)]).join("");
    if (!unwanted.has(word)) drawn.push(word);
  }
  return drawn.join(" ");
}

const CYRILLIC = "абдефгийклмнопрстувз";
const LATIN = "abdefgiiklmnoprstuvz";

/** A typed receipt phrase as it was made (people/phrases.py, `plain`): case, spaces and Cyrillic letters do not matter. */
export function receiptPhrase(typed) {
  const letters = Array.from(typed.normalize("NFKC").toLowerCase(), (letter) => LATIN[CYRILLIC.indexOf(letter)] ?? letter);
  return letters.join("").replace(/[^a-z]/g, "");
}

/* Wraps: an identity under a passphrase or a passkey, which the server may keep ---------------------------------- */

const plain = (passphrase) => passphrase.normalize("NFKC").trim().replace(/\s+/g, " ");

async function passphraseKey(passphrase, salt, rounds) {
  const words = await crypto.subtle.importKey("raw", utf8(plain(passphrase)), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, words, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function passkeyKey(output, salt) {
  const secret = await crypto.subtle.importKey("raw", output, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: utf8(INFO) };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function box(identity, recipient, key) {
  const nonce = random(12);
  const how = { name: "AES-GCM", iv: nonce, additionalData: utf8(recipient) };
  return { nonce: toText(nonce), box: toText(await crypto.subtle.encrypt(how, key, utf8(identity))) };
}

/** {"kind": "passphrase", "rounds", "salt", "nonce", "box"}. */
export async function wrapWithPassphrase(identity, recipient, passphrase, rounds = ROUNDS) {
  const salt = random(16);
  const key = await passphraseKey(passphrase, salt, rounds);
  return { kind: "passphrase", rounds, salt: toText(salt), ...(await box(identity, recipient, key)) };
}

/** {"kind": "prf", "credential", "salt", "nonce", "box"}; `asked` is what `askPasskey` returned. */
export async function wrapWithPasskey(identity, recipient, asked) {
  const key = await passkeyKey(asked.output, toBytes(asked.salt));
  return { kind: "prf", credential: asked.credential, salt: asked.salt, ...(await box(identity, recipient, key)) };
}

/** The identity in a wrap. `secret` is {passphrase} or {output}, the bytes that the passkey gave. */
export async function openWrap(wrap, recipient, secret) {
  const salt = toBytes(wrap.salt);
  const key = wrap.kind === "prf" ? await passkeyKey(secret.output, salt) : await passphraseKey(secret.passphrase, salt, wrap.rounds);
  let identity;
  try {
    const how = { name: "AES-GCM", iv: toBytes(wrap.nonce), additionalData: utf8(recipient) };
    identity = new TextDecoder().decode(await crypto.subtle.decrypt(how, key, toBytes(wrap.box)));
  } catch {
    refuse(wrap.kind === "prf" ? "passkey" : "passphrase");
  }
  if (await recipientOf(identity) !== recipient) refuse("recipient");
  return identity;
}

/* Passkeys that can draw a secret (WebAuthn's extension `prf`) ---------------------------------------------------- */

/** Whether this browser may be able to; the device itself says so only when it is asked. */
export function mayAskPasskey() {
  return Boolean(window.PublicKeyCredential && navigator.credentials);
}

/** Ask for a passkey's secret. `salts` maps a credential's id (base64url) to its salt (base64).
    Returns {credential, salt, output}; refuses with "passkey" when the device cannot. */
export async function askPasskey(salts) {
  const entries = Object.entries(salts);
  const evalByCredential = Object.fromEntries(entries.map(([id, salt]) => [id, { first: toBytes(salt) }]));
  let credential;
  try {
    credential = await navigator.credentials.get({
      publicKey: {
        challenge: random(32), // proves nothing to the server: only the secret is wanted, and it stays here
        allowCredentials: entries.map(([id]) => ({ type: "public-key", id: toBytes(id) })),
        userVerification: "required",
        extensions: { prf: { evalByCredential } },
      },
    });
  } catch {
    refuse("passkey");
  }
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!first) refuse("passkey");
  return { credential: credential.id, salt: salts[credential.id], output: new Uint8Array(first) };
}

/** A salt for a passkey that wraps for the first time. */
export function newSalt() {
  return toText(random(32));
}

/** Open an identity with whichever of the person's passkeys is at hand. */
export async function openWithPasskey(wraps, recipient) {
  const usable = wraps.filter((wrap) => wrap.kind === "prf");
  const asked = await askPasskey(Object.fromEntries(usable.map((wrap) => [wrap.credential, wrap.salt])));
  return openWrap(usable.find((wrap) => wrap.credential === asked.credential), recipient, asked);
}

/** Open an identity with a passphrase, whichever of the wraps it fits. */
export async function openWithPassphrase(wraps, recipient, passphrase) {
  for (const wrap of wraps.filter((each) => each.kind === "passphrase")) {
    try {
      return await openWrap(wrap, recipient, { passphrase });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  return refuse("passphrase");
}

/* Shares of a custodian's identity: number (1), tag of the recipient (4), share (32), checksum (3), in Crockford's
   base 32: 64 letters in groups of four. Either share alone is random bytes. */

const sha256 = async (...parts) => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => { whole.set(part, at); return at + part.length; }, 0);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
};

const crockford = (bytes) => {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{5}/g).map((five) => CROCKFORD[parseInt(five, 2)]).join("").match(/.{4}/g).join("-");
};

async function writeShare(number, tag, part) {
  const body = new Uint8Array([number, ...tag, ...part]);
  return crockford(new Uint8Array([...body, ...(await sha256(utf8(SHARE), body)).slice(0, 3)]));
}

async function readShare(typed) {
  const letters = typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1").replace(/U/g, "V");
  if (letters.length !== 64) refuse("share");
  const bits = Array.from(letters, (letter) => CROCKFORD.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g), (eight) => parseInt(eight, 2));
  const body = bytes.slice(0, 37);
  const sum = (await sha256(utf8(SHARE), body)).slice(0, 3);
  if (sum.some((byte, i) => byte !== bytes[37 + i]) || (body[0] !== 1 && body[0] !== 2)) refuse("share");
  return { number: body[0], tag: body.slice(1, 5), part: body.slice(5) };
}

const tagOf = async (recipient) => (await sha256(utf8(recipient))).slice(0, 4);

/** Two sheets, of which each alone tells nothing: ["0812-...", "1012-..."]. */
export async function splitIdentity(identity) {
  const bytes = decodeIdentity(identity);
  const tag = await tagOf(await recipientOf(identity));
  const first = random(32);
  return Promise.all([writeShare(1, tag, first), writeShare(2, tag, bytes.map((byte, i) => byte ^ first[i]))]);
}

/** The identity of two shares, in either order. Refuses with "share" (mistyped), "same" (one sheet twice) or
    "strangers" (sheets of two custodians). */
export async function joinShares(one, two) {
  const [a, b] = await Promise.all([readShare(one), readShare(two)]);
  if (a.number === b.number) refuse("same");
  const identity = encodeIdentity(a.part.map((byte, i) => byte ^ b.part[i]));
  const tag = await tagOf(await recipientOf(identity));
  if ([a, b].some((share) => share.tag.some((byte, i) => byte !== tag[i]))) refuse("strangers");
  return identity;
}

/** What the server may know of a share, to see that a sheet was read aright: {number, check}; `check` is hex. */
export async function checkOf(share) {
  const { number, tag, part } = await readShare(share);
  const digest = await sha256(utf8(SHARE + " check"), new Uint8Array([number, ...tag, ...part]));
  return { number, check: Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/* What is sealed with age ---------------------------------------------------------------------------------------- */

const ageBytes = (given) => {
  if (typeof given !== "string") return given;
  try {
    return armor.decode(given.trim());
  } catch {
    return refuse("file");
  }
};

async function decrypt(identity, given, format) {
  const bytes = ageBytes(given);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(bytes, format);
  } catch {
    return refuse("file");
  }
}

/** Open a small age file, armored or bytes, whose text is a one-off identity. */
export async function openBox(identity, given) {
  return readIdentity(await decrypt(identity, given, "text"));
}

/** Open a file that is sealed to a one-off identity. */
export async function openFile(oneOffIdentity, bytes) {
  return decrypt(oneOffIdentity, bytes, "uint8array");
}

/** Seal a text to recipients; armored. */
export async function sealTo(recipients, text) {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(text));
}
