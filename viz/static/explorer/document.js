// A document: "n" and "p" go to the next and the previous statement; its words come into view.

const open = document.querySelector("mark") ?? document.getElementById("here");
open?.closest("tr")?.scrollIntoView({ block: "center" });

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  const way = { n: "next", p: "prev" }[event.key];
  if (way && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    document.querySelector(`a[rel=${way}]`)?.click();
  }
});
