// Draws the contract as a page. It reads the same document that the server checks every request against.
const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

const shape = (schema, depth = 0) => {
  if (!schema || depth > 6) return "…";
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : schema.type;
  const pad = "  ".repeat(depth + 1);
  if (schema.properties) {
    const required = new Set(schema.required ?? []);
    const lines = Object.entries(schema.properties).map(
      ([name, inner]) =>
        `${pad}${name}${required.has(name) ? "" : "?"}: ${shape(inner, depth + 1)}${inner.description ? `   // ${inner.description}` : ""}`,
    );
    return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
  }
  if (type === "array") return `[ ${shape(schema.items, depth)} ]`;
  const limits = ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "maxItems", "default"]
    .filter((key) => schema[key] !== undefined)
    .map((key) => `${key} ${schema[key]}`);
  return limits.length ? `${type} (${limits.join(", ")})` : (type ?? "any");
};

const json = (content) => content?.["application/json"]?.schema ?? content?.["application/problem+json"]?.schema;

const call = (path, method, operation, shared) => {
  const parameters = [...(shared ?? []), ...(operation.parameters ?? [])];
  const rows = parameters.map((p) =>
    make("tr", {}, make("td", {}, make("code", { textContent: p.name })), make("td", { textContent: p.in + (p.required ? ", required" : "") }), make("td", { textContent: [shape(p.schema), p.description].filter(Boolean).join(" — ") })),
  );
  const body = json(operation.requestBody?.content);
  const answers = Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const schema = status === "default" ? null : json(response.content);
    return make("div", {}, make("p", { textContent: `${status === "default" ? "otherwise" : status}: ${response.description ?? ""}` }), schema ? make("pre", { textContent: shape(schema) }) : null);
  });
  const open = operation.security && operation.security.length === 0;
  return make(
    "details",
    { id: operation.operationId },
    make("summary", {}, make("span", { className: "method", textContent: method.toUpperCase() }), make("code", { textContent: path }), make("span", { textContent: operation.summary ?? "" })),
    make("p", { textContent: open ? "Open to everybody." : "For whoever has signed in and may." }),
    rows.length ? make("table", {}, make("tbody", {}, ...rows)) : null,
    body ? make("div", {}, make("p", { textContent: "Body" }), make("pre", { textContent: shape(body) })) : null,
    ...answers,
  );
};

const draw = (contract) => {
  const calls = document.getElementById("calls");
  calls.replaceChildren(make("p", { className: "lead", textContent: contract.info.description }));
  for (const tag of contract.tags) {
    const section = make("section", {}, make("h2", { textContent: `${tag.name}: ${tag.description}` }));
    for (const [path, item] of Object.entries(contract.paths))
      for (const method of ["get", "post", "put", "patch", "delete"])
        if (item[method]?.tags?.includes(tag.name)) section.append(call(path, method, item[method], item.parameters));
    calls.append(section);
  }
  document.getElementById("find").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase().split(/\s+/);
    for (const row of calls.querySelectorAll("details"))
      row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
  });
};

fetch("/api-docs.json")
  .then((answer) => answer.json())
  .then(draw)
  .catch(() => document.getElementById("calls").replaceChildren(make("p", { textContent: "The contract cannot be read at the moment. Please load the page again." })));
