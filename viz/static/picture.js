// Ties the picture to the table beside it. `network`, `nodes` and `edges` are made by the script before.
"use strict";
(() => {
  const readable = 0.65; // below this scale the labels are hard to read
  const faint = 0.15;
  const rows = new Map([...document.querySelectorAll("tr[data-edge]")].map((row) => [row.dataset.edge, row]));
  const wanted = document.getElementById("wanted");
  const colours = new Map(edges.get().map((edge) => [edge.id, edge.color]));

  // A title that is an element is shown as it is; text stays text.
  const tip = (text) => Object.assign(document.createElement("div"), { textContent: text });
  nodes.update(nodes.get().map(({ id, tip: text }) => ({ id, title: tip(text) })));
  edges.update(edges.get().map(({ id, tip: text }) => ({ id, title: tip(text) })));

  const overview = () => network.fit({ maxZoomLevel: 1.1 });
  const zoom = (factor) => network.moveTo({ scale: Math.min(3, network.getScale() * factor), animation: true });

  // Show everything if that can be read; else what stands around the end asked for, or the busiest one.
  function begin() {
    overview();
    if (network.getScale() >= readable) return;
    const asked = nodes.get({ filter: (node) => node.asked }).map((node) => node.id);
    const middle = asked.length ? asked : nodes.getIds().slice(0, 1);
    network.fit({ nodes: [...middle, ...middle.flatMap((id) => network.getConnectedNodes(id))], maxZoomLevel: 1.1 });
    if (network.getScale() < readable) network.moveTo({ scale: readable });
  }

  // Leave these ends and arrows as they are and make the others faint; null brings all back.
  function stress(ends, arrows) {
    nodes.update(nodes.getIds().map((id) => ({ id, opacity: !ends || ends.has(id) ? 1 : faint })));
    edges.update(
      [...colours].map(([id, color]) => {
        const opacity = !arrows || arrows.has(id) ? 1 : faint;
        return { id, color: { color, highlight: color, hover: color, opacity } };
      }),
    );
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
    choose(null, false);
    if (node !== undefined) {
      const arrows = new Set(network.getConnectedEdges(node));
      stress(new Set([node, ...network.getConnectedNodes(node)]), arrows);
      show(arrows);
    } else {
      stress(null, null);
      show(null);
      if (edge !== undefined) choose(edge, true);
    }
  });

  for (const [id, row] of rows) {
    const point = () => {
      const { from, to } = edges.get(id);
      choose(id, false);
      stress(new Set([from, to]), new Set([id]));
      network.fit({ nodes: [from, to], maxZoomLevel: 1.1, animation: true });
    };
    row.addEventListener("click", (event) => event.target.closest("details") || point());
    row.addEventListener("keydown", (event) => event.target === row && event.key === "Enter" && point());
  }

  wanted.addEventListener("input", () => {
    const word = wanted.value.trim().normalize("NFKC").toLowerCase();
    const holds = (row) => row.textContent.normalize("NFKC").toLowerCase().includes(word);
    show(word ? new Set([...rows].filter(([, row]) => holds(row)).map(([id]) => id)) : null);
  });

  document.getElementById("fit").addEventListener("click", () => {
    stress(null, null);
    show(null);
    overview();
  });
  document.getElementById("in").addEventListener("click", () => zoom(1.4));
  document.getElementById("out").addEventListener("click", () => zoom(1 / 1.4));
  stress(null, null);
  if (window.innerWidth <= 800) document.querySelector("details.warn")?.removeAttribute("open");
  begin();
})();
