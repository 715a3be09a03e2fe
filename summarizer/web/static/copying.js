// Copying a summary as text, Markdown or JSON, the same as the command line prints.
"use strict";
const Copying = (() => {
  const { el } = Card;
  const FORMS = {
    Text: (s) => s.bullets.map((b) => `• ${b.text}\n`).join(""),
    Markdown: (s) => (s.title ? `## ${s.title}\n\n` : "") + s.bullets.map((b) => `- ${b.text}\n`).join(""),
    JSON: ({ article, ...s }) => JSON.stringify(s, null, 2) + "\n",
  };

  async function put(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = el("textarea", { class: "visually-hidden", "aria-hidden": "true" }); // no clipboard outside secure contexts
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copying is not allowed here");
  }

  function bar(summary) {
    const said = el("span", { role: "status" });
    const button = (name) => {
      const node = el("button", { type: "button" }, name);
      node.addEventListener("click", async () => {
        try { await put(FORMS[name](summary)); said.textContent = `Copied as ${name}`; }
        catch (error) { said.textContent = `Not copied: ${error.message}`; }
      });
      return node;
    };
    return el("div", { class: "copy", role: "group", "aria-label": "Copy the bullets" }, "Copy as", ...Object.keys(FORMS).map(button), said);
  }
  return { bar, FORMS };
})();
