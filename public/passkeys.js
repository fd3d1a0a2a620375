// Makes and proves passkeys (design, Passkeys): asks the server with what to begin, lets the browser ask its person, and sends what
// comes of it as the form of the page, which is answered like any other. Without it, and in browsers that know no passkeys, the
// page says so and does everything else.
for (const part of document.querySelectorAll("[data-passkey]")) {
  const form = part.querySelector("form");
  const makes = part.dataset.passkey === "make";
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON || !form) continue;
  part.hidden = false;
  let done = false;
  form.addEventListener("submit", async (event) => {
    if (done) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(part.dataset.begin, {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
        body: "by_script=true",
      });
      if (answer.ok) {
        const { id, options } = await answer.json();
        form.elements.ceremony.value = id;
        form.elements.credential.value = JSON.stringify(await ask(makes, JSON.parse(options)));
      }
      // What did not begin is sent too: the server says why, or asks who it is.
      done = true;
    } catch {
      // The browser has said why, or its person has changed their mind.
    }
    button.disabled = false;
    if (done) form.requestSubmit();
  });
}

async function ask(makes, options) {
  const of = window.PublicKeyCredential;
  return makes
    ? navigator.credentials.create({ publicKey: of.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: of.parseRequestOptionsFromJSON(options) });
}
