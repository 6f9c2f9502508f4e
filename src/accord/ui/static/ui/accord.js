/* What the browser adds; every page works without it. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  let leaving = false;

  // Focus: the error summary when something is wrong, the new heading after a page-like swap.
  const focus = (element) => element && (element.setAttribute("tabindex", "-1"), element.focus());
  const say = (text) => { $("#said").textContent = text; };
  focus($(".errors"));
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx?.target || event.target;
    const errors = $(".errors", target);
    const said = $("[data-say]", target);
    if (errors) focus(errors);
    else if ($("h1", target)) focus($("h1", target));
    if (said) say(said.dataset.say);
  });

  document.addEventListener("click", (event) => {
    // A line of the summary brings the label into view, then focuses the input.
    const link = event.target.closest(".errors a[href^='#']");
    const input = link && document.getElementById(link.hash.slice(1));
    if (input) {
      event.preventDefault();
      (input.closest(".field") || input).scrollIntoView({ block: "start" });
      input.focus({ preventScroll: true });
    }
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && $("details.menu[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key === "Enter" && event.target.matches("textarea")) event.target.form?.requestSubmit();
  });

  // A second press within a second sends nothing; the server refuses repeats as well.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const now = Date.now();
    if (now - (form.sentAt || 0) < 1000) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.sentAt = now;
    if (form.method === "post") leaving = true;
  }, true);

  // Leaving a form with changes asks first.
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-guard]")) return;
    form.changed = true;
    const mark = $("[data-unsaved]", form);
    if (mark) mark.hidden = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && [...document.querySelectorAll("form[data-guard]")].some((form) => form.changed)) event.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });

  // Long forms are kept while they are filled in; what cannot be kept now is tried again with the next change.
  const keep = async (form) => {
    const body = new FormData(form);
    form.querySelectorAll("[type=file], [type=password]").forEach((input) => body.delete(input.name));
    body.set("path", location.pathname);
    form.unkept = false;
    try { form.unkept = !(await fetch(form.elements.autosave.value, { method: "POST", body, redirect: "error" })).ok; } catch { form.unkept = true; }
  };
  document.addEventListener("input", (event) => { if (event.target.form?.elements.autosave) event.target.form.unkept = true; });
  setInterval(() => document.querySelectorAll("form").forEach((form) => form.unkept && !leaving && keep(form)), 4000);

  // Pointing at a chart says the nearest level.
  document.addEventListener("pointermove", (event) => {
    const chart = event.target.closest?.("svg[data-readout]");
    if (!chart) return;
    const points = (chart.points ||= JSON.parse(chart.dataset.readout));
    const box = chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) * chart.viewBox.baseVal.width) / box.width;
    const near = points.reduce((best, point) => (Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best), points[0]);
    const out = $(".readout", chart.parentElement);
    if (near && out) out.textContent = near[1];
  });
})();
