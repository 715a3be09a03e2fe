// A page of the API out of its OpenAPI document: operations with a request to try, fields, answers.
"use strict";
(async () => {
  const { el } = Card;
  Theme.attach(document.getElementById("theme"));
  const spec = await (await fetch("/openapi.json")).json();
  const deref = (s) => (s?.$ref ? spec.components.schemas[s.$ref.split("/").pop()] : s ?? {});

  function typeName(schema) {
    if (schema.$ref) return schema.$ref.split("/").pop();
    if (schema.anyOf) return schema.anyOf.map(typeName).join(" or ");
    if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(" | ");
    if (schema.type === "array") return `list of ${schema.items ? typeName(schema.items) : schema.prefixItems.map(typeName).join(", ")}`;
    return schema.type ?? "any";
  }
  const row = (...cells) => el("tr", {}, ...cells.map((c, n) => el(n ? "td" : "th", n ? {} : { scope: "row" }, c)));
  const code = (text) => el("code", {}, text);

  function fields(schema) {
    const required = new Set(schema.required ?? []);
    return el("table", {}, el("tbody", {}, ...Object.entries(schema.properties ?? {}).map(([name, field]) =>
      row(code(name), `${typeName(field)}${required.has(name) ? "" : ", optional"}`, field.description ?? ""))));
  }

  function operation(path, method, op) {
    const section = el("section", {}, el("h2", {}, code(`${method.toUpperCase()} ${path}`), ` ${op.summary}`));
    if (op.description) section.append(el("p", {}, op.description));
    const body = deref(op.requestBody?.content?.["application/json"]?.schema);
    const example = body.examples?.[0];
    const call = `curl ${location.origin}${path}` + (example ? ` \\\n  -H 'content-type: application/json' \\\n  -d '${JSON.stringify(example)}'` : "");
    section.append(el("h3", {}, "Request"), el("pre", { tabindex: "0" }, code(call)));
    if (body.properties) section.append(fields(body));
    section.append(el("h3", {}, "Answers"), el("table", {}, el("tbody", {}, ...Object.entries(op.responses).map(([status, r]) =>
      row(code(status), r.description, code(typeName(r.content?.["application/json"]?.schema ?? {})))))));
    return section;
  }

  const page = document.getElementById("reference");
  page.replaceChildren(el("h1", {}, spec.info.title), el("p", {}, spec.info.description));
  for (const [path, methods] of Object.entries(spec.paths)) {
    for (const [method, op] of Object.entries(methods)) page.append(operation(path, method, op));
  }
  page.append(el("h2", {}, "Records"));
  for (const [name, schema] of Object.entries(spec.components.schemas)) {
    if (schema.properties) page.append(el("h3", { id: name }, name), el("p", {}, schema.description ?? ""), fields(schema));
  }
})();
