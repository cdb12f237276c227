// Small helpers.

// An element with attributes, handlers (on...) and children.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// The bytes of a text in base 64.
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

// What a page shows where there is no kernel is hidden while there is one.
function hideStandIns() {
  for (const root of document.querySelectorAll("[data-stands-in]")) {
    root.hidden = (globalThis.courseLive ?? new Set()).has(root.dataset.standsIn);
  }
}

// Say that a widget of this id is alive.
function isLive(id) {
  (globalThis.courseLive ??= new Set()).add(id);
  hideStandIns();
}

// Binary traits come as views.
const bytesIn = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
