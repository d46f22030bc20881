// The board of a page: its picture, its tools, and the table of the same arrows.
import { paint } from "./board.js";

const PNG_SIDE = 8000; // pixels of a PNG at most
const PNG_SCALE = 2;

const ROWS = 100; // rows that are added to the table at once
const PAUSE = 2000; // milliseconds after which rows are added even while the picture moves

const byId = (id) => document.getElementById(id);

/** Paint the board of the page; `on` is told what is chosen, after the table has followed. */
export function drawBoard(on = {}) {
  const drawing = JSON.parse(byId("drawing").textContent);
  const rows = new Map([...document.querySelectorAll("tr[data-arrow]")].map((row) => [Number(row.dataset.arrow), row]));

  function show(numbers, chosen) {
    for (const [number, row] of rows) {
      row.hidden = numbers !== null && !numbers.has(number);
      row.classList.toggle("chosen", number === chosen);
    }
  }

  const board = paint(byId("canvas"), drawing, {
    open: on.open,
    box(box, arrows) {
      show(arrows, null);
      on.box?.(box);
    },
    arrow(number) {
      show(null, number);
      rows.get(number)?.scrollIntoView({ block: "nearest" });
      on.none?.();
    },
    none() {
      show(null, null);
      on.none?.();
    },
  });
  document.querySelector(".arrows tbody").addEventListener("click", (event) => {
    const row = event.target.closest(".point")?.closest("tr");
    if (row) board.arrow(Number(row.dataset.arrow), { move: true });
  });
  tools(board);
  addRest(rows);
  return board;
}

/** Fetch the rows that the page leaves out, and add them to the table and to `rows` a few at a time. */
async function addRest(rows) {
  const link = byId("rest");
  if (!link) return;
  await new Promise((painted) => requestIdleCallback(painted, { timeout: PAUSE }));
  const answer = await fetch(link.href);
  if (!answer.ok || !link.isConnected) return;
  const rest = [...new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("tr")];
  const body = document.querySelector(".arrows tbody");
  const add = () => {
    if (!link.isConnected) return;
    for (const row of rest.splice(0, ROWS)) {
      rows.set(Number(row.dataset.arrow), row);
      body.append(row);
    }
    if (rest.length) requestIdleCallback(add, { timeout: PAUSE });
    else link.parentElement.remove();
  };
  requestIdleCallback(add, { timeout: PAUSE });
}

function tools(board) {
  byId("fit").addEventListener("click", () => { board.none(); board.fit(); });
  byId("in").addEventListener("click", () => board.zoom(1.3));
  byId("out").addEventListener("click", () => board.zoom(1 / 1.3));
  byId("png").addEventListener("click", () => savePng(document.querySelector("[data-file=svg]").href));
  const find = byId("find");
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      board.find(find.value);
    }
  });
  find.addEventListener("input", () => board.find(find.value) || board.none());
}

/** Save the picture that stands at the address of an SVG as a PNG: all of it, whatever part is on the screen. */
async function savePng(address) {
  const image = new Image();
  image.src = URL.createObjectURL(await (await fetch(address)).blob());
  await image.decode();
  const scale = Math.min(PNG_SCALE, PNG_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: image.naturalWidth * scale,
    height: image.naturalHeight * scale,
  });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => save(blob, "mynaflow.png"), "image/png");
}

/** Let the reader keep `blob` as a file. */
export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
