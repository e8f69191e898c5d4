"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("filters");
  const actor = $("f-actor"), from = $("f-from"), to = $("f-to"), about = $("f-about");
  const cards = [...document.querySelectorAll("#timeline .event")];
  const lines = [...document.querySelectorAll("#timeline .aboutline")];
  const sections = [...document.querySelectorAll("#timeline > section")];

  // [start, end) of the event against [from, to] of the filter, all as ISO days, which sort as text.
  const inDays = (item) => {
    if (!from.value && !to.value) return true;
    const start = item.dataset.start.slice(0, 10), end = item.dataset.end.slice(0, 10);
    if (!start) return false;
    return (!to.value || start <= to.value) && (!from.value || (end > start ? end > from.value : start >= from.value));
  };
  const byActor = (item, wanted) => !wanted || item.dataset.actor.toLocaleLowerCase().includes(wanted);

  const filter = () => {
    const wanted = actor.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const card of cards) {
      card.hidden = !(byActor(card, wanted) && inDays(card));
      if (!card.hidden) shown += 1;
    }
    for (const line of lines) line.hidden = !(about.checked && byActor(line, wanted) && inDays(line));
    for (const section of sections) {
      for (const part of section.querySelectorAll(".about, .events")) {
        part.hidden = !part.querySelector("li:not([hidden])");
        const heading = part.matches(".events") ? part.previousElementSibling : null;
        if (heading && heading.matches("h3")) heading.hidden = part.hidden;
      }
      section.hidden = !section.querySelector("li:not([hidden])");
    }
    $("f-count").value = `${shown} of ${cards.length} events`;
    $("f-none").hidden = shown > 0 || cards.length === 0;
  };

  // A link to a part of an article opens the article; an event lights up its words.
  const light = (article, number) => {
    for (const mark of document.querySelectorAll(".m.on")) mark.classList.remove("on");
    if (number === null) return;
    for (const mark of article.querySelectorAll(`.m[data-e~="${number}"]`)) mark.classList.add("on");
  };
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && $(id);
    const article = target && target.closest("details.article");
    if (!article) return;
    for (const other of document.querySelectorAll("details.article[open]")) other.open = other === article;
    article.open = true;
    const number = target.dataset.event ?? null;
    light(article, number);
    const first = number === null ? null : article.querySelector(".m.on");
    (first || target).scrollIntoView({ block: first ? "center" : "start" });
    if (target.tabIndex === -1) target.focus({ preventScroll: true });
  };

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    // A second click on the same link changes no hash, and should still lead there.
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) follow();
  });
  filter();
  follow();
})();
