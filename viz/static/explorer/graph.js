// The graph: boxes are opened and closed by asking for the address that shows them so, without loading the page anew.
import { drawBoard } from "./drawn.js";

const byId = (id) => document.getElementById(id);
const words = (ja, en) => (document.documentElement.lang === "en" ? en : ja);
let board = null;
let shown = location.search; // what the page shows: the address may be ahead of it
let asked = 0;

function address(change) {
  const url = new URL(location.href);
  change(url.searchParams);
  url.hash = "";
  return url;
}

function without(fields, name, value) {
  const kept = fields.getAll(name).filter((one) => one !== value);
  fields.delete(name);
  for (const one of kept) fields.append(name, one);
}

function boxOf(id) {
  return board.drawing.boxes.find((box) => box.id === id);
}

/** Return the address in which a box is open if it is closed, and closed if it is open; null if it can be neither. */
function toggled(box) {
  const fields = new URLSearchParams(location.search);
  if (box.members) return address((asked) => asked.append("ungroup", box.id));
  if (!fields.has("node")) return address((asked) => asked.append("node", box.id));
  if (box.start) return null;
  if (box.open) return address((asked) => without(asked, "open", box.id));
  return box.hidden ? address((asked) => asked.append("open", box.id)) : null;
}

function toggle(id) {
  const there = toggled(boxOf(id));
  if (there) go(there, id);
}

/** Show what stands at `url` in place of what is here; `middle` is the box to look at. */
async function go(url, middle, remember = true) {
  const turn = (asked += 1);
  byId("main").classList.add("busy");
  const answer = await fetch(url);
  const text = await answer.text();
  if (turn !== asked) return; // something else was asked for in the meantime
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!answer.ok || !page.getElementById("drawing")) return location.assign(url);
  if (remember) history.pushState({ depth: (history.state?.depth ?? 0) + 1 }, "", url);
  shown = location.search;
  board.destroy();
  document.title = page.title;
  byId("tongue").replaceWith(page.getElementById("tongue"));
  byId("main").classList.remove("busy");
  byId("main").replaceChildren(...page.getElementById("main").childNodes);
  begin(middle);
}

function button(text, action) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.addEventListener("click", action);
  return made;
}

function link(text, href) {
  return Object.assign(document.createElement("a"), { textContent: text, href, className: "button" });
}

function text(tag, content, lang) {
  return Object.assign(document.createElement(tag), { textContent: content, lang: lang ?? "" });
}

function toggleWords(box) {
  if (box.members) return words(`${box.members}に分ける`, `Split into ${box.members}`);
  if (!new URLSearchParams(location.search).has("node")) return words("ここから見る", "Start here");
  return box.open ? words("閉じる", "Collapse") : words(`開く（＋${box.hidden}）`, `Expand (+${box.hidden})`);
}

function actions(box) {
  const made = [];
  if (toggled(box)) made.push(button(toggleWords(box), () => toggle(box.id)));
  if (box.url) {
    const here = new URLSearchParams(location.search);
    const around = address((fields) => { fields.delete("open"); fields.set("node", box.id); });
    const alone = box.start && here.getAll("node").length === 1 && !here.has("open");
    if (here.has("node") && !alone) made.push(button(words("これだけ", "Only this"), () => go(around, box.id)));
    made.push(link(words("ページ", "Page"), box.url));
    const lang = document.documentElement.lang === "en" ? "&lang=en" : "";
    const ends = `from=${encodeURIComponent(box.name)}&from_id=${encodeURIComponent(box.id)}`;
    made.push(link(words("下流", "Downstream"), `/trace?${ends}${lang}`));
    made.push(link(words("上流", "Upstream"), `/trace?${ends.replaceAll("from", "to")}${lang}`));
  }
  return made;
}

function tell(box) {
  const about = [box.kind, box.owner].filter(Boolean).join(" ・ ");
  const row = Object.assign(document.createElement("div"), { className: "tools" });
  row.append(...actions(box));
  byId("card").replaceChildren(text("h2", box.name, "ja"), text("p", about, "ja"), row);
  byId("card").hidden = false;
}

function begin(middle) {
  board = drawBoard({ open: toggle, box: tell, none: () => { byId("card").hidden = true; } });
  board.begin(middle);
  if (middle && boxOf(middle)) board.box(middle);
  byId("undo").disabled = !history.state?.depth;
  byId("undo").addEventListener("click", () => history.back());
  byId("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = [...new FormData(event.target)].filter(([, value]) => value !== "");
    go(new URL(`/graph?${new URLSearchParams(fields)}`, location.href));
  });
}

window.addEventListener("popstate", () => {
  if (location.search !== shown) go(location.href, board.chosen, false);
});
begin();
