// The workspace: dragging units and posts in the outline, and the place where an adjustment is written.
// Every gesture here has a link or a form beside it that does the same without this file.

const workspace = () => document.getElementById("workspace");

// --- Dragging ---------------------------------------------------------------------------------------------------------

function send(values) {
  const place = workspace();
  htmx.ajax("POST", place.dataset.drop, {
    target: "#workspace",
    swap: "outerHTML",
    values: { ...values, seen: place.dataset.seen },
  });
}

function dropped(event, zone, values) {
  const sameParent = event.from === event.to;
  if (sameParent && (zone === "dropPosts" || event.oldIndex === event.newIndex)) return;
  send({ ...values, to: event.to.dataset[zone] });
}

function prepareOutline() {
  const place = workspace();
  if (!place?.dataset.drop || typeof Sortable === "undefined") return;
  const common = { handle: ".drag-handle", animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120 };
  place.querySelectorAll("[data-drop-posts]:not([data-ready])").forEach((zone) => {
    zone.dataset.ready = "";
    Sortable.create(zone, {
      ...common,
      group: "posts",
      sort: false,
      onEnd: (event) => dropped(event, "dropPosts", { posts: event.item.dataset.posts }),
    });
  });
  place.querySelectorAll("[data-drop-units]:not([data-ready])").forEach((zone) => {
    zone.dataset.ready = "";
    Sortable.create(zone, {
      ...common,
      group: "units",
      draggable: "[data-unit]",
      onEnd: (event) => dropped(event, "dropUnits", { unit: event.item.dataset.unit, position: event.newDraggableIndex }),
    });
  });
}

// --- Undo and redo by keyboard, when nobody is typing ---------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const name = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
  const button = name && document.querySelector(`[data-${name}]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// --- The adjustment being written ---------------------------------------------------------------------------------------

let cameFrom = null;

document.addEventListener("click", (event) => {
  const opener = event.target.closest('[hx-target="#editor"]');
  if (opener && !opener.closest("#editor")) cameFrom = opener.closest("[data-key]")?.dataset.key ?? null;
  const closer = event.target.closest("[data-close-editor]");
  const editor = document.getElementById("editor");
  if (!closer || !editor?.contains(closer)) return;
  event.preventDefault();
  editor.replaceChildren();
  const origin = cameFrom && document.querySelector(`[data-key="${CSS.escape(cameFrom)}"] :is(a, button)`);
  (origin ?? document.querySelector('[hx-target="#editor"]'))?.focus();
});

document.addEventListener("htmx:after:swap", () => {
  prepareOutline();
  // What is wrong first: the reasons of a refusal, else the first field at fault, else the title of what opened.
  const focus = ["[role='alert']", "[aria-invalid='true']", "[data-focus]"]
    .map((what) => document.querySelector(`#editor ${what}`))
    .find((found) => found);
  if (!focus || focus.dataset.focused !== undefined) return;
  focus.dataset.focused = "";
  focus.focus({ preventScroll: true });
  focus.closest("section").scrollIntoView({ block: "nearest" });
});

prepareOutline();
