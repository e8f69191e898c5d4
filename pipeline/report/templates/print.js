// What leaves the page: the events of the filter as CSV, and on paper with their articles.
const PRINTED = 200;
const COLUMNS = {
  event_id: (e) => e.id, article_id: (e) => e.article.id, kind: (e) => e.kind, actor: (e) => e.actor, role: (e) => e.role,
  lemma: (e) => e.lemma, plover: (e) => e.root, co_actors: (e) => e.others?.join("; "), recipient: (e) => e.recipient?.name,
  place: (e) => e.place, content: (e) => e.content, quotation: (e) => e.quotation, modality: (e) => e.modality ?? "asserted",
  when_edtf: (e) => e.when?.edtf, when_start: (e) => e.when?.start, when_end: (e) => e.when?.end, when_text: (e) => e.when?.words,
  certainty: (e) => e.when?.certainty, rule: (e) => e.when?.rule, reported: (e) => e.reported, about_edtf: (e) => e.about?.[0]?.edtf,
  language: (e) => e.article.language, publisher: (e) => e.article.publisher, agency: (e) => e.article.agency, title: (e) => e.article.title,
  published: (e) => e.article.published, url: (e) => e.article.url, origin: (e) => e.article.origin,
};
// A cell that a spreadsheet would run as a formula begins with a quotation mark instead.
const cell = (value) => {
  const text = String(value ?? ""), safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const csvOf = (list) => [Object.keys(COLUMNS), ...list.map((e) => Object.values(COLUMNS).map((of) => of(e)))].map((r) => r.map(cell).join(",")).join("\r\n");
const download = (list) => {
  const address = URL.createObjectURL(new Blob(["\ufeff", csvOf(list), "\r\n"], { type: "text/csv" }));
  h("a", { href: address, download: "events.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};

// Paper gets the whole filter, not what has been scrolled to, and after it the articles of its events.
const printed = ({ passed }) => {
  const chips = chosen().map(([text]) => text), list = groupsOf(passed), undated = passed.filter((e) => e.how === "none");
  const cited = byArticle(passed).map(([a]) => a);
  return [h("h1", {}, document.title), h("p", {}, `${many(passed.length, "event")} of ${many(cited.length, "article")}${chips.length ? `; filter: ${chips.join(", ")}` : ""}`),
    list.map(groupBox), undated.length > 0 && h("section", { class: "shelf" }, h("h2", {}, "No day known"), h("ol", { class: "rows" }, undated.map(row))),
    h("h1", {}, "Articles"), cited.length > PRINTED && h("p", {}, `The first ${PRINTED} of ${cited.length}; choose a narrower filter for the rest.`),
    cited.slice(0, PRINTED).filter(viewOf).map((a) => articlePage(a, -1))].flat(9).filter(Boolean);
};
const unfold = (box) => box.querySelectorAll("button.more").forEach((b) => b.click());
addEventListener("beforeprint", () => {
  const box = $("print");
  box.replaceChildren(...printed(sift()));
  unfold(box);
  box.hidden = false;
});
addEventListener("afterprint", () => { $("print").hidden = true; $("print").replaceChildren(); });
