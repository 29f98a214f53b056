// Scrolls on to the end of the page, a screen at a time, and says how far that was. What is loaded on sight begins to load.
(async ({ from, most, pause, seconds }) => {
  // through the class: a picture named scrollingElement would answer for itself
  const of = (name) => Object.getOwnPropertyDescriptor(Document.prototype, name).get.call(document);
  const root = of("scrollingElement") || of("documentElement");
  if (!root) return { at: 0, height: 0 };
  let target = root;
  if (root.scrollHeight <= innerHeight + 8) {
    // a page whose text scrolls inside a box
    let best = 0;
    for (const element of Document.prototype.querySelectorAll.call(document, "main, div, section, article, body")) {
      const room = element.scrollHeight - element.clientHeight;
      if (room > 40 && element.clientHeight > innerHeight / 2 && room > best) {
        const flow = getComputedStyle(element).overflowY;
        if (flow === "auto" || flow === "scroll" || flow === "overlay") {
          best = room;
          target = element;
        }
      }
    }
  }
  const end = performance.now() + seconds * 1000;
  let at = from;
  for (;;) {
    const height = Math.min(target.scrollHeight, most);
    at = Math.min(at + Math.max(200, target.clientHeight * 0.9), height);
    target.scrollTop = at;
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (at >= Math.min(target.scrollHeight, most) || performance.now() > end) break;
  }
  return { at, height: target.scrollHeight };
})
