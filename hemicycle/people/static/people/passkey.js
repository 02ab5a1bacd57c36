/* Passkeys: asks the device, puts its answer into the form, sends the form. The server checks everything.
   <form data-passkey="get|create" data-options="address of the options"> with an input named "credential"; or with
   data-public-key, the options themselves, where the page says what is signed. */
(() => {
  const supported = Boolean(window.PublicKeyCredential && navigator.credentials);
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: toBytes(key.id) }));

  const ask = async (kind, publicKey) => {
    publicKey.challenge = toBytes(publicKey.challenge);
    if (kind === "get") {
      publicKey.allowCredentials = keys(publicKey.allowCredentials);
      return navigator.credentials.get({ publicKey });
    }
    publicKey.user.id = toBytes(publicKey.user.id);
    publicKey.excludeCredentials = keys(publicKey.excludeCredentials);
    publicKey.extensions = { ...publicKey.extensions, prf: {} }; // so that it may wrap a reading key later
    return navigator.credentials.create({ publicKey });
  };

  const written = (credential) => {
    const { response } = credential;
    const answer = { clientDataJSON: toText(response.clientDataJSON) };
    if (response.attestationObject) answer.attestationObject = toText(response.attestationObject);
    if (response.authenticatorData && response.signature) {
      answer.authenticatorData = toText(response.authenticatorData);
      answer.signature = toText(response.signature);
      answer.userHandle = response.userHandle ? toText(response.userHandle) : null;
    }
    return JSON.stringify({
      id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: answer,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const options = async (form) => {
    if (form.dataset.publicKey) return JSON.parse(form.dataset.publicKey);
    const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).publicKey;
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector("[data-passkey-button]");
    const failed = form.querySelector("[data-passkey-failed]");
    if (!supported) return;
    button.hidden = false;
    form.querySelector("[data-passkey-missing]").hidden = true;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      event.stopPropagation();
      failed.hidden = true;
      button.setAttribute("aria-disabled", "true");
      try {
        const credential = await ask(form.dataset.passkey, await options(form));
        form.elements.credential.value = written(credential);
        form.submit();
      } catch (error) {
        failed.hidden = false;
        button.removeAttribute("aria-disabled");
        failed.focus();
      }
    });
  });
})();
