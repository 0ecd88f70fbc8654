// Runs before the first paint: marks that JavaScript is there, and applies the theme chosen on this device.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage refused by the browser: the system's theme stays.
  }
})();
