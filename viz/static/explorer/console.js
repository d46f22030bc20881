// The console: colours the query, asks the endpoint, and shows what it answers.
import { paint } from "./board.js";
import { save } from "./drawn.js";
import { rowsOf, tableOf, triplesOf } from "./results.js";
import { coloured } from "./sparql.js";

const JSON_RESULTS = "application/sparql-results+json";
const ACCEPT = `${JSON_RESULTS}, application/n-triples;q=0.9`;
const SHOWN = 1000; // rows that the page shows; files have all

const byId = (id) => document.getElementById(id);
const english = document.documentElement.lang === "en";
const words = (ja, en) => (english ? en : ja);
const query = byId("query");
const answer = byId("answer");

function colour() {
  byId("colours").replaceChildren(...coloured(query.value));
  byId("colours").scrollTo(query.scrollLeft, query.scrollTop);
}

function post(accept) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  return fetch("/sparql", { method: "POST", headers, body: query.value });
}

function address() {
  const fields = new URLSearchParams({ query: query.value, run: "1" });
  if (english) fields.set("lang", "en");
  return `/console?${fields}`;
}

function element(tag, text, className) {
  return Object.assign(document.createElement(tag), { textContent: text, className: className ?? "" });
}

function button(text, action) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.addEventListener("click", action);
  return made;
}

async function keep(accept, name, start = "") {
  const got = await post(accept);
  if (got.ok) save(new Blob([start, await got.blob()], { type: accept }), name);
}

function files(kind) {
  if (kind === "rows") {
    return [
      button("CSV", () => keep("text/csv", "answer.csv")),
      button(words("CSV（Excel用）", "CSV (for Excel)"), () => keep("text/csv", "answer.csv", "\ufeff")),
      button("JSON", () => keep(JSON_RESULTS, "answer.json")),
    ];
  }
  return [
    button("Turtle", () => keep("text/turtle", "answer.ttl")),
    button("JSON-LD", () => keep("application/ld+json", "answer.jsonld")),
  ];
}

function about(count, cut, seconds, kind) {
  const line = element("p", "", "tools");
  const shown = Math.min(count, SHOWN);
  const rows = words(`${count.toLocaleString()} 行`, `${count.toLocaleString()} rows`);
  const first = shown < count ? words(`（最初の ${shown.toLocaleString()} 行を表示）`, ` (the first ${shown.toLocaleString()} shown)`) : "";
  const limit = cut ? words("（上限で打ち切り）", " (cut at the limit)") : "";
  const link = Object.assign(element("a", words("この問い合わせへのリンク", "Link to this query")), { href: address() });
  line.append(element("strong", rows + first + limit), element("small", `${seconds.toFixed(2)} s`), ...files(kind), link);
  return line;
}

async function drawn() {
  const got = await fetch(`/console/drawing${english ? "?lang=en" : ""}`, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query" },
    body: query.value,
  });
  if (!got.ok) return [];
  const drawing = await got.json();
  if (!drawing.boxes.length) return [];
  const board = Object.assign(element("section", ""), { id: "board" });
  const canvas = Object.assign(element("div", ""), { id: "canvas", tabIndex: 0 });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", words("答えの図。表と同じ内容です", "Picture of the answer; the table says the same"));
  board.append(canvas);
  const note = drawing.left_out
    ? [element("p", words(`図は ${drawing.boxes.length} の端まで。ほか ${drawing.left_out}`, `The picture has ${drawing.boxes.length} ends; ${drawing.left_out} more`), "notice")]
    : [];
  return [...note, board, () => paint(canvas, drawing, {
    open: (id) => open(drawing.boxes.find((box) => box.id === id)?.url ?? "#", "_self"),
  }).begin()];
}

async function show(got, seconds) {
  const media = got.headers.get("Content-Type") ?? "";
  const cut = got.headers.has("Mynaflow-Cut");
  if (media.includes("n-triples")) {
    const triples = triplesOf(await got.text());
    const [parts, paints] = split(await drawn());
    const heads = [words("主語", "subject"), words("述語", "predicate"), words("目的語", "object")];
    answer.replaceChildren(about(triples.length, cut, seconds, "triples"), ...parts, tableOf(heads, triples.slice(0, SHOWN)));
    for (const one of paints) one();
    return;
  }
  const { heads, rows } = rowsOf(await got.json(), words);
  answer.replaceChildren(about(rows.length, cut, seconds, "rows"), tableOf(heads, rows.slice(0, SHOWN)));
}

function split(parts) {
  return [parts.filter((one) => typeof one !== "function"), parts.filter((one) => typeof one === "function")];
}

async function run() {
  history.replaceState(null, "", address());
  byId("run").disabled = true;
  answer.replaceChildren(element("p", words("問い合わせ中 …", "Asking …")));
  const started = performance.now();
  try {
    const got = await post(ACCEPT);
    if (got.ok) await show(got, (performance.now() - started) / 1000);
    else answer.replaceChildren(element("pre", (await got.json()).detail, "failed"));
  } catch (error) {
    answer.replaceChildren(element("pre", words(`サーバーに届きません: ${error.message}`, `The server cannot be reached: ${error.message}`), "failed"));
  } finally {
    byId("run").disabled = false;
  }
}

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
query.addEventListener("input", colour);
query.addEventListener("scroll", colour);
query.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  run();
});
byId("example").addEventListener("change", () => byId("examples").requestSubmit());
document.querySelector(".editor").classList.add("coloured");
colour();
if (new URLSearchParams(location.search).has("run")) run();
