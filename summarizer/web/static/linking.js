// What lights up with what, in a reading view: a bullet with its sentences and anchors, an anchor or sentence with the
// bullets that use it. A bullet can be pinned; arrow keys move among the article's marks.
"use strict";
const Linking = (() => {
  const { el } = Card;
  const MARKS = ".words [tabindex]";

  function attach(root, { summary, article }) {
    const bullets = summary?.bullets ?? [];
    const anchorsOf = bullets.map((b) => {
      const places = new Set(b.anchors.map((a) => `${a.start}-${a.end}`));
      return article.anchors.flatMap((a, n) => (places.has(`${a.start}-${a.end}`) && a.en ? [n] : []));
    });
    let pinned = null, pin;

    function light(found) {
      const lit = (node, on) => node.classList.toggle("lit", Boolean(on));
      root.querySelectorAll("[data-bullet]").forEach((n) => lit(n, found?.bullets.has(Number(n.dataset.bullet))));
      root.querySelectorAll("[data-segment]").forEach((n) => lit(n, found?.segments.has(Number(n.dataset.segment))));
      root.querySelectorAll("[data-anchor]").forEach((n) => lit(n, found?.anchors.has(Number(n.dataset.anchor))));
    }
    const ofBullet = (n) => ({ bullets: new Set([n]), segments: new Set(bullets[n].sources.map((s) => s.index)), anchors: new Set(anchorsOf[n]) });
    const settle = () => light(pinned === null ? null : ofBullet(pinned));

    function ofTarget(target) {
      const anchor = target.closest("[data-anchor]"), bullet = target.closest("[data-bullet]"), segment = target.closest("[data-segment]");
      if (bullet) {
        const found = ofBullet(Number(bullet.dataset.bullet));
        if (anchor) found.anchors = new Set([Number(anchor.dataset.anchor)]);
        return found;
      }
      if (!segment) return null;
      const index = Number(segment.dataset.segment), n = anchor && Number(anchor.dataset.anchor);
      const uses = (_, b) => (anchor && anchorsOf[b].includes(n)) || (!anchor && bullets[b].sources.some((s) => s.index === index));
      const using = bullets.map((_, b) => b).filter((b) => uses(null, b));
      return { bullets: new Set(using), segments: new Set(!anchor && using.length ? [index] : []), anchors: new Set(anchor ? [n] : []) };
    }

    let last = null; // moves within one mark change nothing; pointermove, since scrolling under a still pointer must not
    function move(event) {
      if (event.target !== last) point(event);
    }
    function point(event) {
      last = event.target;
      const target = event.target.closest("[data-anchor], .set-aside, [data-bullet], [data-segment]");
      if (!target || !root.contains(target)) { settle(); Card.hideSoon(); return; }
      light(ofTarget(target) ?? (pinned === null ? null : ofBullet(pinned)));
      if (target.dataset.anchor !== undefined) Card.show(target, Card.ofAnchor(article.anchors[target.dataset.anchor]));
      else if (target.matches(".set-aside")) Card.show(target, Card.ofSegment(article.segments.find((s) => s.index === Number(target.dataset.segment))));
      else Card.hideSoon();
    }
    const leave = () => { last = null; settle(); Card.hideSoon(); };
    root.addEventListener("pointermove", move);
    root.addEventListener("pointerleave", leave);
    root.addEventListener("focusin", point);
    root.addEventListener("focusout", leave);

    function unpin(back) {
      const button = root.querySelector('.jump[aria-pressed="true"]');
      button?.setAttribute("aria-pressed", "false");
      pinned = null;
      pin?.remove();
      settle();
      if (back) button?.focus();
    }
    root.addEventListener("click", (event) => {
      const button = event.target.closest(".jump");
      if (!button) return;
      const n = Number(button.closest("[data-bullet]").dataset.bullet), again = pinned === n;
      unpin(false);
      if (again) return;
      pinned = n;
      button.setAttribute("aria-pressed", "true");
      const close = el("button", { type: "button" }, "Back to summary");
      close.addEventListener("click", () => unpin(true));
      pin = el("div", { class: "pin", role: "region", "aria-label": "Chosen bullet" }, el("p", {}, bullets[n].text), close);
      root.append(pin);
      settle();
      root.querySelector(`[data-segment="${bullets[n].sources[0].index}"]`)?.scrollIntoView({ block: "center" });
    });

    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && pinned !== null) unpin(true);
      const marks = [...root.querySelectorAll(MARKS)], at = marks.indexOf(event.target);
      if (at < 0) return;
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
      if (to === undefined || !marks[to]) return;
      event.preventDefault();
      marks[to].focus();
    });
    root.addEventListener("focusin", (event) => {
      if (!event.target.matches(MARKS)) return;
      root.querySelectorAll(MARKS).forEach((n) => { n.tabIndex = n === event.target ? 0 : -1; });
    });
  }
  return { attach };
})();
