"use strict";

const LOCAL = /^http:\/\/127\.0\.0\.1(?::\d{1,5})?$/;
const RECEIVING = "receive-"; // what a token begins with that can do nothing but hand pages over
const at = (id) => document.getElementById(id);

(async () => {
  await chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
  const { address = "http://127.0.0.1:8765", token = "" } = await chrome.storage.local.get(["address", "token"]);
  at("address").value = address;
  at("token").value = token;
  at("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const wanted = at("address").value.trim().replace(/\/+$/, "");
    if (!LOCAL.test(wanted)) {
      at("said").textContent = "The address begins with http://127.0.0.1: the page that you read is sent to this machine only.";
      return;
    }
    const token = at("token").value.trim();
    if (!token.startsWith(RECEIVING)) {
      at("said").textContent = `The token for receiving begins with ${RECEIVING}; a browser is not to hold the one that opens the whole archive.`;
      return;
    }
    await chrome.storage.local.set({ address: wanted, token });
    at("said").textContent = "Saved.";
  });
})();
