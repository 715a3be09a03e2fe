"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

function fill(select, options, chosen) {
  for (const [value, title] of options) select.add(new Option(title, value, false, value === chosen));
}

// Tables: a click on a head sorts by it, numbers by value; a second click turns the order round.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") !== "descending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (row) => { const text = row.cells[column].textContent; const number = parseFloat(text); return isNaN(number) ? text : number; };
    const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
    const rows = [...table.tBodies[0].rows].sort((a, b) => (down ? -1 : 1) * compare(value(a), value(b)));
    table.tBodies[0].append(...rows);
  }));
}

// Articles: sorted by any metric of any system.
if (byId("articles")) {
  const metric = byId("sort-metric"), system = byId("sort-system"), order = byId("sort-order");
  fill(metric, [["", "order of the data"], ...data.metrics.map((m) => [m.key, m.title])], "");
  fill(system, data.systems.map((name) => [name, name]), data.systems[0]);
  let ascending = true;
  const sort = () => {
    const valueOf = (article) => data.articles[article.dataset.place][system.value][metric.value];
    const articles = [...document.querySelectorAll("details.article")];
    articles.sort((a, b) => {
      if (!metric.value) return (ascending ? 1 : -1) * (a.dataset.place - b.dataset.place);
      const [x, y] = [valueOf(a), valueOf(b)];
      if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
      return (ascending ? 1 : -1) * (x - y);
    });
    for (const article of articles) {
      const value = metric.value ? valueOf(article) : undefined;
      article.querySelector(".score").textContent = value === undefined ? "" : value.toFixed(1);
    }
    byId("articles").append(...articles);
    order.textContent = ascending ? "lowest first" : "highest first";
  };
  metric.addEventListener("change", sort);
  system.addEventListener("change", sort);
  order.addEventListener("click", () => { ascending = !ascending; sort(); });
  byId("open-all").addEventListener("click", (event) => {
    const open = event.target.textContent === "open all";
    for (const article of document.querySelectorAll("details.article")) article.open = open;
    event.target.textContent = open ? "close all" : "open all";
  });
  // A bullet under the pointer lights its source sentences.
  for (const bullet of document.querySelectorAll("li[data-sources]")) {
    const light = (on) => {
      const source = bullet.closest(".article").querySelector(".source");
      for (const index of bullet.dataset.sources.split(" ").filter(Boolean)) {
        source.querySelector(`[data-index="${index}"]`)?.classList.toggle("lit", on);
      }
    };
    bullet.addEventListener("mouseenter", () => light(true));
    bullet.addEventListener("mouseleave", () => light(false));
  }
}

// System against system: a dot an article, above the diagonal where the second is higher.
if (byId("pair")) {
  const a = byId("pair-a"), b = byId("pair-b"), metric = byId("pair-metric");
  fill(a, data.systems.map((name) => [name, name]), data.systems[0]);
  fill(b, data.systems.map((name) => [name, name]), data.systems[1]);
  fill(metric, data.metrics.map((m) => [m.key, m.title]), "rouge2");
  const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const draw = () => {
    const points = data.articles.map((article, i) => [data.ids[i], article[a.value][metric.value], article[b.value][metric.value]])
      .filter(([, x, y]) => x !== undefined && y !== undefined);
    const most = Math.max(1e-9, ...points.flatMap(([, x, y]) => [x, y]));
    const scale = 10 ** Math.floor(Math.log10(most / 4)), step = [1, 2, 2.5, 5, 10].map((m) => m * scale).find((s) => s >= most / 5);
    const top = Math.ceil(most / step - 1e-9) * step;
    const x = (v) => 60 + v / top * 540, y = (v) => 386 - v / top * 374;
    let svg = "";
    for (let v = 0; v <= top + 1e-9; v += step) {
      const label = +v.toFixed(6);
      svg += `<line class="grid" x1="${x(v)}" x2="${x(v)}" y1="12" y2="386"/><line class="grid" x1="60" x2="600" y1="${y(v)}" y2="${y(v)}"/>`;
      svg += `<text class="tick" x="${x(v)}" y="401" text-anchor="middle">${label}</text><text class="tick" x="52" y="${y(v) + 4}" text-anchor="end">${label}</text>`;
    }
    svg += `<line class="diagonal" x1="${x(0)}" y1="${y(0)}" x2="${x(top)}" y2="${y(top)}"/>`;
    svg += `<text class="axis" x="330" y="417" text-anchor="middle">${escape(a.value)}</text>`;
    svg += `<text class="axis" transform="translate(14 200) rotate(-90)" text-anchor="middle">${escape(b.value)}</text>`;
    for (const [id, p, q] of points) {
      svg += `<circle class="dot c${q >= p ? 2 : 1}" cx="${x(p)}" cy="${y(q)}" r="4"><title>${escape(id)}: ${p.toFixed(1)}, ${q.toFixed(1)}</title></circle>`;
    }
    byId("pair-plot").innerHTML = `<svg viewBox="0 0 620 422" role="img">${svg}</svg>`;
    const higher = points.filter(([, p, q]) => q > p).length, lower = points.filter(([, p, q]) => q < p).length;
    byId("pair-caption").textContent = `${b.value} higher in ${higher}, lower in ${lower}, equal in ${points.length - higher - lower} articles`;
  };
  for (const select of [a, b, metric]) select.addEventListener("change", draw);
  draw();
}
