// The picture of a trace; a box that is chosen leads to its page.
import { drawBoard } from "./drawn.js";

if (document.getElementById("drawing")) {
  const card = document.getElementById("card");
  const board = drawBoard({
    open: (id) => location.assign(board.drawing.boxes.find((box) => box.id === id).url),
    box(box) {
      const name = Object.assign(document.createElement("h2"), { lang: "ja" });
      name.append(Object.assign(document.createElement("a"), { href: box.url, textContent: box.name }));
      const about = [box.kind, box.owner].filter(Boolean).join(" ・ ");
      card.replaceChildren(name, Object.assign(document.createElement("p"), { textContent: about }));
      card.hidden = false;
    },
    none: () => { card.hidden = true; },
  });
  board.begin();
  document.getElementById("undo").hidden = true;
}
