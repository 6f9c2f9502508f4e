/* The reviewer's desk: keeps the draft while it is written, and listens to keys. The page works without it. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const said = form.querySelector("[data-kept]");
  let changed = false, busy = false, stopped = false;

  const keep = async () => {
    changed = false;
    busy = true;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error",
      });
      const told = await answer.json();
      said.textContent = told.said;
      stopped = Boolean(told.stop);
      for (const [name, value] of Object.entries(told.hidden || {})) form.elements[name].value = value;
      if (answer.ok && !changed) form.changed = false;
    } catch {
      changed = true;
      said.textContent = form.dataset.lost;
    }
    busy = false;
    if (waiting) { form.sentAt = 0; form.requestSubmit(waiting); waiting = null; }
  };
  form.addEventListener("input", () => { changed = true; });
  // What is being kept arrives before what is sent, or the form would clash with itself.
  let waiting = null;
  form.addEventListener("submit", (event) => {
    stopped = true;
    if (!busy) return;
    event.preventDefault();
    waiting = event.submitter;
  });
  addEventListener("pageshow", (event) => { if (event.persisted) stopped = false; });
  setInterval(() => { if (changed && !busy && !stopped) keep(); }, 3000);

  // Keys: digits score, j and k go through the criteria, s and n as it says beside them.
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const scores = (one) => [...one.querySelectorAll("input[type=radio]")];
  const first = (one) => one.querySelector("input:checked") || one.querySelector("input");
  const at = () => criteria.findIndex((one) => one.contains(document.activeElement));
  const go = (index) => {
    const one = criteria[Math.max(0, Math.min(criteria.length - 1, index))];
    if (!one) return;
    first(one).focus();
    one.scrollIntoView({ block: "nearest" });
  };
  const score = (digit) => {
    const one = criteria[Math.max(0, at())];
    const found = one && scores(one).find((input) => input.value === digit);
    if (!found) return false;
    found.checked = true;
    found.focus();
    found.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };
  const typing = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (/^[0-9]$/.test(key) && score(key)) event.preventDefault();
    else if (key === "j") go(at() + 1);
    else if (key === "k") go(at() - 1);
    else if (key === "s" || key === "n") document.querySelector(`[data-key=${key}]`)?.click();
  });
})();
