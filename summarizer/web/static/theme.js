// Light, dark, or what the system says: a button that goes round, remembered on this device.
"use strict";
const Theme = (() => {
  const NEXT = { auto: "dark", dark: "light", light: "auto" };
  const remembered = () => {
    try { return localStorage.getItem("theme") in NEXT ? localStorage.getItem("theme") : "auto"; } catch { return "auto"; }
  };
  function apply(theme) {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }
  function attach(button) {
    const show = () => { button.textContent = `Theme: ${theme}`; };
    let theme = remembered();
    button.addEventListener("click", () => {
      theme = NEXT[theme];
      try { localStorage.setItem("theme", theme); } catch { /* not remembered, still applied */ }
      apply(theme);
      show();
    });
    button.hidden = false;
    show();
  }
  apply(remembered());
  return { attach };
})();
