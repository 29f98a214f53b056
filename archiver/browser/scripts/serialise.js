// The page as it stands, written out as HTML: shadow trees as <template shadowrootmode>, and a mark on what is not shown.
// Runs in a world of its own, so that a page that redefines the DOM's functions cannot say what is written here. A form's fields and a
// document's pictures answer in every world for what they are named after (<input name="attributes">), so nodes are asked through their classes.
(({ limit, mark }) => {
  const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
  const RAW = new Set("script style xmp iframe noembed noframes noscript".split(" "));
  const out = [];
  let size = 0;
  let cut = false;
  const put = (text) => {
    size += text.length;
    if (size > limit) {
      cut = true;
    } else {
      out.push(text);
    }
  };
  const escaped = (text) =>
    text.replace(/&/g, "&amp;").replace(/\u00a0/g, "&nbsp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const quoted = (text) => text.replace(/&/g, "&amp;").replace(/\u00a0/g, "&nbsp;").replace(/"/g, "&quot;");
  // what scripts put into the tree and no parser could have read there: written as it is, it would end its element or comment, and what follows
  // would be read as words that the page shows
  const comment = (text) => (/^-?>|--!?>/.test(text) ? text.replace(/>/g, "&gt;") : text);
  const raw = (text, name) => {
    const ends = new RegExp(`</${name}`, "i").test(text) || (name === "script" && /<!--[^]*<script/i.test(text));
    return ends ? text.replace(new RegExp(`<(?=/?${name})`, "gi"), "<\\") : text;
  };
  const reader = (type, name) => {
    const read = Object.getOwnPropertyDescriptor(type.prototype, name).get;
    return (node) => read.call(node);
  };
  const [typeOf, childrenOf, textOf] = ["nodeType", "childNodes", "textContent"].map((name) => reader(Node, name));
  const [nameOf, tagOf, spaceOf, attributesOf, shadowOf] = ["localName", "tagName", "namespaceURI", "attributes", "shadowRoot"].map(
    (name) => reader(Element, name),
  );
  const contentOf = reader(HTMLTemplateElement, "content");
  const isShown = (element, name) => {
    if (name === "html" || name === "body" || name === "head" || Element.prototype.closest.call(element, "head, select, datalist, svg")) {
      return true;
    }
    const visible = Element.prototype.checkVisibility;
    if (!visible || visible.call(element, { visibilityProperty: true, contentVisibilityAuto: false })) return true;
    const style = getComputedStyle(element); // an element without a box of its own whose children have theirs counts as invisible there
    return style.display === "contents" && style.visibility === "visible";
  };
  // an explicit stack: a page may nest deeper than a script may call
  const stack = [{ node: document, shown: true }];
  while (stack.length && !cut) {
    const item = stack.pop();
    if (typeof item === "string") {
      put(item);
      continue;
    }
    const { node, shown } = item;
    switch (typeOf(node)) {
      case Node.DOCUMENT_TYPE_NODE:
        put(`<!DOCTYPE ${node.name}>`);
        break;
      case Node.TEXT_NODE:
        put(escaped(node.data));
        break;
      case Node.COMMENT_NODE:
        put(`<!--${comment(node.data)}-->`);
        break;
      case Node.DOCUMENT_NODE:
      case Node.DOCUMENT_FRAGMENT_NODE: {
        const children = [...childrenOf(node)];
        for (let at = children.length - 1; at >= 0; at--) stack.push({ node: children[at], shown });
        break;
      }
      case Node.ELEMENT_NODE: {
        const html = spaceOf(node) === "http://www.w3.org/1999/xhtml";
        const own = html ? nameOf(node) : tagOf(node);
        const name = html && own === "plaintext" ? "pre" : own; // nothing ends a <plaintext>
        put(`<${name}`);
        for (const attribute of attributesOf(node)) {
          if (attribute.name !== mark) put(` ${attribute.name}="${quoted(attribute.value)}"`);
        }
        const visible = shown && isShown(node, name);
        // each of them, not the outermost alone: a parser may lift out what scripts put where it cannot stand
        if (!visible && name !== "script" && name !== "style" && name !== "template") put(` ${mark}=""`);
        put(">");
        if (html && VOID.has(name)) break;
        stack.push(`</${name}>`);
        if (html && RAW.has(name)) {
          put(raw(textOf(node), name));
          break;
        }
        const children = html && name === "template" ? [contentOf(node)] : [...childrenOf(node)];
        for (let at = children.length - 1; at >= 0; at--) stack.push({ node: children[at], shown: visible });
        const shadow = shadowOf(node);
        if (shadow) {
          stack.push("</template>");
          stack.push({ node: shadow, shown: visible });
          stack.push(`<template shadowrootmode="${shadow.mode}">`);
        }
        break;
      }
    }
  }
  return { html: out.join(""), cut, url: location.href };
})
