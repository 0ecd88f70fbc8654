// A text (a part of the report, a letter), kept while it is written. htmx sends it; what could not be sent stays in this
// tab, and is offered again when the page is opened anew. The button does the same without this file.

const form = document.querySelector("form[data-autosave]");
const text = form.elements[form.dataset.autosave];
const place = document.getElementById("saving");
const key = `section:${location.pathname}`;

function keep(words) {
  try {
    if (words === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, words);
  } catch {
    // The text then lasts as long as the page.
  }
}

function kept() {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

let unsaved = false;
let sent = null;
let asked = null;

text.addEventListener("input", () => {
  unsaved = true;
  keep(text.value);
});
form.addEventListener("submit", (event) => {
  if (sent !== null && !event.submitter?.hasAttribute("hx-post")) {
    // What is being saved gives the draft its next revision, which the form must have seen.
    event.preventDefault();
    asked = event.submitter;
    return;
  }
  unsaved = false;
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

function tell(words) {
  const line = document.createElement("p");
  line.className = "field__error";
  line.textContent = words;
  place.append(line);
}

document.addEventListener("htmx:before:request", (event) => {
  if (event.target === place) sent = text.value;
});
document.addEventListener("htmx:after:swap", () => {
  if (sent === null) return;
  const state = document.getElementById("saving-state");
  if (state?.hasAttribute("data-saved")) {
    if (text.value === sent) {
      unsaved = false;
      keep(null);
    }
  } else if (!state) {
    tell("Votre session est terminée : reconnectez-vous, le texte est gardé dans cet onglet.");
  }
});
document.addEventListener("htmx:finally:request", (event) => {
  if (event.target !== place) return;
  sent = null;
  if (asked) form.requestSubmit(asked);
  asked = null;
});

const found = kept();
if (found !== null && found !== text.value) {
  const offer = document.getElementById("kept-text").content.cloneNode(true).firstElementChild;
  offer.querySelector("[data-take]").addEventListener("click", () => {
    text.value = found;
    offer.remove();
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  offer.querySelector("[data-leave]").addEventListener("click", () => {
    keep(null);
    offer.remove();
    text.focus();
  });
  form.before(offer);
} else if (found !== null) {
  keep(null);
}
