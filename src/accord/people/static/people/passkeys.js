/* Passkeys: asks the device, puts its answer into the form, sends it. Forms that need it are shown only where it works. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const letters = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  // What the server says, as the browser wants it.
  const opened = ({ publicKey }) => {
    const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
    if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (options[list]) options[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
    }
    return { publicKey: options };
  };

  // What the device says, as the server wants it.
  const closed = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = letters(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: letters(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };

  const options = async (form) => {
    if (form.dataset.options) {
      const kept = JSON.parse(document.getElementById(form.dataset.options).textContent);
      return kept.creation_options || kept.request_options;
    }
    const answer = await fetch(form.dataset.from, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const wanted = opened(await options(form));
    if (form.dataset.passkey !== "create") return navigator.credentials.get(wanted);
    const alone = form.elements.passwordless?.checked;
    const kind = { ...wanted.publicKey.authenticatorSelection };
    kind.residentKey = alone ? "required" : "discouraged";
    kind.requireResidentKey = Boolean(alone);
    if (alone) kind.userVerification = "required";
    wanted.publicKey.authenticatorSelection = kind;
    return navigator.credentials.create(wanted);
  };

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[data-problem]");
      problem.hidden = true;
      try {
        form.elements.credential.value = closed(await ask(form));
        form.submit();
      } catch {
        form.sentAt = 0;
        problem.hidden = false;
      }
    });
  }
})();
