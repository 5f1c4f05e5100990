// Passkeys (W3C Web Authentication): a form with data-passkey asks the browser for one when it is
// sent, and goes with the answer in its fields. What is asked for stands in data-options.
'use strict';

const toBytes = text => Uint8Array.from(
  atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
const toText = buffer => btoa(Array.from(new Uint8Array(buffer), b => String.fromCharCode(b)).join(''))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

// The options as the page has them, with bytes where the browser wants bytes.
function read(form) {
  const options = JSON.parse(form.dataset.options);
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const list of [options.allowCredentials, options.excludeCredentials]) {
    for (const credential of list || []) credential.id = toBytes(credential.id);
  }
  return options;
}

function send(form, credential) {
  const fields = { id: toText(credential.rawId) };
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) fields[name] = toText(credential.response[name]);
  }
  for (const name in fields) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = fields[name];
    form.append(input);
  }
  form.submit();
}

let waiting = null; // the browser allows one request at a time

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.querySelector('[data-unsupported]')?.remove();

  form.addEventListener('submit', async event => {
    event.preventDefault();
    waiting?.abort();
    try {
      send(form, await navigator.credentials[form.dataset.passkey]({ publicKey: read(form) }));
    } catch (e) {
      // Closing the browser's own window is an answer as well: the page stays as it is.
      console.info('no passkey:', e.name);
    }
  });

  // On the login page the browser also offers passkeys where the name is typed.
  if (form.hasAttribute('data-autofill') && PublicKeyCredential.isConditionalMediationAvailable) {
    PublicKeyCredential.isConditionalMediationAvailable().then(async there => {
      if (!there) return;
      waiting = new AbortController();
      send(form, await navigator.credentials.get(
        { publicKey: read(form), mediation: 'conditional', signal: waiting.signal }));
    }).catch(() => {});
  }
}
