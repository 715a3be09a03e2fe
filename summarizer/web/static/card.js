// The card that says what is known of an anchor, or why a line was set aside. Shown on hover and on focus; Escape hides
// it; it stays while the pointer is on it.
"use strict";
const Card = (() => {
  const STATUS = {
    valid: "valid",
    placeholder: "placeholder: the bracket says nothing",
    misspelt: "misspelt",
    misplaced: "misplaced: it belongs to other words",
    not_a_gloss: "not a gloss",
  };
  const ORIGIN = {
    article: "printed in this article",
    mention: "later mention of a term glossed in this article",
    lexicon: "glossary or dictionary",
    sound: "in no list, spelt as it sounds",
    repair: "broken bracket, mended with the glossary",
  };
  let card, owner, timer;

  function el(tag, props = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name === "class") node.className = value;
      else if (value !== undefined && value !== null) node.setAttribute(name, value);
    }
    node.append(...children.filter((c) => c !== null && c !== undefined));
    return node;
  }

  function ofAnchor(anchor) {
    const rows = [];
    const row = (name, value, kind) => { if (value) rows.push(el("dt", {}, name), el("dd", { class: kind ?? "" }, value)); };
    const gloss = anchor.bracket ? `(${anchor.gloss})` : "";
    if (anchor.status === "not_a_gloss") row("Bracket", gloss);
    else {
      row("Gloss", gloss || "none here");
      row("English", anchor.en || "none: left to the model", anchor.en ? "" : "bad");
    }
    const fine = anchor.status === "valid" || anchor.status === "not_a_gloss";
    row("Status", STATUS[anchor.status], fine ? "" : anchor.en ? "fixed" : "bad");
    row("Origin", ORIGIN[anchor.origin]);
    row("Reason", anchor.reason);
    const head = el("p", { class: "card-head" }, el("span", { lang: "hi" }, anchor.hi));
    if (anchor.en) head.append(" → ", anchor.en);
    return [head, el("dl", {}, ...rows)];
  }

  function ofSegment(segment) {
    const head = segment.role === "subhead" ? "Sub-heading" : segment.role === "dateline" ? "Dateline" : "Boilerplate";
    return [el("p", { class: "card-head" }, head), `Not summarised: ${segment.reason || segment.role}.`];
  }

  function show(target, content) {
    clearTimeout(timer);
    if (owner === target) return;
    hide();
    card ??= el("div", { class: "card", id: "card", role: "tooltip" });
    card.replaceChildren(...content);
    document.body.append(card);
    owner = target;
    owner.setAttribute("aria-describedby", "card");
    const box = target.getClientRects()[0] ?? target.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    // Within its own column where there is room, so that it does not lie on what it lights up in the other.
    const right = Math.min(target.closest(".summary")?.getBoundingClientRect().right ?? width, width - 8);
    const left = Math.max(8, Math.min(box.left, right - card.offsetWidth));
    const above = box.bottom + card.offsetHeight + 12 > innerHeight && box.top > card.offsetHeight + 12;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(above ? box.top - card.offsetHeight - 6 : box.bottom + 6) + scrollY}px`;
  }

  function hide() {
    clearTimeout(timer);
    owner?.removeAttribute("aria-describedby");
    owner = undefined;
    card?.remove();
  }

  const hideSoon = () => { clearTimeout(timer); timer = setTimeout(() => { if (!card?.matches(":hover")) hide(); }, 120); };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("pointerout", (event) => { if (card?.contains(event.target)) hideSoon(); });
  return { el, ofAnchor, ofSegment, show, hide, hideSoon };
})();
