// What every page does: "/" goes to the search, and fields suggest names; one chosen in the search opens its page.
import { suggest } from "./suggest.js";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.getElementById("search").focus();
});

for (const field of document.querySelectorAll(".search input[name=q]")) {
  suggest(field, ({ id }) => {
    const lang = document.documentElement.lang === "en" ? "&lang=en" : "";
    location.assign(`/thing?id=${encodeURIComponent(id)}${lang}`);
  });
}

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const hidden = field.parentElement.querySelector("input[type=hidden]");
  field.addEventListener("input", () => { hidden.value = ""; });
  suggest(field, (chosen) => {
    field.value = chosen.name;
    hidden.value = chosen.id;
  });
}
