// Paints a drawing with vis-network, which the page loads before; text of documents stays text everywhere.

const FACE = "Noto Sans JP, Noto Sans CJK JP, Hiragino Sans, Yu Gothic UI, Meiryo, sans-serif";
const INK = "#1f2933";
const READABLE = 0.55; // below this scale labels are hard to read
const INSIDE = 0.32; // how far from the middle of the view, in its widths, a box still stands well inside
const FAINT = 0.15;
const MANY = 500; // arrows above which they are straight, hidden while the picture moves, and never made faint
const NUMBERED = 150; // arrows up to which each bears the number of its row
const FORWARD = { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 };
const ASIDE = { enabled: true, type: "curvedCW", roundness: 0.22 };

const tip = (text) => Object.assign(document.createElement("div"), { textContent: text });

function node(box) {
  const hidden = box.hidden ? `\n＋${box.hidden}` : "";
  return {
    id: box.id,
    label: box.label + hidden,
    x: box.x,
    y: box.y,
    shape: box.round ? "ellipse" : "box",
    color: { background: box.fill, border: box.border, highlight: { background: box.fill, border: INK } },
    borderWidth: box.start ? 4 : box.open ? 2.5 : 1.5,
    shapeProperties: { borderDashes: box.members ? [6, 3] : false },
    title: tip([box.name, box.kind, box.owner].filter(Boolean).join("\n")),
  };
}

function edge(arrow, smooth, numbered) {
  return {
    id: arrow.number,
    from: arrow.source,
    to: arrow.target,
    color: { color: arrow.colour, highlight: arrow.colour, hover: arrow.colour },
    dashes: arrow.dashes.length ? arrow.dashes : false,
    width: arrow.width,
    arrows: arrow.connection ? "" : "to",
    smooth,
    label: numbered ? String(arrow.number) : undefined,
    title: tip(`${arrow.number}  ${arrow.tip}`),
  };
}

function edges(drawing) {
  const x = new Map(drawing.boxes.map((box) => [box.id, box.x]));
  const pairs = new Map();
  const pair = (arrow) => [arrow.source, arrow.target].sort().join("\n");
  for (const arrow of drawing.arrows) pairs.set(pair(arrow), (pairs.get(pair(arrow)) ?? 0) + 1);
  const numbered = drawing.arrows.length <= NUMBERED;
  const forward = (arrow) => pairs.get(pair(arrow)) === 1 && x.get(arrow.source) !== x.get(arrow.target);
  const straight = drawing.arrows.length > MANY;
  return drawing.arrows.map((arrow) => edge(arrow, straight ? false : forward(arrow) ? FORWARD : ASIDE, numbered));
}

/** Paint `drawing` into the element `canvas`; `on` is told what is chosen (`box`, `arrow`, `none`) and opened (`open`). */
export function paint(canvas, drawing, on = {}) {
  const many = drawing.arrows.length > MANY;
  const nodes = new vis.DataSet(drawing.boxes.map(node));
  const lines = new vis.DataSet(edges(drawing));
  const colours = new Map(drawing.arrows.map((arrow) => [arrow.number, arrow.colour]));
  const network = new vis.Network(canvas, { nodes, edges: lines }, {
    physics: { enabled: false },
    interaction: { hover: !many, tooltipDelay: 150, hideEdgesOnDrag: many, hideEdgesOnZoom: many, dragNodes: false },
    nodes: { font: { size: 16, face: FACE, color: INK }, margin: 8 },
    edges: {
      arrows: { to: { scaleFactor: 0.7 } },
      font: { size: 12, face: FACE, color: "#52606d", background: "#ffffff", strokeWidth: 0 },
      selectionWidth: 2,
      hoverWidth: 0,
    },
  });
  network.canvas.frame.tabIndex = -1; // the element around it takes the keys

  // In the order in which one reads: from left to right, and down each column.
  const order = drawing.boxes.toSorted((one, other) => one.x - other.x || one.y - other.y).map((box) => box.id);
  const opacity = (all, faint) => (all ? 1 : faint);

  function stress(ends, arrows) {
    if (many) return;
    nodes.update(order.map((id) => ({ id, opacity: opacity(!ends || ends.has(id), FAINT) })));
    lines.update([...colours].map(([id, color]) => {
      const shown = opacity(!arrows || arrows.has(id), FAINT);
      return { id, color: { color, highlight: color, hover: color, opacity: shown } };
    }));
  }

  function show(ids) {
    network.fit({ nodes: ids, maxZoomLevel: 1.1 });
    if (network.getScale() < READABLE) network.moveTo({ scale: READABLE });
  }

  // Move no further than it takes to have the box well inside, so that what stands around it is seen too.
  function keepInView(id) {
    const at = network.getPosition(id);
    const middle = network.getViewPosition();
    const scale = network.getScale();
    const room = { x: (canvas.clientWidth * INSIDE) / scale, y: (canvas.clientHeight * INSIDE) / scale };
    const near = (axis) => Math.min(at[axis] + room[axis], Math.max(at[axis] - room[axis], middle[axis]));
    network.moveTo({ position: { x: near("x"), y: near("y") } });
  }

  const board = {
    network,
    drawing,
    chosen: null,
    fit: () => network.fit({ maxZoomLevel: 1.1 }),
    zoom: (factor) => network.moveTo({ scale: Math.min(3, Math.max(0.02, network.getScale() * factor)) }),
    /** Show everything if that can be read; else what stands around `id`, or around the ends asked for, if there are any. */
    begin(id) {
      board.fit();
      if (network.getScale() >= READABLE) return;
      const asked = drawing.boxes.filter((box) => (id ? box.id === id : box.start)).map((box) => box.id);
      if (!asked.length) return;
      show([...asked, ...asked.flatMap((one) => network.getConnectedNodes(one))]);
      keepInView(asked[0]);
    },
    none() {
      board.chosen = null;
      network.unselectAll();
      stress(null, null);
      on.none?.();
    },
    box(id, { move = false } = {}) {
      board.chosen = id;
      const near = new Set(network.getConnectedEdges(id));
      network.selectNodes([id]);
      stress(new Set([id, ...network.getConnectedNodes(id)]), near);
      if (move) network.moveTo({ position: network.getPosition(id), scale: Math.max(READABLE, network.getScale()) });
      on.box?.(drawing.boxes.find((box) => box.id === id), near);
    },
    arrow(number, { move = false } = {}) {
      const { from, to } = lines.get(number);
      board.chosen = null;
      network.unselectAll();
      network.selectEdges([number]);
      stress(new Set([from, to]), new Set([number]));
      if (move) show([from, to]);
      on.arrow?.(number);
    },
    step(by) {
      const at = order.indexOf(board.chosen);
      board.box(order[(at < 0 && by < 0 ? order.length - 1 : at + by + order.length) % order.length], { move: true });
    },
    /** Choose the next box whose name holds `word`; tell how many there are. */
    find(word) {
      const plain = (text) => text.normalize("NFKC").toLowerCase();
      const held = order.filter((id) => plain(names.get(id)).includes(plain(word.trim())));
      if (!word.trim() || !held.length) return 0;
      board.box(held[(held.indexOf(board.chosen) + 1) % held.length], { move: true });
      return held.length;
    },
    destroy: () => network.destroy(),
  };
  const names = new Map(drawing.boxes.map((box) => [box.id, box.name]));

  network.on("click", ({ nodes: [id], edges: [number] }) => {
    if (id !== undefined) board.box(id);
    else if (number !== undefined) board.arrow(number);
    else board.none();
  });
  network.on("doubleClick", ({ nodes: [id] }) => id !== undefined && on.open?.(id));
  canvas.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (steps[event.key]) board.step(steps[event.key]);
    else if (event.key === "+" || event.key === ";") board.zoom(1.3);
    else if (event.key === "-") board.zoom(1 / 1.3);
    else if (event.key === "0") board.fit();
    else if (event.key === "Escape") board.none();
    else if (event.key === "Enter" && board.chosen) on.open?.(board.chosen);
    else return;
    event.preventDefault();
  });
  return board;
}
