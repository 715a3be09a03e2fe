// The application: an article in, its reading view out. Talks to the JSON API it is served with, to nothing else.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  let articles = [], aborter = null, clock, token = null;
  try { token = sessionStorage.getItem("token"); } catch { /* asked for again after a reload */ }

  class ApiError extends Error {}
  async function post(path, body, signal) {
    const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
    let answer;
    try { answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal }); }
    catch (error) {
      if (error.name === "AbortError") throw error;
      throw new ApiError("The server does not answer. Is it still running?");
    }
    if (answer.status === 401) {
      token = await askToken(token !== null);
      return post(path, body, signal);
    }
    const data = await answer.json().catch(() => ({}));
    if (answer.ok) return data;
    const wait = answer.headers.get("retry-after");
    throw new ApiError(`${data.error ?? `the server answered ${answer.status}`}${wait ? ` (in about ${wait} s)` : ""}`);
  }

  function askToken(wrong) {
    $("token-wrong").hidden = !wrong;
    $("token").value = "";
    $("token-dialog").returnValue = "";
    $("token-dialog").showModal();
    return new Promise((done, fail) => {
      $("token-dialog").addEventListener("close", () => {
        const given = $("token").value.trim();
        if ($("token-dialog").returnValue !== "use" || !given) return fail(new ApiError("This server asks for a token."));
        try { sessionStorage.setItem("token", given); } catch { /* kept until the page closes */ }
        done(given);
      }, { once: true });
    });
  }

  function say(text, working) {
    $("status-text").textContent = text;
    $("status").classList.toggle("idle", !working);
    $("progress").hidden = $("cancel").hidden = $("clock").hidden = !working;
    $("status").hidden = !text;
    clearInterval(clock);
    if (!working) return;
    const begun = Date.now();
    const tick = () => { $("clock").textContent = `${Math.round((Date.now() - begun) / 1000)} s`; };
    tick();
    clock = setInterval(tick, 1000);
  }
  function fail(message) {
    $("error-text").textContent = message;
    $("error").hidden = !message;
  }
  function show(reading) {
    Card.hide();
    $("compose").hidden = reading;
    $("toolbar").hidden = !reading;
    if (!reading) $("view").replaceChildren();
  }
  const chosen = (id) => (Number($(id).value) || undefined);
  const counted = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

  async function summarise(bullets) {
    const text = $("text").value;
    fail("");
    if (!text.trim()) { fail("Paste an article first, or choose a file."); $("text").focus(); return; }
    aborter?.abort();
    const mine = (aborter = new AbortController());
    const known = articles[Number($("which").value)];
    const names = known?.text === text ? { title: known.title, id: known.id } : {};
    $("go").disabled = true;
    try {
      say("Reading the article", true);
      const article = await post("/v1/articles", { text }, mine.signal);
      show(true);
      $("view").replaceChildren(Reading.render({ summary: null, article, title: names.title }));
      const glosses = article.anchors.filter((a) => a.bracket && a.status !== "not_a_gloss").length;
      const body = article.segments.filter((s) => s.role === "body").length;
      say(`${counted(body, "sentence")}, ${counted(glosses, "gloss").replace("glosss", "glosses")}. Writing the bullets`, true);
      $("bullets-again").value = bullets ?? "";
      const summary = await post("/v1/summaries", { text, bullets, ...names }, mine.signal);
      $("view").replaceChildren(Reading.render({ summary, article }));
      say("", false);
      $("done").textContent = `${counted(summary.bullets.length, "bullet")} ready.`;
      $("view").querySelector(".summary").tabIndex = -1;
      $("view").querySelector(".summary").focus({ preventScroll: true });
    } catch (error) {
      if (mine !== aborter) return; // another run has taken over
      say("", false);
      show(false);
      if (error.name === "AbortError") return;
      if (!(error instanceof ApiError)) throw error;
      fail(error.message);
    } finally {
      if (mine === aborter) $("go").disabled = false;
    }
  }

  function take(found) {
    articles = found;
    $("which").replaceChildren(...found.map((a, n) => new Option(`${n + 1}. ${a.title ?? a.text.trim().slice(0, 60)}`, n)));
    $("several").hidden = found.length < 2;
    $("text").value = found[0].text;
    fail("");
    show(false);
    say("", false);
    $("go").focus();
  }
  async function takeFiles(files) {
    if (!files?.length) return;
    try { take(await Files.read(files)); } catch (error) { fail(error.message); }
  }

  $("form").addEventListener("submit", (event) => { event.preventDefault(); summarise(chosen("bullets")); });
  $("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("form").requestSubmit();
  });
  $("choose").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => takeFiles($("file").files).then(() => { $("file").value = ""; }));
  $("which").addEventListener("change", () => { $("text").value = articles[Number($("which").value)].text; });
  $("example").addEventListener("click", async () => take([await (await fetch("/example.json")).json()]));
  $("token-cancel").addEventListener("click", () => $("token-dialog").close("cancel"));
  $("cancel").addEventListener("click", () => aborter?.abort());
  $("edit").addEventListener("click", () => { aborter?.abort(); say("", false); show(false); $("text").focus(); });
  $("new").addEventListener("click", () => {
    aborter?.abort();
    take([{ text: "" }]);
    $("text").focus();
  });
  $("bullets-again").addEventListener("change", () => summarise(chosen("bullets-again")));
  addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const files = event.dataTransfer.files, text = event.dataTransfer.getData("text/plain");
    if (files.length) takeFiles(files);
    else if (text) take([{ text }]);
  });
  Theme.attach($("theme"));
})();
