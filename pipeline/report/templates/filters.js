// The filter: what it holds, the address that says it, and the panel that changes it.
const FACETS = {
  source: { title: "Source", of: (e) => [sourceOf(e.article)] },
  actor: { title: "Actor", of: (e) => [named(e), ...(e.others ?? [])] },
  kind: { title: "Kind", of: (e) => [e.kind], order: ["said", "did"] },
  root: { title: "Action (PLOVER)", of: (e) => (e.root ? [e.root] : []), label: (v) => v.toLowerCase() },
  certainty: { title: "Day", of: (e) => [e.how === "own" ? e.when.certainty : e.how], order: ["stated", "implied", "assumed", "reported", "none"],
    label: (v) => ({ stated: "stated with its year", implied: "counted from the anchor", assumed: "assumed",
      reported: "day of the report only", none: "no day" }[v] ?? v) },
  language: { title: "Language", of: (e) => [e.article.language ?? "und"], label: (v) => languageName(v) },
};
const SHOWN_VALUES = 8;
const VIEWS = ["chronology", "spoken", "stories", "articles", "letters"];
const fresh = () => ({ q: "", from: "", to: "", order: "old", view: "chronology", article: "", event: "", date: "",
  ...Object.fromEntries(Object.keys(FACETS).map((f) => [f, []])) });
let state = fresh();

const languageName = (code) => {
  if (code === "und") return "not known";
  try { return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code; } catch { return code; }
};

const readAddress = () => {
  const found = fresh();
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    if (key in FACETS) found[key].push(value);
    else if (key in found) found[key] = value;
  }
  if (!VIEWS.includes(found.view)) found.view = "chronology";
  for (const edge of ["from", "to"]) if (!isDay(found[edge])) found[edge] = "";
  if (found.event && !found.article) found.article = eventOf.get(found.event)?.article.id ?? "";
  return found;
};
const address = (changes = {}) => {
  const wanted = { ...state, ...changes }, usual = fresh(), query = new URLSearchParams();
  for (const [key, value] of Object.entries(wanted)) {
    if (Array.isArray(value)) value.forEach((v) => query.append(key, v));
    else if (value !== usual[key]) query.set(key, value);
  }
  // An event names its article, so links to events stay short.
  if (query.has("event")) query.delete("article");
  return `#${query}`;
};
// Changes the filter. A step that a reader would go back from gets an entry of the history.
const go = (changes, step = false) => {
  const target = address(changes);
  state = { ...state, ...changes };
  if (step) history.pushState(null, "", target);
  else history.replaceState(null, "", target);
  draw();
};

// Words of a search: each must stand in the event, its article's title or its source. "…" keeps words together.
const terms = (q) => [...plain(q).matchAll(/"([^"]+)"|(\S+)/g)].map((m) => m[1] ?? m[2]);
const hay = (event) => {
  event.hay ??= plain([event.actor, event.role, event.verb, event.content, event.recipient?.name, event.place,
    ...(event.others ?? []), event.when?.words, event.article.title, credit(event.article)].filter(Boolean).join(" "));
  return event.hay;
};
const inDays = (item) => (!state.from || item.last >= numberOf(state.from)) && (!state.to || item.first <= numberOf(state.to));

// The events that pass, and for each value of each facet how many would pass if it alone were chosen.
const sift = () => {
  const words = terms(state.q), names = Object.keys(FACETS);
  const wanted = names.map((f) => new Set(state[f]));
  const passed = [], dayless = [], counts = Object.fromEntries(names.map((f) => [f, new Map()]));
  const timed = Boolean(state.from || state.to);
  for (const event of events) {
    if (words.length && !words.every((w) => hay(event).includes(w))) continue;
    const values = event.values ??= names.map((f) => FACETS[f].of(event));
    const failed = names.filter((f, n) => wanted[n].size && !values[n].some((v) => wanted[n].has(v)));
    if (!failed.length) dayless.push(event);
    if (timed && !(event.how !== "none" && inDays(event))) continue;
    if (!failed.length) passed.push(event);
    names.forEach((f, n) => {
      if (failed.length === 0 || (failed.length === 1 && failed[0] === f)) {
        for (const v of values[n]) counts[f].set(v, (counts[f].get(v) ?? 0) + 1);
      }
    });
  }
  // ``anyDay`` is what the axis draws: the filter without its days.
  return { passed, anyDay: dayless, counts };
};

const opened = new Set();
const drawFilters = ({ counts }) => {
  const panel = $("filters"), had = document.activeElement?.dataset?.facet, value = document.activeElement?.value;
  const wide = matchMedia("(min-width: 1200px)").matches, open = wide || (panel.querySelector("details")?.open ?? false);
  const search = h("label", { class: "search" }, "Search words, names, titles",
    h("input", { id: "f-q", type: "search", value: state.q, autocomplete: "off",
      oninput: (e) => go({ q: e.target.value }) }));
  const days = h("div", { class: "days" }, ["from", "to"].map((edge) => h("label", {}, edge === "from" ? "From" : "To",
    h("input", { id: `f-${edge}`, type: "date", value: state[edge], onchange: (e) => go({ [edge]: e.target.value }) }))));
  const groups = Object.entries(FACETS).map(([facet, { title, label = (v) => v, order }]) => {
    const found = [...counts[facet]];
    for (const v of state[facet]) if (!counts[facet].has(v)) found.push([v, 0]);
    if (found.length < 2 && !state[facet].length) return null;
    found.sort(order ? ([a], [b]) => order.indexOf(a) - order.indexOf(b)
      : ([a, n], [b, m]) => state[facet].includes(b) - state[facet].includes(a) || m - n || (a < b ? -1 : 1));
    const all = opened.has(facet) || found.length <= SHOWN_VALUES + 2;
    const rows = (all ? found.slice(0, 300) : found.slice(0, SHOWN_VALUES)).map(([v, n]) => h("label", { class: "value" },
      h("input", { type: "checkbox", value: v, "data-facet": facet, checked: state[facet].includes(v),
        onchange: (e) => go({ [facet]: e.target.checked ? [...state[facet], v] : state[facet].filter((x) => x !== v) }) }),
      h("span", { class: "name", title: label(v) }, label(v)), h("span", { class: "n" }, n.toLocaleString("en"))));
    return h("fieldset", { id: `facet-${facet}` }, h("legend", {}, title), rows,
      found.length > SHOWN_VALUES + 2 && h("button", { type: "button", class: "quiet", "aria-expanded": String(all),
        onclick: () => { if (!opened.delete(facet)) opened.add(facet); draw(); } }, all ? "Show fewer" : `Show all ${found.length}`));
  });
  if (had === undefined && document.activeElement?.id === "f-q") {
    // Typing goes on in the same field; only the counts below it are drawn anew.
    panel.querySelector(".facets")?.replaceChildren(...[days, ...groups].filter(Boolean));
    return;
  }
  panel.replaceChildren(search, h("details", { open }, h("summary", {}, "Filters"), h("div", { class: "facets" }, days, groups)));
  if (had) [...panel.querySelectorAll(`[data-facet="${had}"]`)].find((e) => e.value === value)?.focus();
};

const clear = () => go({ ...fresh(), view: state.view, order: state.order, article: state.article, event: state.event }, true);
// What is filtered, in words, each with a button that takes it away.
const chosen = () => {
  const chips = [];
  if (state.q) chips.push([`“${state.q}”`, { q: "" }]);
  if (state.from || state.to) chips.push([state.from && state.to ? `${inWords(state.from, true)} to ${inWords(state.to, true)}`
    : state.from ? `from ${inWords(state.from, true)}` : `until ${inWords(state.to, true)}`, { from: "", to: "" }]);
  for (const [facet, { label = (v) => v }] of Object.entries(FACETS)) {
    for (const v of state[facet]) chips.push([label(v), { [facet]: state[facet].filter((x) => x !== v) }]);
  }
  return chips;
};
