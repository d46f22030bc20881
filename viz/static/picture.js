// Ties the picture to the table beside it. `network`, `nodes` and `edges` are made by the script before.
"use strict";
(() => {
  const readable = 0.62; // below this scale a label of the picture can't be read
  const rows = new Map([...document.querySelectorAll("tr[data-edge]")].map((row) => [row.dataset.edge, row]));
  const wanted = document.getElementById("wanted");

  // A title that is an element is shown as it is; text stays text.
  const tip = (text) => Object.assign(document.createElement("div"), { textContent: text });
  nodes.update(nodes.get().map(({ id, tip: text }) => ({ id, title: tip(text) })));
  edges.update(edges.get().map(({ id, tip: text }) => ({ id, title: tip(text) })));

  const overview = () => network.fit({ maxZoomLevel: 1.1 });
  const zoom = (factor) => network.moveTo({ scale: Math.min(3, network.getScale() * factor), animation: true });

  function begin() {
    overview();
    const start = nodes.get({ filter: (node) => node.asked })[0];
    if (network.getScale() < readable && start) {
      network.moveTo({ position: network.getPosition(start.id), scale: readable });
    } else if (network.getScale() < readable) {
      network.moveTo({ scale: readable });
    }
  }

  function show(ids) {
    for (const [id, row] of rows) row.hidden = ids !== null && !ids.has(id);
  }

  function choose(id, scroll) {
    for (const row of rows.values()) row.classList.remove("chosen");
    const row = rows.get(id);
    if (!row) return;
    row.hidden = false;
    row.classList.add("chosen");
    if (scroll) row.scrollIntoView({ block: "nearest" });
  }

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    wanted.value = "";
    if (node !== undefined) {
      show(new Set(network.getConnectedEdges(node)));
    } else if (edge !== undefined) {
      show(null);
      choose(edge, true);
    } else {
      show(null);
      choose(null, false);
    }
  });

  for (const [id, row] of rows) {
    const point = () => {
      const edge = edges.get(id);
      choose(id, false);
      network.selectEdges([id]);
      network.fit({ nodes: [edge.from, edge.to], maxZoomLevel: 1.1, animation: true });
    };
    row.addEventListener("click", (event) => event.target.closest("details") || point());
    row.addEventListener("keydown", (event) => event.key === "Enter" && point());
  }

  wanted.addEventListener("input", () => {
    const word = wanted.value.trim().normalize("NFKC").toLowerCase();
    const holds = (row) => row.textContent.normalize("NFKC").toLowerCase().includes(word);
    show(word ? new Set([...rows].filter(([, row]) => holds(row)).map(([id]) => id)) : null);
  });

  document.getElementById("fit").addEventListener("click", overview);
  document.getElementById("in").addEventListener("click", () => zoom(1.4));
  document.getElementById("out").addEventListener("click", () => zoom(1 / 1.4));
  begin();
})();
