// The scoring that the Hypothesis client published for anchoring a quotation: the best approximate match of the quote, weighed
// 50 for the quote, 20 for the prefix, 20 for the suffix and 2 for the position, over 92. No context and no position are given here.
import { readFileSync } from "node:fs";
import search from "approx-string-match";

const find = typeof search === "function" ? search : search.default;
const texts = JSON.parse(readFileSync("texts.json", "utf-8"));
const rows = JSON.parse(readFileSync("rows.json", "utf-8"));

function score(text, quote) {
  const exact = text.indexOf(quote);
  const matches = exact >= 0
    ? [{ start: exact, end: exact + quote.length, errors: 0 }]
    : find(text, quote, Math.min(256, Math.floor(quote.length / 2)));
  if (matches.length === 0) return 0;
  const weighed = matches.map((m) => (50 * (1 - m.errors / quote.length) + 20 + 20 + 2) / 92);
  return Math.max(...weighed);
}

const out = rows.map(([page, quote]) => {
  const begin = process.hrtime.bigint();
  const value = score(texts[page], quote);
  return [value, Number(process.hrtime.bigint() - begin) / 1e6];
});
console.log(JSON.stringify(out));
