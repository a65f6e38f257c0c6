"use strict";

const outcome = document.getElementById("outcome");
const button = document.getElementById("accept");

button.addEventListener("click", async () => {
  button.disabled = true;
  const reply = await fetch("/v1/e/tos", {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      session_token: new URLSearchParams(location.search).get("session_token") ?? "",
      idempotency_key: crypto.randomUUID(),
    }),
  });
  const body = await reply.json();
  outcome.textContent = reply.ok
    ? `Accepted. Your reference is ${body.tos_id}.`
    : body.description;
  button.disabled = reply.ok;
  if (reply.ok && /^https?:/.test(body.redirect_url ?? "")) {
    const target = new URL(body.redirect_url);
    target.searchParams.set("tos_id", body.tos_id);
    location.assign(target);
  }
});
// Until here a press would have been lost.
button.disabled = false;
