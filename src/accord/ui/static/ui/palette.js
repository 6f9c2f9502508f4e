/* The palette: Ctrl-K or / opens it; it asks the address in data-suggest for the words and draws what comes back:
   { groups: [{ name, items: [{ title, lang, hint, url }] }] }. Without it the form goes to the search page. */
(() => {
  "use strict";
  const dialog = document.querySelector("dialog.palette");
  if (!dialog?.showModal) return;
  const form = dialog.querySelector("form");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const said = dialog.querySelector("[role=status]");
  let asked = 0;
  let timer = 0;
  let shown = null;
  let composing = false;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");
  const make = (tag, role, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (role) element.setAttribute("role", role);
    if (text) element.textContent = text;
    Object.entries(attributes).forEach(([name, value]) => value && element.setAttribute(name, value));
    return element;
  };

  const choose = (option) => {
    active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const draw = (groups) => {
    list.replaceChildren(...groups.map((group, at) => {
      const box = make("div", "group", "", { "aria-labelledby": `palette-${at}` });
      box.append(make("p", "presentation", group.name, { id: `palette-${at}` }));
      group.items.forEach((item, which) => {
        const option = make("div", "option", "", { id: `palette-${at}-${which}`, "aria-selected": "false", "data-url": item.url });
        option.append(make("span", "", item.title, { lang: item.lang }));
        if (item.hint) option.append(make("span", "", item.hint, { class: "quiet" }));
        box.append(option);
      });
      return box;
    }));
    list.setAttribute("aria-busy", "false");
    const count = options().length;
    input.setAttribute("aria-expanded", String(count > 0));
    said.textContent = count ? said.dataset.many.replace("{n}", count) : said.dataset.none;
    said.classList.toggle("hidden", count > 0);
    choose(options()[0]);
  };

  const ask = async () => {
    const words = input.value.trim();
    const number = (asked += 1);
    try {
      const answer = await fetch(`${dialog.dataset.suggest}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
      const { groups } = await answer.json();
      if (number !== asked) return;
      shown = words;
      draw(groups);
    } catch {
      if (number !== asked) return;
      list.setAttribute("aria-busy", "false");
      said.textContent = said.dataset.failed;
      said.classList.remove("hidden");
    }
  };

  const later = () => { asked += 1; list.setAttribute("aria-busy", "true"); clearTimeout(timer); timer = setTimeout(ask, 150); };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    if (shown !== input.value.trim()) ask();
  };

  // What was typed and not yet answered goes to the search page; else the chosen line is followed.
  form.addEventListener("submit", (event) => {
    const option = active();
    if (!option || shown !== input.value.trim()) return;
    event.preventDefault();
    dialog.close();
    location.assign(option.dataset.url);
  });

  // While a Chinese word is being put together its letters are nobody's words, and the keys are the input method's.
  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; later(); });
  dialog.addEventListener("cancel", (event) => { if (composing) event.preventDefault(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) {
      event.stopPropagation();
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    const every = options();
    const at = every.indexOf(active());
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: Math.min(at + 8, every.length - 1), PageUp: Math.max(at - 8, 0) };
    if (!(event.key in moves) || !every.length) return;
    event.preventDefault();
    choose(every[(moves[event.key] + every.length) % every.length]);
  });

  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    if (event.ctrlKey || event.metaKey) { globalThis.open(option.dataset.url, "_blank", "noopener"); return; }
    dialog.close();
    location.assign(option.dataset.url);
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest("[data-close]")) dialog.close(); });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && dialog.dataset.slash === "on";
    if (event.isComposing || document.querySelector("dialog[open]:not(.palette)") || !(control || slash)) return;
    event.preventDefault();
    open();
  });
  document.querySelectorAll("[data-palette]").forEach((opener) => opener.addEventListener("click", (event) => { event.preventDefault(); open(); }));
})();
