// The middle column: the chronology, times spoken of, stories, articles, and what was not read.
const FIRST_ROWS = 60, MORE_ROWS = 120, FOLDED = 4, BEFORE = 3, ABOVE = 40;

const link = (changes, text, attributes = {}) => h("a", { href: address(changes), ...attributes,
  onclick: (e) => { if (e.metaKey || e.ctrlKey || e.shiftKey) return; e.preventDefault(); go(changes, true); } }, text);
const toEvent = (event, text, attributes) => link({ event: event.id, article: event.article.id, date: "" }, text, attributes);
const toArticle = (article, text, attributes) => link({ article: article.id, event: "", date: "" }, text, attributes);
const chip = (text, kind = "") => h("span", { class: `chip ${kind}` }, text);

const content = (event) => {
  if (!event.content) return null;
  const lang = event.article.language, direct = event.quotation === "direct";
  const words = direct && !/^["“„«‘']/.test(event.content) ? `“${event.content}”` : event.content;
  return h(direct ? "q" : "span", { class: "said", lang, dir: "auto" }, words);
};
// A deed whose actor nobody names is told of the one to whom it was done, as its sentence does.
const suffered = (event) => event.kind === "did" && !event.actor && event.recipient;
const subject = (event) => (suffered(event) ? event.recipient.name : named(event));
const verb = (event) => [h("span", { class: "verb" }, event.verb), suffered(event) && h("span", { class: "muted" }, " (by no one named)")];
const parties = (event) => [
  event.recipient && !suffered(event) && h("span", { class: "party" }, h("span", { class: "arrow", "aria-hidden": "true" }, "→ "), h("span", { class: "muted" }, event.kind === "said" ? "to " : "recipient: "),
    event.recipient.name, event.recipient.role && h("span", { class: "muted" }, `, ${event.recipient.role}`)),
  event.others && h("span", { class: "party" }, h("span", { class: "muted" }, "with "), event.others.join(", ")),
  event.place && h("span", { class: "party" }, h("span", { class: "muted" }, "at "), event.place),
];
const marks = (event) => [event.root && chip(event.root.toLowerCase(), "root"), event.modality && chip(event.modality, "modality")];
const chain = (event) => event.chain && h("p", { class: "chain" }, "reported by ", event.chain.map((n, at) => {
  const outer = event.article.events[n];
  return outer ? [at ? ", in turn by " : "", toEvent(outer, outer.actor ?? `“${outer.verb}”`)] : null;
}));
const made = (when) => when && [
  quoted(when.words),
  h("span", { class: "answer" }, " → ", when.answer || "no day", when.time && `, ${when.time}`),
  when.anchor && h("span", { class: "muted" }, ` counted from ${inWords(when.anchor, true)} (${when.anchor_kind})`),
  when.bounds && h("span", { class: "bound" }, ` ${when.bounds}`),
  when.rule && h("code", {}, when.rule),
  when.certainty && chip(when.certainty, when.certainty),
];
const sourceLine = (event) => h("p", { class: "from" }, credit(event.article) && `${credit(event.article)}: `,
  toEvent(event, event.article.title, { class: "source", lang: event.article.language }));

// A click anywhere on an event opens it where it stands; its link does so for the keyboard. Marking words opens nothing.
const opens = (event) => (e) => {
  if (!e.target.closest("a, button, summary") && !String(getSelection())) go({ event: event.id, article: event.article.id, date: "" }, true);
};
// A card for an event with a time of its own: who, what, to whom, and how the day was made.
const card = (event) => h("li", { class: `event ${event.kind}${state.event === event.id ? " chosen" : ""}`, id: `e-${event.id}`, onclick: opens(event) },
  h("p", { class: "who" }, h("strong", {}, subject(event)), event.role && h("span", { class: "role" }, `, ${event.role}`),
    " ", verb(event), event.kind === "did" && [" ", content(event)], " ", marks(event)),
  event.kind === "said" && event.content && h("blockquote", {}, content(event)),
  ((event.recipient && !suffered(event)) || event.others || event.place) && h("p", { class: "parties" }, parties(event)),
  chain(event),
  h("p", { class: "made" }, made(event.when)),
  sourceLine(event));

// A row for an event that has no day of its own: one line under the day of its report.
const row = (event) => h("li", { class: `row ${event.kind}${state.event === event.id ? " chosen" : ""}`, id: `e-${event.id}`, onclick: opens(event) },
  h("p", {}, toEvent(event, h("strong", {}, subject(event))), " ", verb(event), " ", content(event),
    event.recipient && event.kind === "said" && h("span", { class: "muted" }, ` (to ${event.recipient.name})`), " ", marks(event)),
  event.when && h("p", { class: "made" }, made(event.when)),
  !event.when && event.bounds && event.how === "none" && h("p", { class: "made" }, h("span", { class: "bound" }, event.bounds)));

const shortened = (text = "", most = 110) => (text.length > most ? `${text.slice(0, text.lastIndexOf(" ", most))} …` : text);
const byArticle = (list) => {
  const found = new Map();
  for (const event of list) (found.get(event.article) ?? found.set(event.article, []).get(event.article)).push(event);
  return [...found];
};
const folded = (list, draw) => {
  const box = h("ol", { class: "rows" }, list.slice(0, FOLDED + (list.length === FOLDED + 1)).map(draw));
  const rest = list.slice(box.children.length);
  // What the address names is never folded away.
  if (rest.some((e) => e.id === state.event)) box.append(...rest.splice(0).map(draw));
  return [box, rest.length > 0 && h("button", { type: "button", class: "quiet more", onclick: (e) => {
    box.append(...rest.map(draw));
    e.target.remove();
  } }, `Show ${rest.length} more`)];
};
const reportedBlock = (list, title) => h("div", { class: "reported" },
  h("h3", {}, title),
  byArticle(list).map(([article, own]) => h("div", { class: "told" },
    h("p", { class: "from" }, credit(article) && `${credit(article)}: `, toArticle(article, article.title, { class: "source", lang: article.language }), storyNote(article)),
    folded(own, row))));

// What the stories of the page say of an article.
const storyOf = new Map();
for (const story of data.stories) for (const member of story.members ?? []) storyOf.set(member.id, story);
// The day that a story gives to an undated article: dashed, with the words of its partners on a click.
const storyNote = (article) => {
  const day = article.inferred;
  if (!day) return null;
  // One page alone is no proof: its day is told as what that page says.
  const summary = day.certainty === "inferred" ? [h("b", {}, day.answer), h("span", { class: "muted" }, ` inferred from ${many(day.sources, "source")}`)]
    : h("span", { class: "muted" }, `one other page of its story says ${day.answer}`);
  return h("details", { class: "inferred" }, h("summary", {}, summary),
    h("ul", {}, (day.evidence ?? []).map(([title, words]) => h("li", {}, words && quoted(words), h("span", { class: "muted" }, ` ${title}`)))),
    h("p", { class: "muted" }, "It is the day of what the story tells, not of each event of this page."));
};

const groupsOf = (list) => {
  const groups = new Map();
  for (const event of list) {
    if (event.how === "none") continue;
    const group = groups.get(event.key) ?? groups.set(event.key, { key: event.key, start: event.start, first: event.first, last: event.last, long: event.long, own: [], reported: [] }).get(event.key);
    group[event.how].push(event);
  }
  // Oldest first, a year or month stands before the days that it holds; newest first is the same list turned over.
  const sorted = [...groups.values()].sort((a, b) => a.first - b.first || b.last - a.last || (a.key < b.key ? -1 : 1));
  for (const group of sorted) group.own.sort((a, b) => (a.when.time ?? "") < (b.when.time ?? "") ? -1 : (a.when.time ?? "") > (b.when.time ?? "") ? 1 : a.article.at - b.article.at || a.n - b.n);
  return state.order === "new" ? sorted.reverse() : sorted;
};
const heading = (group, label) => h("h2", {}, h("time", { datetime: group.start }, isDay(group.key)
  ? [h("span", { class: "numeral" }, String(+group.key.slice(8))), h("span", { class: "sub" },
    h("span", { class: "weekday" }, weekday(group.key)), `${MONTHS[group.key.slice(5, 7) - 1]} ${group.key.slice(0, 4)}`)]
  : h("span", { class: "sub wide" }, label)));
const groupBox = (group) => {
  const label = group.own[0]?.when.answer ?? group.key;
  return h("section", { class: `group${group.own.length ? "" : " faint"}${isDay(group.key) ? "" : " period"}` }, heading(group, label),
    group.own.length > 0 && h("ol", { class: "events" }, group.own.map(card)),
    group.reported.length > 0 && reportedBlock(group.reported, `Reported on this day. The page does not say when ${group.reported.length === 1 ? "it" : "they"} happened.`));
};

const earlier = (groups, open) => {
  const n = groups.reduce((sum, g) => sum + g.own.length + g.reported.length, 0);
  const names = groups.map((g) => g.own[0]?.when.answer ?? inWords(g.key, true));
  return h("details", { class: "earlier", open }, h("summary", {}, `${many(n, "event")} ${groups.every((g) => g.long) ? "over longer times" : "of long ago or over longer times"}`,
    h("span", { class: "muted" }, ` ${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""}`)), groups.map(groupBox));
};

// Draws parts until enough rows stand there, and goes on when the end comes near. Where a part is asked for by its number,
// drawing begins a little before it, and a button brings what stands above: a list of thousands is never drawn for one jump.
let watcher = null;
const unroll = (box, parts, draw, size, wanted = -1) => {
  watcher?.disconnect();
  const begin = wanted > BEFORE ? wanted - BEFORE : 0;
  let at = begin, top = begin;
  const end = h("p", { class: "end" });
  const made = (from, to) => {
    const some = document.createDocumentFragment();
    for (let n = from; n < to; n += 1) some.append(draw(parts[n]));
    return some;
  };
  const extend = (rows) => {
    const from = at;
    for (let n = 0; at < parts.length && (n < rows || at <= wanted); at += 1) n += size(parts[at]);
    end.before(made(from, at));
    if (at >= parts.length) { watcher?.disconnect(); end.remove(); }
  };
  const above = h("button", { type: "button", class: "quiet above", onclick: () => {
    const from = Math.max(0, top - ABOVE), seen = above.nextElementSibling, was = seen.getBoundingClientRect().top;
    above.after(made(from, top));
    top = from;
    if (top) label(); else above.remove();
    scrollBy(0, seen.getBoundingClientRect().top - was);
  } });
  const label = () => { above.textContent = `Show what stands before (${top.toLocaleString("en")})`; };
  if (top) { label(); box.append(above); }
  box.append(end);
  watcher = new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting)) extend(MORE_ROWS); }, { rootMargin: "1500px" });
  extend(FIRST_ROWS);
  if (end.isConnected) watcher.observe(end);
};

// What each view shows of the events that pass.
const spokenIn = ({ anyDay }) => {
  const kept = new Set(anyDay);
  return spoken.filter((item) => kept.has(item.event) && inDays(item));
};
const storiesIn = ({ passed }) => {
  const kept = new Set(passed.map((e) => e.article.id));
  return data.stories.filter((s) => passed.length === events.length || (s.members ?? []).some((m) => kept.has(m.id)));
};
const articlesIn = ({ passed }) => {
  const words = terms(state.q), kept = new Set(passed.map((e) => e.article));
  const only = Object.keys(FACETS).some((f) => state[f].length) || state.from || state.to;
  return articles.filter((a) => kept.has(a) || (!only && (!words.length || words.every((w) => plain(`${a.title} ${textOf(a)}`).includes(w)))));
};

const DRAWN = {
  chronology(box, { passed }) {
    const groups = groupsOf(passed), undated = passed.filter((e) => e.how === "none");
    const has = (p) => (Array.isArray(p) ? p[1] : [...p.own, ...p.reported]).some((e) => e.id === state.event);
    // Long times, and the few of long before, wait in a fold: a chronology opens where its story begins.
    const timed = Boolean(state.from || state.to);
    const early = groups.filter((g) => g.long || (!timed && g.first < usualDomain.from));
    const parts = [...groups.filter((g) => !early.includes(g)), ...byArticle(undated)];
    if (early.length) box.append(earlier(early, early.some(has) || early.length === groups.length));
    const wanted = state.event ? parts.findIndex(has) : -1;
    let shelf = null;
    unroll(box, parts, (part) => {
      if (!Array.isArray(part)) return groupBox(part);
      const [article, own] = part;
      const told = h("div", { class: "told" }, h("p", { class: "from" }, toArticle(article, article.title, { class: "source", lang: article.language }), storyNote(article)), folded(own, row));
      if (shelf) { shelf.append(told); return ""; }
      shelf = h("section", { class: "shelf", id: "undated" }, h("h2", {}, "No day known"),
        h("p", { class: "muted" }, "These pages do not say when they were written, so nothing stands on a day. What a page does not say stays undated."), told);
      return shelf;
    }, (p) => (Array.isArray(p) ? Math.min(FOLDED, p[1].length) : 1 + p.own.length + Math.min(FOLDED, p.reported.length)), wanted);
    if (!parts.length) box.append(h("p", { class: "empty" }, events.length ? "No event fits this filter." : articles.length ? "No events yet." : "No events yet. The store holds no article."));
  },
  spoken(box, found) {
    const groups = new Map();
    for (const item of spokenIn(found)) {
      (groups.get(item.key) ?? groups.set(item.key, { ...item, items: [] }).get(item.key)).items.push(item);
    }
    const sorted = [...groups.values()].sort((a, b) => a.first - b.first || b.last - a.last || (a.key < b.key ? -1 : 1));
    box.append(h("p", { class: "lead" }, "Times that people speak of: plans, deadlines, memories. Nothing here is said to have happened on these days."));
    unroll(box, state.order === "new" ? sorted.reverse() : sorted, (group) => h("section", { class: "spokenof" },
      h("h2", {}, group.about.answer),
      h("ul", {}, group.items.slice(0, 40).map(({ event, about }) => h("li", {}, quoted(about.words), " ", h("span", { class: "muted" }, "in words of "),
        toEvent(event, named(event)), h("span", { class: "muted" }, event.reported ? `, ${inWords(event.reported, true)}: ` : ": "), h("span", { class: "said" }, shortened(event.content)), about.certainty === "assumed" && chip("assumed", "assumed"))),
      group.items.length > 40 && h("li", { class: "muted" }, `and ${group.items.length - 40} more`))), (g) => Math.min(40, g.items.length));
    if (!sorted.length) box.append(h("p", { class: "empty" }, "Nothing that fits this filter speaks of another time."));
  },
  stories(box, sifted) {
    const found = storiesIn(sifted);
    box.append(h("p", { class: "lead" }, `${data.moreStories ? `The newest ${data.stories.length} events` : "Events"} that several pages tell. Copies of one text are folded; sources that take over one another's texts count once.`));
    unroll(box, found, storyCard, () => 3);
    if (!found.length) box.append(h("p", { class: "empty" }, data.stories.length ? "No story fits this filter." : "No two pages here tell one event, or the output was not linked."));
  },
  articles(box, sifted) {
    const words = terms(state.q);
    const sorted = articlesIn(sifted).sort((a, b) => { const [x, y] = [a.published ?? "9", b.published ?? "9"]; return (x < y ? -1 : x > y ? 1 : a.at - b.at) * (state.order === "new" ? -1 : 1); });
    unroll(box, sorted, (a) => h("section", { class: `page${state.article === a.id ? " chosen" : ""}` },
      h("h2", { lang: a.language }, toArticle(a, a.title)),
      h("p", { class: "muted" }, [credit(a), a.published ? inWords(a.published) : "undated page", many(a.events.length, "event"), a.origin].filter(Boolean).join(" · ")),
      storyNote(a), words.length > 0 && snippet(a, words[0])), () => 2);
    if (!sorted.length) box.append(h("p", { class: "empty" }, articles.length ? "No article fits this filter." : "The store holds no article."));
  },
  letters(box) {
    box.append(h("p", { class: "lead" }, "Inputs that could not become an article. Each is kept whole with its reason: ", h("code", {}, "dateline list OUT --dead"), " lists all of them, and ",
      h("code", {}, "dateline replay OUT"), " reads them again."),
      h("div", { class: "scroll", role: "region", "aria-label": "Dead letters", tabindex: "0" }, h("table", { class: "letters" },
        h("thead", {}, h("tr", {}, ["reason", "inputs", "the newest"].map((c) => h("th", { scope: "col" }, c)))),
        h("tbody", {}, data.summary.letters.map(([type, , count, origin, message]) => h("tr", {}, h("td", {}, type.replaceAll("_", " ")),
          h("td", {}, count.toLocaleString("en")), h("td", {}, h("span", { class: "where" }, origin), h("br"), message)))))));
    if (!data.summary.letters.length) box.append(h("p", { class: "empty" }, "Every input became an article."));
  },
};

// Words around the first match of a search, so that a hit shows why it is one.
const snippet = (article, word) => {
  const text = textOf(article), at = text.toLowerCase().indexOf(word);
  if (at < 0) return null;
  const from = Math.max(0, at - 60);
  return h("p", { class: "snippet" }, from ? "… " : "", text.slice(from, at), h("mark", {}, text.slice(at, at + word.length)), text.slice(at + word.length, at + 120), " …");
};

const unlisted = (story) => {
  const left = story.articles - (story.members ?? []).reduce((n, m) => n + 1 + (m.copies ?? 0), 0);
  return left > 0 && h("li", { class: "muted" }, `and ${many(left, "more page")}`);
};
const titled = (id, title) => (articleOf.has(id) ? toArticle(articleOf.get(id), title) : title);
const storyCard = (story) => h("section", { class: "story", id: `s-${story.id}` },
  h("h2", {}, story.title),
  h("p", { class: "counts" }, [many(story.articles, "page"), many(story.texts, "text"), many(story.sources, "source")].join(", "),
    story.day && h("span", { class: "muted" }, ` · first told ${inWords(story.day)}`)),
  h("ul", { class: "members" }, (story.members ?? []).map((m) => h("li", {}, m.publisher && h("span", { class: "publisher" }, m.publisher, " "), titled(m.id, m.title),
    h("span", { class: "muted" }, m.published ? ` ${inWords(m.published, true)}` : " undated page"), m.copies && chip(`and ${many(m.copies, "copy", "copies")}`),
    articleOf.has(m.id) && storyNote(articleOf.get(m.id)))), unlisted(story)),
  story.claims && h("div", { class: "claims" }, h("h3", {}, "Told by several sources"), h("ul", {}, story.claims.map((c) => h("li", {}, h("strong", {}, c.actor ?? "(no one named)"), " ", h("span", { class: "verb" }, c.verb), " ",
    h("span", { class: "said" }, c.words), h("span", { class: "muted tellers" }, c.tellers.map(([id, publisher, day], n) => [n ? ", then " : " first ", eventOf.has(id) ? toEvent(eventOf.get(id), publisher) : publisher, day && ` ${inWords(day, true)}`])))))),
  (story.disputes ?? []).map((d) => h("div", { class: "dispute" }, h("h3", {}, d.label.startsWith("day") ? "Different days" : "Different numbers"),
    h("div", { class: "sides" }, [0, 1].map((side) => h("div", { class: "side" }, h("b", {}, d.stated[side]),
      d.words[side] && h("p", {}, quoted(d.words[side])), h("p", { class: "muted" }, titled(d.ids[side], d.titles[side]))))))));
