// What the pages do: sign in, enrol, decide. A passkey signs; the server verifies.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

async function post(path, said) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Wharf-CSRF": csrf() },
    body: JSON.stringify(said),
  });
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error((body.rule ? body.rule + ": " : "") + body.error);
  }
  return body;
}

function say(words, bad) {
  const line = document.querySelector(".said");
  line.textContent = words;
  line.classList.toggle("bad", Boolean(bad));
}

// A browser names its reasons for programmers; these are for people.
function reason(error) {
  if (error.name === "NotAllowedError") {
    return "No passkey answered: it was cancelled, took too long, or none of this site is here.";
  }
  return error.message;
}

async function touch(challenge, site) {
  const made = await navigator.credentials.get({
    publicKey: { challenge: bytes(challenge), rpId: site, userVerification: "preferred", timeout: 120000 },
  });
  return {
    authenticator_data: text(made.response.authenticatorData),
    client_data: text(made.response.clientDataJSON),
    signature: text(made.response.signature),
  };
}

// Asked for anew by this page itself: after a link from elsewhere the browser keeps the cookie back.
const again = () => location.replace(location.pathname + location.search);

async function login(button) {
  const { challenge } = await post("/api/challenge", {});
  await post("/api/login", { challenge, ...(await touch(challenge, button.dataset.site)) });
  again();
}

async function pending() {
  const answer = await fetch("/api/pending");
  return answer.ok ? (await answer.json()).data.pending : null;
}

// Whoever followed a link may be signed in already: looked for once a page.
async function arrive() {
  const looked = sessionStorage.getItem("looked") === location.pathname;
  sessionStorage.setItem("looked", location.pathname);
  if (!looked && (await pending())) {
    again();
  }
}

// The list follows what waits, while somebody looks.
async function follow(list) {
  const shown = [...list.children].map((one) => one.dataset.id + " " + one.dataset.state).join();
  const now = document.hidden ? null : await pending();
  if (now && now.map((one) => [one.id, one.state, one.given].join(" ")).join() !== shown) {
    again();
  }
}

async function logout() {
  await post("/api/logout", {});
  location.assign("/");
}

async function enroll(form) {
  const name = form.elements.name.value;
  const { challenge } = await post("/api/challenge", {});
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(challenge),
      rp: { id: form.dataset.site, name: "Wharfinger" },
      user: { id: new TextEncoder().encode(name), name, displayName: name },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
      attestation: "none",
    },
  });
  const { line, command, fingerprint } = await post("/api/enroll", { name, public_key: text(made.response.getPublicKey()) });
  const shown = document.querySelector(".made");
  shown.querySelector(".command").textContent = command;
  shown.querySelector("pre").textContent = line;
  shown.querySelector(".fingerprint").textContent = fingerprint;
  shown.hidden = false;
  form.hidden = true;
  say("The passkey is made.");
}

async function decide(form, decision) {
  const id = form.dataset.id;
  const sign = await post("/api/passkey/text", { id, decision });
  say("Touch your key …");
  const made = await touch(sign.challenge, form.dataset.site);
  const { said, state } = await post("/api/passkey/decide", {
    id,
    text: sign.text,
    reason: form.elements.reason.value,
    ...made,
  });
  if (state) {
    const shown = document.querySelector(".state");
    shown.textContent = state;
    shown.className = "state " + state;
  }
  say(said);
  form.querySelectorAll("button, textarea").forEach((one) => (one.disabled = true));
}

async function run(act, held) {
  held.forEach((one) => (one.disabled = true));
  try {
    await act();
  } catch (error) {
    say(reason(error), true);
    held.forEach((one) => (one.disabled = false));
  }
}

const BUTTONS = { login, logout };

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button) {
    run(() => BUTTONS[button.dataset.act](button), [button]);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  const buttons = [...form.querySelectorAll("button")];
  const decision = event.submitter?.value;
  run(() => (form.dataset.act === "enroll" ? enroll(form) : decide(form, decision)), buttons);
});

if (document.querySelector('[data-act="login"]')) {
  arrive().catch((error) => say(reason(error), true));
} else {
  sessionStorage.removeItem("looked");
}
const list = document.querySelector('[data-act="wait"]');
if (list) {
  setInterval(() => follow(list).catch((error) => console.warn("asked again soon:", error)), 5000);
}
