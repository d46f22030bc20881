// A list of names below a field, as one types: a combobox that keyboards and screen readers know.

const PAUSE = 120; // milliseconds without a key after which names are asked for
let lists = 0;

/** Suggest names below `field`; `pick` gets the one chosen: its name, id and owner. */
export function suggest(field, pick) {
  const list = document.createElement("ul");
  list.className = "suggested";
  list.id = `suggested-${(lists += 1)}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  field.after(list);
  const said = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(said)) field.setAttribute(name, value);

  let found = [];
  let at = -1;
  let timer = 0;
  let asked = "";

  function close() {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(to) {
    at = (to + found.length) % found.length;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function choose(number) {
    pick(found[number]);
    close();
  }

  function show(names) {
    found = names;
    at = -1;
    list.replaceChildren(...names.map((one, number) => item(list.id, one, number, choose)));
    list.hidden = !names.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const word = field.value.trim();
    asked = word;
    if (!word) return close();
    const answer = await fetch(`/names.json?q=${encodeURIComponent(word)}`);
    if (answer.ok && asked === word && document.activeElement === field) show(await answer.json());
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(at < 0 && step < 0 ? found.length - 1 : at + step);
    else if (event.key === "Enter" && at >= 0) choose(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
}

function item(list, one, number, choose) {
  const shown = document.createElement("li");
  shown.id = `${list}-${number}`;
  shown.setAttribute("role", "option");
  shown.lang = "ja";
  shown.textContent = one.name;
  if (one.owner) shown.append(" ", Object.assign(document.createElement("small"), { textContent: one.owner }));
  shown.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps the focus
    choose(number);
  });
  return shown;
}
