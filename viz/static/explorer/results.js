// Answers of the endpoint as tables; every value is text, and only identifiers lead somewhere: to their page here.

const LONG = 200;

/** Return heads and rows of SPARQL results in JSON; a yes or no is a table of one cell. */
export function rowsOf(results, words) {
  if ("boolean" in results) {
    const said = results.boolean ? words("はい", "yes") : words("いいえ", "no");
    return { heads: ["ASK"], rows: [[{ type: "literal", value: said }]] };
  }
  const heads = results.head.vars;
  return { heads, rows: results.results.bindings.map((row) => heads.map((name) => row[name])) };
}

const TRIPLE = /^(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?) \.$/;
const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

/** Return the triples of N-Triples as rows of terms. */
export function triplesOf(text) {
  return text.split("\n").map((line) => TRIPLE.exec(line)).filter(Boolean).map((match) => match.slice(1, 4).map(term));
}

function term(written) {
  if (written.startsWith("<")) return { type: "uri", value: plain(written.slice(1, -1)) };
  if (written.startsWith("_:")) return { type: "bnode", value: written };
  return { type: "literal", value: plain(written.slice(1, written.lastIndexOf('"'))) };
}

function plain(escaped) {
  return escaped.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    one ? (ESCAPES[one] ?? one) : String.fromCodePoint(parseInt(four ?? eight, 16)),
  );
}

/** Return a table that scrolls sideways where the window is narrow. */
export function tableOf(heads, rows) {
  const table = document.createElement("table");
  table.className = "answer";
  const head = table.createTHead().insertRow();
  for (const text of heads) head.append(Object.assign(document.createElement("th"), { scope: "col", textContent: text }));
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const value of row) line.insertCell().append(value ? shown(value) : "");
  }
  const around = Object.assign(document.createElement("div"), { className: "scroll", tabIndex: 0 });
  around.append(table);
  return around;
}

function shown({ type, value }) {
  if (type !== "uri") return long(value);
  const link = document.createElement("a");
  const lang = document.documentElement.lang === "en" ? "&lang=en" : "";
  link.href = `/thing?id=${encodeURIComponent(value)}${lang}`;
  link.title = value;
  link.append(isolated(name(value)));
  return link;
}

// The last part of an identifier, as people write it.
function name(iri) {
  const end = iri.replace(/[/#]$/, "").split(/[/#]/).pop() || iri;
  try {
    return decodeURIComponent(end);
  } catch {
    return end;
  }
}

function long(value) {
  if (value.length <= LONG) return isolated(value);
  const all = document.createElement("details");
  const start = document.createElement("summary");
  all.className = "cut";
  start.append(isolated(`${value.slice(0, LONG)}…`), Object.assign(document.createElement("span"), { className: "more", textContent: "＋" }));
  all.append(start, isolated(value));
  return all;
}

const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function isolated(text) {
  return Object.assign(document.createElement("bdi"), { textContent: text.replace(UNPRINTABLE, "\ufffd") });
}
