// Looks for a banner that asks for consent, and in it for the one button that refuses; presses that and nothing else.
(({ about, refuse, necessary, selectors }) => {
  const ABOUT = new RegExp(about, "iu");
  const NAMED = /cookie|consent|gdpr|dsgvo|rgpd|privacy|onetrust|didomi|usercentrics|cmp|truste|qc-cmp|sp_message|cybot|iubenda|klaro|osano|quantcast|borlabs|cookiebot|cookielaw|axeptio|tarteaucitron/i;
  const squash = (text) => (text || "").normalize("NFKC").toLowerCase().replace(/[\s\u00a0]+/g, " ").replace(/[.!…›»→>×✕✖]+$/u, "").trim();
  const REFUSE = new Set(refuse.map(squash));
  const NECESSARY = new Set(necessary.map(squash));
  // a form answers for its fields, a document for its pictures: <input name="innerText"> must not end the search
  const guarded = (test) => (...given) => {
    try {
      return test(...given);
    } catch {
      return false;
    }
  };
  const shown = guarded((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (!element.checkVisibility || element.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
  });
  // every element, those in open shadow trees too
  const all = [];
  const roots = [document];
  while (roots.length && all.length < 60000) {
    const root = roots.pop();
    for (const element of (root === document ? Document : ShadowRoot).prototype.querySelectorAll.call(root, "*")) {
      all.push(element);
      if (element.shadowRoot instanceof ShadowRoot) roots.push(element.shadowRoot);
    }
  }
  const upward = Object.getOwnPropertyDescriptor(Node.prototype, "parentElement").get;
  const parentOf = (element) => {
    const root = Node.prototype.getRootNode.call(element);
    return upward.call(element) || (root instanceof ShadowRoot ? root.host : null);
  };
  const isBanner = guarded((element) => {
    const style = getComputedStyle(element);
    const over = style.position === "fixed" || style.position === "sticky" || element.localName === "dialog" ||
      element.getAttribute("role") === "dialog" || element.getAttribute("role") === "alertdialog" || element.getAttribute("aria-modal") === "true";
    const named = NAMED.test(`${element.id} ${typeof element.className === "string" ? element.className : ""} ${element.localName.includes("-") ? element.localName : ""}`);
    return (over || named) && ABOUT.test((element.innerText || element.textContent || "").slice(0, 6000) + (element.shadowRoot instanceof ShadowRoot ? element.shadowRoot.textContent.slice(0, 6000) : ""));
  });
  const bannerOf = (button) => {
    let found = null;
    for (let element = button, depth = 0; element && depth < 14; element = parentOf(element), depth++) {
      if (Element.prototype.matches.call(element, "body, html")) break;
      if (isBanner(element)) found = element;
    }
    // a page of its own for it, as consent frames are
    if (!found && window.top !== window && ABOUT.test((document.body?.innerText || "").slice(0, 6000))) found = document.body;
    return found;
  };
  const nameOf = (element) => `${element.localName}${element.id ? "#" + element.id : ""}`.slice(0, 80);
  const press = (button, rule) => {
    const banner = bannerOf(button);
    const words = (button.innerText || button.value || button.getAttribute("aria-label") || "").trim().slice(0, 120);
    button.click();
    return { pressed: words, rule, banner: banner ? nameOf(banner) : "", address: location.href.slice(0, 300) };
  };
  for (const selector of selectors) {
    for (const root of [document, ...all.filter((element) => element.shadowRoot instanceof ShadowRoot).map((element) => element.shadowRoot)]) {
      const button = (root === document ? Document : ShadowRoot).prototype.querySelector.call(root, selector);
      if (button && shown(button)) return press(button, selector);
    }
  }
  const buttons = all.filter(guarded((element) =>
    (element.localName === "button" || element.localName === "a" || element.getAttribute("role") === "button" ||
      (element.localName === "input" && (element.type === "button" || element.type === "submit")))));
  for (const [words, rule] of [[REFUSE, "refuse"], [NECESSARY, "necessary-only"]]) {
    for (const button of buttons) {
      const own = squash(button.innerText || button.value) || squash(button.getAttribute("aria-label"));
      if (own.length < 80 && words.has(own) && shown(button) && bannerOf(button)) {
        // a link that leads to another page is no button
        const href = button.localName === "a" ? button.getAttribute("href") : null;
        if (href && !href.startsWith("#") && !href.startsWith("javascript:")) continue;
        return press(button, rule);
      }
    }
  }
  const open = all.find(guarded((element) => {
    if (element.localName === "body" || element.localName === "html") return false;
    if (!NAMED.test(`${element.id} ${typeof element.className === "string" ? element.className : ""}`)) return false;
    const style = getComputedStyle(element);
    return (style.position === "fixed" || style.position === "sticky" || element.getAttribute("role") === "dialog") && shown(element) && ABOUT.test((element.innerText || "").slice(0, 6000));
  }));
  return open ? { open: nameOf(open) } : null;
})
