// Progressive enhancement only: every page works without this file.

const root = document.documentElement;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// --- Menu on small screens ---------------------------------------------------------------------------------------

const menuToggle = document.querySelector("[data-menu-toggle]");
if (menuToggle) {
  const menu = document.getElementById(menuToggle.getAttribute("aria-controls"));
  const open = (wanted) => {
    menu.toggleAttribute("data-open", wanted);
    menuToggle.setAttribute("aria-expanded", String(wanted));
  };
  menuToggle.addEventListener("click", () => open(!menu.hasAttribute("data-open")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.hasAttribute("data-open")) {
      open(false);
      menuToggle.focus();
    }
  });
}

// --- Tabs wider than the screen: the page one is on comes into sight ------------------------------------------------

document.querySelectorAll(".tabs").forEach((tabs) => {
  const here = tabs.querySelector("[aria-current]");
  if (here && tabs.scrollWidth > tabs.clientWidth) {
    tabs.scrollLeft = here.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2;
  }
});

// --- <details class="menu">: closed by Escape, by a press outside, by focus leaving --------------------------------

const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("pointerdown", (event) => {
  openMenus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
});
document.addEventListener("focusin", (event) => {
  openMenus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openMenus().forEach((menu) => {
    const hadFocus = menu.contains(document.activeElement);
    menu.removeAttribute("open");
    if (hadFocus) menu.querySelector("summary").focus();
  });
});

// --- Theme kept on this device -------------------------------------------------------------------------------------

const themeChoice = document.querySelector("[data-theme-choice]");
if (themeChoice) {
  const show = () => {
    const current = root.dataset.theme ?? "system";
    themeChoice.querySelectorAll("button").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.value === current));
    });
  };
  themeChoice.addEventListener("click", (event) => {
    const chosen = event.target.closest("button")?.value;
    if (!chosen) return;
    if (chosen === "system") delete root.dataset.theme;
    else root.dataset.theme = chosen;
    try {
      if (chosen === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", chosen);
    } catch {
      // The choice then lasts as long as the page.
    }
    show();
  });
  show();
}

// --- Messages: closed by hand; a success leaves by itself unless someone is on it -----------------------------------

const LEAVES_AFTER = 8000;

function watchMessages(scope) {
  scope.querySelectorAll(".message--success:not([data-watched])").forEach((message) => {
    message.dataset.watched = "";
    setTimeout(() => message.matches(":hover, :focus-within") || message.remove(), LEAVES_AFTER);
  });
}

function say(words, level = "error") {
  const template = document.getElementById("message-template");
  const place = document.getElementById("messages");
  if (!template || !place) return;
  const message = template.content.firstElementChild.cloneNode(true);
  message.classList.add(`message--${level}`);
  message.querySelector("[data-words]").textContent = words;
  place.append(message);
  watchMessages(place);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-close-message]")?.closest(".message").remove();
});
watchMessages(document);

// --- Confirmation: <a data-confirm> or <form data-confirm>. The link or the form's own page confirms without JS ------

async function confirmed(source) {
  const dialog = document.getElementById("confirm-dialog");
  dialog.querySelector("[data-confirm-title]").textContent = source.dataset.confirm;
  dialog.querySelector("[data-confirm-words]").textContent = source.dataset.confirmWords ?? "";
  const yes = dialog.querySelector("[data-confirm-yes]");
  yes.textContent = source.dataset.confirmAction ?? source.textContent.trim();
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  return dialog.returnValue === "yes";
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const source = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!source.dataset?.confirm || source.dataset.confirmed !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await confirmed(source))) return;
    source.dataset.confirmed = "";
    form.requestSubmit(event.submitter);
    delete source.dataset.confirmed;
  },
  true,
);

document.addEventListener("htmx:confirm", async (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail;
  event.preventDefault();
  const source = event.target;
  source.dataset.confirm ??= ctx.confirm;
  if (await confirmed(source)) issueRequest();
  else dropRequest();
});

// --- Unsaved changes: <form data-guard> --------------------------------------------------------------------------------

const dirty = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-guard")) dirty.add(form);
});
document.addEventListener("submit", (event) => dirty.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});

// --- Forms that apply themselves: <form data-autosubmit> (filters); the button stays for those without JavaScript ------

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-autosubmit")) form.requestSubmit();
});

// --- Tabs of a workspace: links to panels of the page --------------------------------------------------------------------

function activate(tabs, link) {
  const wanted = link.hash.slice(1);
  tabs.querySelectorAll("a[href^='#']").forEach((other) => {
    if (other === link) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
    document.getElementById(other.hash.slice(1))?.toggleAttribute("data-active", other.hash.slice(1) === wanted);
  });
}

function prepareTabs(scope) {
  scope.querySelectorAll("[data-tabs]:not([data-ready])").forEach((tabs) => {
    tabs.dataset.ready = "";
    const links = [...tabs.querySelectorAll("a[href^='#']")];
    activate(tabs, links.find((link) => link.hash === location.hash) ?? links[0]);
    tabs.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (!link) return;
      event.preventDefault();
      history.replaceState(history.state, "", link.hash);
      activate(tabs, link);
    });
  });
}
prepareTabs(document);

// --- htmx 4 ----------------------------------------------------------------------------------------------------------------

document.addEventListener("htmx:config:request", (event) => {
  const request = event.detail.ctx.request;
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token && !/^(GET|HEAD|OPTIONS)$/i.test(request.method)) request.headers["X-CSRFToken"] = token;
});

// Where focus was before a swap, to find it again if the element came back under the same id or the same name.
let focusBefore = null;
document.addEventListener("htmx:before:swap", () => {
  // What a script leaves of a style it took back, htmx would copy to the new element, which the policy refuses.
  document.querySelectorAll('[style=""]').forEach((element) => element.removeAttribute("style"));
  const active = document.activeElement;
  focusBefore = active && active !== document.body ? { id: active.id, key: active.closest("[data-key]")?.dataset.key } : null;
});

document.addEventListener("htmx:after:swap", () => {
  prepareTabs(document);
  watchMessages(document);
  document.querySelectorAll("[data-changed]").forEach((place) => {
    place.removeAttribute("data-changed");
    if (!calm.matches) {
      place.classList.add("flash");
      place.addEventListener("animationend", () => place.classList.remove("flash"), { once: true });
    }
    place.scrollIntoView({ block: "nearest" });
  });
  document.querySelectorAll("[data-download]").forEach((link) => {
    link.removeAttribute("data-download");
    link.click();
  });
  if (!focusBefore || document.activeElement !== document.body) return;
  const row = focusBefore.key && document.querySelector(`[data-key="${CSS.escape(focusBefore.key)}"]`);
  const again =
    (focusBefore.id && document.getElementById(focusBefore.id)) ||
    row?.querySelector("[data-focus]") ||
    row?.querySelector("a, button, summary") ||
    document.querySelector("main [data-focus]");
  again?.focus({ preventScroll: true });
});

// 5xx are not swapped (see the htmx-config meta): the page stays, and says so.
document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500) say("Le serveur n’a pas pu répondre. Rien n’a été enregistré ; réessayez dans un instant.");
});
document.addEventListener("htmx:error", () => say("La connexion au serveur a été interrompue. Vérifiez le réseau, puis réessayez."));
