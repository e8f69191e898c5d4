// Draws everything from the state, and takes the state from the address.
const tabs = (found) => {
  const letters = data.summary.letters.reduce((n, l) => n + l[2], 0);
  const held = { chronology: events.length, spoken: spoken.length, stories: data.stories.length, articles: articles.length, letters };
  // Searching the texts of all articles costs too much for a number, so a search counts them only where they are listed.
  const counted = state.q && state.view !== "articles" ? "" : articlesIn(found).length;
  const names = { chronology: ["Chronology", found.passed.length], spoken: ["Spoken of", spokenIn(found).length], stories: ["Stories", storiesIn(found).length],
    articles: ["Articles", counted], letters: ["Not read", letters] };
  return h("nav", { class: "tabs", "aria-label": "Views" }, VIEWS.filter((view) => view === state.view || view === "chronology" || view === "articles" || held[view]).map((view) => link({ view }, [names[view][0], " ", h("span", { class: "n" }, names[view][1].toLocaleString("en"))],
    { "aria-current": state.view === view ? "page" : null })));
};
const tools = ({ passed }) => h("div", { class: "tools" },
  h("output", { id: "count", "aria-live": "polite" }, passed.length === events.length ? many(events.length, "event") : `${passed.length.toLocaleString("en")} of ${many(events.length, "event")}`),
  h("button", { type: "button", class: "quiet", id: "order", onclick: () => go({ order: state.order === "old" ? "new" : "old" }) }, `Order: ${state.order === "old" ? "oldest" : "newest"} first`),
  h("button", { type: "button", class: "quiet", id: "csv", onclick: () => download(sift().passed) }, "Download CSV"),
  h("button", { type: "button", class: "quiet", onclick: () => print() }, "Print"));
const chips = () => {
  const found = chosen();
  return found.length > 0 && h("div", { class: "chosen-filters" }, found.map(([text, undo]) => h("button", { type: "button", "aria-label": `Remove the filter ${text}`, onclick: () => go(undo, true) }, text, h("span", { "aria-hidden": "true" }, " ×"))),
    h("button", { type: "button", class: "quiet", id: "clear", onclick: clear }, "Clear all"));
};

let listed = null;
const draw = () => {
  const found = sift();
  drawFilters(found);
  // Opening an article changes no list: it stays where it was scrolled to.
  const key = address({ article: "", event: "", date: "" });
  const kept = key === listed && (!state.event || document.getElementById(`e-${state.event}`) || state.view !== "chronology");
  if (!kept) {
    drawAxis(found);
    const box = $("list");
    box.replaceChildren(tabs(found), tools(found), ...[chips()].filter(Boolean));
    DRAWN[state.view](box, found);
    listed = key;
  }
  document.querySelectorAll("#list .chosen").forEach((e) => e.classList.remove("chosen"));
  const mark = state.event ? document.getElementById(`e-${state.event}`) : null;
  mark?.classList.add("chosen");
  drawReader();
  if (mark && !kept) mark.scrollIntoView({ block: "center" });
};

const head = () => {
  const { summary } = data, held = articles.length;
  const own = events.filter((e) => e.how === "own").length;
  const noun = (n, name) => (n === 1 ? name.replace(/ies$/, "y").replace(/s$/, "") : name);
  const figures = [["articles", held, summary.articles], ["events", events.length, summary.events], ["with a day of their own", own], ["sources", new Set(articles.map(sourceOf)).size],
    ["stories", data.stories.length], ["not read", summary.letters.reduce((n, l) => n + l[2], 0)]];
  $("figures").replaceChildren(...figures.map(([name, n, of]) => h("div", {}, h("dt", {}, noun(n, name)), h("dd", {}, n.toLocaleString("en"), of > n && h("small", {}, ` of ${of.toLocaleString("en")}`)))));
  if (data.whyNotAll) {
    const why = data.whyNotAll === "limit" ? `a page of more than ${many(data.limit, "article")} is slow on a phone` : "a larger page would be slow to open";
    $("notice").replaceChildren(`This page holds the newest ${held.toLocaleString("en")} of ${many(summary.articles, "article")}, since ${why}. All counts, filters and downloads here are of those. `,
      // Who asked for so many already is helped by tables, not by a larger page.
      ...(data.asked && data.whyNotAll === "size" ? [h("code", {}, "dateline export OUT --to FOLDER"), " writes all of them as tables."]
        : [h("code", {}, `dateline report OUT --limit ${summary.articles}`), " writes them all; the store holds every one."]));
    $("notice").hidden = false;
  }
  const { run } = summary;
  if (run) $("foot").prepend(`Last run ${run[0]}: ${run[1]}, started ${run[2]}${run[3] ? `, finished ${run[3]}` : ""}, version ${run[4]}. `);
};

const follow = () => { state = readAddress(); draw(); };
addEventListener("popstate", follow);
addEventListener("hashchange", () => { if (location.hash !== address() && location.hash !== "#list") follow(); });
addEventListener("keydown", (e) => { if (e.key === "Escape" && state.article && !e.target.closest?.(".plane")) close(); });
let resized = 0;
addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(() => drawAxis(sift()), 150); });
$("skip").addEventListener("click", (e) => { e.preventDefault(); $("list").focus(); });
$("columns").hidden = false;
head();
// The head is painted before thousands of events are laid out.
if (events.length > 20_000) await new Promise((painted) => { requestAnimationFrame(() => setTimeout(painted)); });
follow();
performance.mark("drawn");
await new Promise((drawn) => { requestAnimationFrame(() => setTimeout(drawn)); });
await unpackViews();
if (state.article) drawReader();
if (state.q && state.view === "articles") { listed = null; draw(); }
document.documentElement.dataset.ready = "";
