// What came of the tab's page: in the browser's own popup, which a page can neither read, nor cover, nor click in.
"use strict";

const HEADS = { supplied: "As you saw it (supplied by you)", captured: "As the archive was given it" };
const SIGNS = { holds: "✓", fails: "✗", undecided: "?" };

const at = (id) => document.getElementById(id);

// Words of a page become text, never markup.
function made(tag, text, style) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (style) element.className = style;
  return element;
}

function link(words, address) {
  const element = made("a", words);
  element.href = address;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}

function show(known) {
  at("state").replaceChildren();
  at("verdicts").replaceChildren();
  if (!known) return;
  at("send").disabled = known.state === "running";
  if (known.words) at("state").append(made("blockquote", known.words.slice(0, 300)));
  if (known.state === "running") at("state").append(made("p", known.said?.at(-1) ?? "Waiting."));
  if (known.error) at("state").append(made("p", known.error, "bad"));
  for (const item of known.verdicts ?? []) {
    const box = made("section", "", item.standing);
    box.append(made("h2", HEADS[item.of] ?? item.of));
    const line = made("p", `${SIGNS[item.standing] ?? "?"} ${item.word}${item.detail ? `: ${item.detail}` : ""}`, "verdict");
    line.dir = "auto";
    box.append(line, made("p", item.meaning, "meaning"), link("Proof", known.at + item.to));
    at("verdicts").append(box);
  }
  if (known.state === "done" && known.verdicts?.length === 1) at("verdicts").append(made("p", known.said?.findLast((line) => line.startsWith("The archive has no capture")) ?? ""));
  if (known.state === "done" && !known.verdicts?.length && known.to) at("verdicts").append(made("p", "Recorded. No words were selected."), link("Snapshot", known.at + known.to));
}

// A tab of its own shows the tab that its address names.
async function shownTab() {
  const named = new URLSearchParams(location.search).get("tab");
  if (named !== null) return Number(named);
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}

(async () => {
  const tab = await shownTab();
  const key = `tab-${tab}`;
  chrome.storage.session.onChanged.addListener((changes) => { if (key in changes) show(changes[key].newValue); });
  at("send").addEventListener("click", (event) => {
    if (!event.isTrusted) return;
    at("send").disabled = true;
    chrome.runtime.sendMessage({ ask: "archive", tab });
  });
  show((await chrome.storage.session.get(key))[key]);
})();
