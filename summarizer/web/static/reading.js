// The reading view of {summary, article}: bullets beside the article, what belongs together lit together.
// summary may be null while it is being made. Offsets count code points, so text is cut with Array.from.
"use strict";
const Reading = (() => {
  const { el } = Card;
  const key = (anchor) => `${anchor.start}-${anchor.end}`;
  const kind = (a) => (a.status === "valid" ? (["lexicon", "sound"].includes(a.origin) ? "lexicon" : "") : a.en ? "mended" : "unusable");

  // Where anchors and their brackets stand in a segment, in order, none over another.
  function marks(anchors) {
    const all = [];
    for (const [n, a] of anchors) {
      if (a.status !== "not_a_gloss") all.push({ from: a.at[0], to: a.at[1], n, a, tag: "dfn", lang: null, cls: `anchor ${kind(a)}` });
      if (!a.bracket) continue;
      const cls = `bracket ${a.status === "not_a_gloss" ? "" : kind(a)}`;
      const lang = /[\u0900-\u097f]/.test(a.gloss) ? null : "en";
      all.push({ from: a.bracket[0], to: a.bracket[1], n, a, tag: "span", lang, cls });
    }
    all.sort((x, y) => x.from - y.from || y.to - x.to);
    let end = 0;
    return all.filter((m) => m.from >= end && (end = m.to));
  }

  function segmentNode(segment, anchors) {
    const aside = segment.role !== "body";
    const node = el("span", { class: aside ? `segment set-aside ${segment.role}` : "segment", "data-segment": segment.index });
    if (aside) {
      node.tabIndex = -1;
      node.setAttribute("role", "note");
      node.append(el("span", { class: "visually-hidden", lang: "en" }, `Not summarised, ${segment.reason || segment.role}: `));
    }
    const text = Array.from(segment.text);
    let at = 0;
    for (const mark of aside ? [] : marks(anchors)) {
      node.append(text.slice(at, mark.from).join(""));
      const part = el(mark.tag, { class: mark.cls.trim(), lang: mark.lang, "data-anchor": mark.n }, text.slice(mark.from, mark.to).join(""));
      if (mark.tag === "dfn" || mark.a.status === "not_a_gloss") part.tabIndex = -1;
      node.append(part);
      at = mark.to;
    }
    node.append(text.slice(at).join(""));
    return node;
  }

  function articleNode(article, level) {
    const section = el("section", { class: "source", "aria-label": "Article in Hindi" }, el(level, { class: "label" }, "Article"));
    const words = el("div", { class: "words", lang: "hi" });
    const bySegment = new Map();
    article.anchors.forEach((a, n) => bySegment.set(a.segment, [...(bySegment.get(a.segment) ?? []), [n, a]]));
    let paragraph, last = null;
    for (const segment of article.segments) {
      if (segment.paragraph !== last) words.append((paragraph = el("p", { class: "paragraph" })));
      else paragraph.append(" ");
      paragraph.append(segmentNode(segment, bySegment.get(segment.index) ?? []));
      last = segment.paragraph;
    }
    const sample = (cls, text, meaning) => el("span", {}, el("span", { class: cls }, text), ` ${meaning}`);
    section.append(words, el("p", { class: "legend" },
      sample("anchor", "underlined", "glossed by the article"), sample("anchor lexicon", "dotted", "from glossary or dictionary, or by sound"),
      sample("anchor mended", "amber", "mended gloss"), sample("bracket unusable", "(struck)", "gloss not used"),
      el("span", {}, "grey: not summarised"), el("span", {}, "Arrow keys move from mark to mark.")));
    words.querySelector("[tabindex]")?.setAttribute("tabindex", "0");
    return section;
  }

  // The bullet's text with its anchors marked where their spelling stands.
  function bulletText(bullet, numberOf) {
    const node = el("p", {});
    const found = [];
    for (const a of [...bullet.anchors].sort((x, y) => y.en.length - x.en.length)) {
      const pattern = a.en.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const hit = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "iu").exec(bullet.text);
      if (!hit || found.some((f) => hit.index < f.to && f.from < hit.index + hit[0].length)) continue;
      found.push({ from: hit.index, to: hit.index + hit[0].length, a });
    }
    let at = 0;
    for (const { from, to, a } of found.sort((x, y) => x.from - y.from)) {
      const props = { class: `anchor ${kind(a)}`.trim(), tabindex: "0", "data-anchor": numberOf.get(key(a)) };
      node.append(bullet.text.slice(at, from), el("dfn", props, bullet.text.slice(from, to)));
      at = to;
    }
    node.append(bullet.text.slice(at));
    return node;
  }

  function summaryNode(summary, numberOf, level) {
    const section = el("section", { class: "summary", "aria-label": "Summary in English" }, el(level, { class: "label" }, "In English"));
    if (!summary) {
      section.append(el("div", { class: "waiting", "aria-hidden": "true" }, ...Array.from({ length: 6 }, () => el("span"))));
      return section;
    }
    const list = el("ul", { class: "bullets", role: "list" });
    summary.bullets.forEach((bullet, n) => {
      const item = el("li", { class: "bullet", "data-bullet": n }, bulletText(bullet, numberOf));
      const many = bullet.sources.length;
      item.append(many
        ? el("button", { type: "button", class: "jump", "aria-pressed": "false" }, many > 1 ? `Show its ${many} sentences` : "Show its sentence")
        : el("span", { class: "untraced" }, "Its sentences could not be told"));
      list.append(item);
    });
    section.append(summary.bullets.length ? list : el("p", { class: "none" }, "No bullet passed the checks; the notes say why."));
    if (summary.notes.length) {
      const notes = el("details", { class: "notes" }, el("summary", {}, summary.notes.length > 1 ? `${summary.notes.length} notes` : "1 note"),
        el("ul", {}, ...summary.notes.map((note) => el("li", {}, note))));
      notes.open = !summary.bullets.length;
      section.append(notes);
    }
    if (summary.bullets.length) section.append(Copying.bar(summary));
    return section;
  }

  // data: {summary, article, title}, title for while there is no summary; headings: the level of the view's title, 1 on a page of its own.
  function render({ summary, article, title: known }, headings = 1) {
    const numberOf = new Map(article.anchors.map((a, n) => [key(a), n]));
    article.anchors.forEach((a, n) => { if (a.en) numberOf.set(key(a), n); }); // a bracket that is no gloss may share the words
    const root = el("article", { class: "reading" });
    const title = summary?.title ?? known ?? (headings > 1 ? summary?.id : null);
    if (title) root.append(el(`h${headings}`, { class: "reading-title", lang: "hi" }, title));
    const level = `h${headings + 1}`;
    root.append(el("div", { class: "columns" }, summaryNode(summary, numberOf, level), articleNode(article, level)));
    Linking.attach(root, { summary, article });
    return root;
  }
  return { render };
})();
