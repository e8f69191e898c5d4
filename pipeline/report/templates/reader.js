// The right column: one article, whole, with everything that was found marked in its text.
const anchorLine = (anchor) => (!anchor?.day ? "nothing on the page states a day" : [
  h("b", {}, inWords(anchor.day)), anchor.clock && `, ${anchor.clock}`, " ",
  h("span", { class: "muted" }, [anchor.kind, anchor.certainty, anchor.zone].filter(Boolean).join(", ")), " ",
  anchor.words && quoted(anchor.words), anchor.rule && h("code", {}, anchor.rule)]);
const losers = (anchor) => anchor?.losers && h("details", { class: "losers" }, h("summary", {}, many(anchor.losers.length, "other candidate")),
  h("ul", {}, anchor.losers.map((l) => h("li", {}, h("b", {}, l.value ?? l.kind), " ", h("span", { class: "muted" }, l.kind), l.words && [" ", quoted(l.words)], `: ${l.reason} `, l.rule && h("code", {}, l.rule)))));

const body = (article, view, lit) => {
  const box = h("div", { class: "text", lang: article.language, dir: "auto" });
  let section = 0;
  for (const [kind, number, pieces] of view.blocks ?? []) {
    if (number !== section && view.sections && box.children.length) box.append(h("hr"));
    section = number;
    box.append(h("p", { class: `block ${kind}` }, pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      const [text, roles, numbers, date] = piece, known = date === null ? null : view.dates?.[date];
      const names = `m ${roles}${known ? ` date${known.known ? "" : " undated"}` : ""}${numbers.includes(lit) ? " on" : ""}`;
      const first = numbers.length ? article.events[Math.max(...numbers)] : null;
      if (known) return link({ article: article.id, event: "", date: String(date) }, text, { class: names });
      return h("span", { class: names, title: first ? `${named(first)} ${first.verb}` : null,
        onclick: () => first && go({ event: first.id, article: article.id, date: "" }, true) }, text);
    })));
  }
  return box;
};
const dateItem = (date, n, view, article) => h("li", { id: `d-${n}`, tabindex: "-1", class: state.date === String(n) ? "target" : null },
  h("p", { class: "line" }, h("span", { lang: article.language }, quoted(date.words)), " → ", h("b", { class: date.known ? null : "none" }, date.answer), date.time && ` ${date.time}`, " ",
    date.edtf && h("code", {}, date.edtf), date.certainty && chip(date.certainty, date.certainty)),
  h("p", { class: "why" }, h("span", { class: "muted" }, "rule "), h("code", {}, date.rule), date.bounds && h("span", { class: "bound" }, ` ${date.bounds}`),
    (date.anchor || (date.of_page && view.anchor?.day)) && [h("span", { class: "muted" }, " counted from "), date.of_page ? `${inWords(view.anchor.day, true)} (${view.anchor.kind})` : anchorLine(date.anchor)]),
  losers(date.anchor), date.trace && h("ul", { class: "trace" }, date.trace.map((line) => h("li", {}, line))));
const eventItem = (event, view) => h("li", { id: `r-${event.id}`, tabindex: "-1", class: state.event === event.id ? "target" : null },
  h("p", { class: "line" }, toEvent(event, h("b", {}, subject(event))), " ", verb(event), " ", event.kind === "did" && content(event), " ",
    event.quotation && h("span", { class: "muted" }, event.quotation), " ", marks(event)),
  h("p", { class: "why" }, event.written && [h("span", { class: "muted" }, "written "), quoted(event.written), " "], parties(event),
    h("span", { class: "muted" }, " when "), event.when ? made(event.when) : ["not said", event.bounds && `, ${event.bounds}`],
    event.about && [h("span", { class: "muted" }, " speaks of "), event.about.map((a, n) => [n ? "; " : "", quoted(a.words), a.answer && ` → ${a.answer}`])],
    event.reported && h("span", { class: "muted" }, ` reported ${inWords(event.reported, true)}`)),
  chain(event),
  view.traces?.[event.n]?.length > 0 && h("ul", { class: "trace" }, view.traces[event.n].map((line) => h("li", {}, line))));

const row2 = (term, ...what) => h("div", {}, h("dt", {}, term), h("dd", {}, ...what));
const articlePage = (article, lit) => {
  const view = viewOf(article), story = storyOf.get(article.id);
  return h("article", { class: "article" },
    h("h2", { class: "headline", lang: article.language, dir: "auto", tabindex: "-1" }, article.title),
    h("p", { class: "muted" }, [credit(article), article.published ? inWords(article.published) : "undated page", many(article.events.length, "event")].filter(Boolean).join(" · ")),
    h("dl", { class: "card" },
      view.byline && row2("by", view.byline),
      row2("counted from", anchorLine(view.anchor), view.bounds && h("span", { class: "bound" }, ` ${view.bounds}`), losers(view.anchor)),
      view.dateline && row2("dateline", quoted(view.dateline.words), view.dateline.zone && h("span", { class: "muted" }, ` ${view.dateline.zone}`)),
      view.sections && row2("posts", h("ol", { class: "sections" }, view.sections.map((s) => h("li", {}, anchorLine(s))))),
      view.modified && row2("changed", inWords(view.modified)),
      article.inferred && row2("its story says", storyNote(article)),
      story && row2("story", link({ view: "stories" }, `${many(story.articles, "page")}, ${many(story.texts, "text")}, ${many(story.sources, "source")}`),
        story.disputes && h("span", { class: "bound" }, ` ${many(story.disputes.length, "conflict")}`)),
      row2("source", article.url ? h("a", { class: "where", href: article.url, rel: "noopener noreferrer nofollow" }, article.url) : h("span", { class: "where" }, view.address ?? article.origin),
        article.file && [" ", h("a", { href: article.file }, "open the saved page")], article.url && h("span", { class: "muted where" }, ` ${article.origin}`)),
      view.left_out && row2("left out", view.left_out.join("; "))),
    body(article, view, lit),
    view.dates && [h("h3", {}, "How each date was made"), h("ol", { class: "dates" }, view.dates.map((d, n) => dateItem(d, n, view, article)))],
    article.events.length > 0 && [h("h3", {}, "Who said or did what"), h("ol", { class: "made-events" }, article.events.map((e) => eventItem(e, view)))]);
};
const legend = () => h("p", { class: "legend" }, [["source", "who"], ["cue", "says"], ["deed", "does"], ["recipient", "to whom"], ["content", "what"], ["date", "date"], ["date undated", "no day"]]
  .map(([kind, word]) => h("span", { class: `m ${kind}` }, word)));

let shown = null;
const drawReader = () => {
  const box = $("reader"), article = articleOf.get(state.article), event = eventOf.get(state.event);
  document.body.classList.toggle("reading", Boolean(article));
  // Where the article covers the page, what lies below it is out of reach for keys too.
  const covers = Boolean(article) && getComputedStyle(box).position === "fixed";
  for (const below of [document.querySelector("header"), $("axis"), $("filters"), $("list"), document.querySelector("footer")]) below.inert = covers;
  if (article && !viewOf(article)) { box.replaceChildren(h("p", { class: "empty" }, "Opening …")); shown = null; return; }
  const key = article ? `${article.id} ${state.event} ${state.date}` : "";
  if (key === shown) return;
  const same = shown?.split(" ")[0] === article?.id;
  shown = key;
  if (!article) { box.replaceChildren(glance()); return; }
  const lit = event?.article === article ? event.n : -1;
  box.replaceChildren(h("div", { class: "bar" }, h("button", { type: "button", class: "quiet close", onclick: close }, "Close"), legend(),
    h("a", { class: "quiet permalink", href: `#${event ? `event=${event.id}` : `article=${article.id}`}`, title: `A link to this ${event ? "event" : "article"}` }, "Link")),
    articlePage(article, lit));
  const wanted = state.date ? $(`d-${state.date}`) : box.querySelector(".m.on") ?? (event ? $(`r-${event.id}`) : null);
  if (!same) box.scrollTop = 0;
  if (wanted) bring(box, wanted);
  const focus = state.date ? $(`d-${state.date}`) : box.querySelector(".headline");
  focus?.focus({ preventScroll: true });
};
// Scrolls the column alone, so that the words stand in the middle of what is seen of it.
const bring = (box, wanted) => {
  const seen = box.getBoundingClientRect(), top = Math.max(0, seen.top), bottom = Math.min(innerHeight, seen.bottom);
  box.scrollTop += wanted.getBoundingClientRect().top - (top + bottom) / 2;
};
const close = () => {
  const event = state.event, article = state.article;
  go({ article: "", event: "", date: "" }, true);
  const back = document.getElementById(`e-${event}`) ?? [...$("list").querySelectorAll("a.source")].find((a) => a.getAttribute("href").includes(article));
  (back?.querySelector?.("a") ?? back ?? $("list")).focus({ preventScroll: true });
  back?.scrollIntoView({ block: "nearest" });
};
// What stands there before an article is chosen: how to read the page, and the stories worth a look.
const glance = () => {
  const disputed = data.stories.filter((s) => s.disputes), count = (how) => events.filter((e) => e.how === how).length;
  return h("div", { class: "glance" }, h("h2", {}, "How to read this"),
    h("p", {}, many(count("own"), "event"), " stand under a day that the page gives for them. ", many(count("reported"), "more stands", "more stand"),
      " under the day on which they were reported, fainter, since their page does not say when they happened. ", count("none") ? `${many(count("none"), "event")} of undated pages stand at the end.` : ""),
    h("p", {}, "Choose an event to read it where it stands, with the words, the anchor and the rule that made its day."), legend(),
    disputed.length > 0 ? [h("h2", {}, "Sources that disagree"), disputed.slice(0, 5).map(storyCard)]
      : data.stories.length > 0 && [h("h2", {}, "Stories that several pages tell"), data.stories.slice(0, 3).map(storyCard)]);
};
