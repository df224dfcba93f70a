// Passkeys: asks the browser for a key, or for a signature with one, and sends its answer with the form.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const opened = ({ publicKey }) => {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) options[list] = options[list].map((key) => ({ ...key, id: bytes(key.id) }));
  }
  return { publicKey: options };
};

const packed = (key) => {
  const response = { clientDataJSON: text(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = text(key.response[part]);
  }
  return JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response,
    clientExtensionResults: key.getClientExtensionResults(),
  });
};

const form = document.querySelector("form[data-passkey]");
const answer = form?.querySelector("[data-answer]");
if (form && !(window.isSecureContext && window.PublicKeyCredential)) {
  document.querySelector("[data-unsupported]").hidden = false;
  form.hidden = true;
} else if (form) {
  const failed = document.querySelector("[data-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      answer.value ||= packed(await navigator.credentials[form.dataset.passkey](opened(JSON.parse(form.dataset.options))));
    } catch {
      failed.hidden = false;
      return;
    }
    form.submit();
  });
}
