// How far the page has been read: loading, interactive or complete.
(() => Object.getOwnPropertyDescriptor(Document.prototype, "readyState").get.call(document))
