// Takes the page out of a tab, hands it to the local server, and keeps what came of it for the popup. Nothing of it is put into the page.
"use strict";

const MENU = "archive-quotation";
const MOST_PAGE = 16 * 1024 * 1024; // bytes, as the server takes them
const PATIENCE = 10 * 60 * 1000; // milliseconds
const LOCAL = /^http:\/\/127\.0\.0\.1(?::\d{1,5})?$/;
const SIGNS = { holds: "✓", fails: "✗", undecided: "?" };

// Scripts in pages, our own included, are not to read the token.
const closed = chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

chrome.runtime.onInstalled.addListener(() => {
  chrome.contextMenus.create({ id: MENU, title: "Archive this quotation", contexts: ["selection"], documentUrlPatterns: ["http://*/*", "https://*/*"] });
});

chrome.contextMenus.onClicked.addListener((info, tab) => {
  if (info.menuItemId !== MENU || !tab) return;
  chrome.action.openPopup?.().catch(() => {}); // where that cannot be, the sign on the button tells
  // words in a frame are the frame's; the browser names them
  archive(tab, info.frameId ? info.selectionText : null);
});

// The popup asks, and nobody else: a message that comes out of a tab is a page's.
chrome.runtime.onMessage.addListener((message, sender) => {
  const own = sender.id === chrome.runtime.id && sender.url?.split("?")[0] === chrome.runtime.getURL("popup.html");
  if (own && message?.ask === "archive" && Number.isInteger(message.tab)) chrome.tabs.get(message.tab).then((tab) => archive(tab, null));
});

async function archive(tab, words) {
  try {
    await say(tab.id, { state: "running", said: ["Reading the page."] });
    const page = await read(tab);
    if (words !== null) page.words = words;
    await hand(tab.id, page);
  } catch (error) {
    await say(tab.id, { state: "failed", error: String(error?.message ?? error) });
  }
}

// In a world of its own: neither functions that the page has put in place of the browser's nor names of its elements count there.
function collect() {
  return {
    address: location.href,
    words: String(getSelection()).trim(),
    title: document.title,
    page: `<!DOCTYPE html>\n${document.documentElement.outerHTML}`,
  };
}

async function read(tab) {
  let found;
  try {
    [found] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: collect });
  } catch {
    throw new Error("This page cannot be read by extensions.");
  }
  if (!/^https?:/.test(found.result.address)) throw new Error("Only pages of the web (http, https) can be archived.");
  return found.result;
}

async function settings() {
  await closed;
  const { address = "http://127.0.0.1:8765", token = "" } = await chrome.storage.local.get(["address", "token"]);
  if (!LOCAL.test(address) || !token) throw new Error("Give the options of this extension the server's address and token.");
  return { address, token };
}

async function ask(path, more = {}) {
  const { address, token } = await settings();
  let answer;
  try {
    answer = await fetch(address + path, {
      ...more, credentials: "omit", redirect: "error", cache: "no-store", headers: { Authorization: `Bearer ${token}` },
    });
  } catch {
    throw new Error(`Nothing answers at ${address}; start it with: archiver serve`);
  }
  if (answer.status === 403) throw new Error("The server refuses the token; it has a new one after each start. Give it to the options of this extension.");
  const value = await answer.json().catch(() => ({ error: `The server answered ${answer.status}.` }));
  if (!answer.ok) throw new Error(value.error ?? `The server answered ${answer.status}.`);
  return value;
}

async function hand(tab, page) {
  const body = new FormData();
  const file = new Blob([page.page], { type: "text/html" });
  if (file.size > MOST_PAGE) throw new Error("This page is larger than 16 MiB.");
  body.set("address", page.address);
  body.set("words", page.words);
  body.set("title", page.title.slice(0, 500));
  body.set("time", new Date().toISOString());
  body.set("page", file, "page.html");
  let act = await ask("/api/receiving", { method: "POST", body });
  const end = Date.now() + PATIENCE;
  while (["waiting", "running"].includes(act.state)) {
    if (Date.now() > end) throw new Error("It takes long; look at the server's page for what came of it.");
    await say(tab, { state: "running", said: act.said, words: page.words });
    await new Promise((done) => setTimeout(done, 400));
    act = await ask(`/api/receiving/${encodeURIComponent(act.id)}`);
  }
  await say(tab, { state: act.state, said: act.said, words: page.words, error: act.error, to: act.to, verdicts: act.verdicts ?? [] });
}

// What is known of a tab, for the popup, while the browser runs; and the sign on the button.
async function say(tab, what) {
  const { address = "" } = await chrome.storage.local.get("address");
  await chrome.storage.session.set({ [`tab-${tab}`]: { ...what, at: address || "http://127.0.0.1:8765" } });
  const shown = (what.verdicts ?? []).map((verdict) => SIGNS[verdict.standing] ?? "?").join("");
  const text = what.state === "running" ? "…" : what.state === "done" ? shown || "+" : "!";
  await chrome.action.setBadgeText({ tabId: tab, text }).catch(() => {}); // the tab may be closed by now
}

chrome.tabs.onRemoved.addListener((tab) => chrome.storage.session.remove(`tab-${tab}`));
