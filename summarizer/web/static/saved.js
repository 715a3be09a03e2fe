// Start of a saved reading page: each article's plain listing gives way to its reading view.
"use strict";
(() => {
  const data = [...document.querySelectorAll("script.reading-data")];
  const { el } = Card;
  const contents = el("ol");
  data.forEach((node, n) => {
    const reading = JSON.parse(node.textContent), view = Reading.render(reading, data.length > 1 ? 2 : 1);
    view.id = `article-${n + 1}`;
    contents.append(el("li", {}, el("a", { href: `#${view.id}`, lang: reading.summary.title ? "hi" : null }, reading.summary.title ?? reading.summary.id ?? `Article ${n + 1}`)));
    node.previousElementSibling.replaceWith(view);
  });
  if (data.length > 1) document.getElementById("contents").append(el("h1", {}, `${data.length} articles`), contents);
  Theme.attach(document.getElementById("theme"));
})();
