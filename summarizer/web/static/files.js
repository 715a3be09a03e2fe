// Articles out of files that were dropped or chosen: text, HTML pages, JSON or JSON Lines. [{text, title, id}, ...]
"use strict";
const Files = (() => {
  const TEXT = ["text", "article", "body", "content", "document"], TITLE = ["title", "headline", "title_hi"];
  const pick = (object, names) => names.map((n) => object[n]).find((v) => typeof v === "string" && v.trim());

  async function decoded(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
    try { return new TextDecoder(mark, { fatal: true }).decode(bytes); }
    catch { throw new Error(`${file.name}: is not UTF-8 text; save it as UTF-8 and try again`); }
  }

  function fromJson(name, text) {
    let values;
    try { values = [JSON.parse(text)].flat(); }
    catch {
      try { values = text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line)); }
      catch { throw new Error(`${name}: is neither JSON nor JSON Lines`); }
    }
    const articles = values.flatMap((value) => {
      const object = typeof value === "string" ? { text: value } : value ?? {};
      const body = pick(object, TEXT);
      return body ? [{ text: body, title: pick(object, TITLE), id: object.id === undefined ? undefined : String(object.id) }] : [];
    });
    if (!articles.length) throw new Error(`${name}: holds no article; it needs a field named ${TEXT.join(", ")}`);
    return articles;
  }

  async function read(file) {
    const text = await decoded(file);
    if (!text.trim()) throw new Error(`${file.name}: is empty`);
    if (/\.(jsonl?|ndjson)$/i.test(file.name)) return fromJson(file.name, text);
    if (/\.html?$/i.test(file.name)) {
      return [{ text, title: new DOMParser().parseFromString(text, "text/html").title.trim() || undefined }];
    }
    return [{ text }];
  }
  return { read: async (files) => (await Promise.all([...files].map(read))).flat() };
})();
