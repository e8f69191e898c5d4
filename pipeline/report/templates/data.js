// What the page holds, read once: articles, their events in one list, and the place of each event in time.
const $ = (id) => document.getElementById(id);
const unpack = async (element) => {
  const text = atob(element.textContent), bytes = new Uint8Array(text.length);
  for (let n = 0; n < text.length; n += 1) bytes[n] = text.charCodeAt(n);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
};
if (typeof DecompressionStream === "undefined") {
  $("notice").textContent = "This browser is too old to open the page: it needs one of 2023 or later.";
  $("notice").hidden = false;
  return;
}
const data = JSON.parse(await unpack($("data")));
$("data").remove();

// An element with its attributes and children. Words go in as text, so none of them is ever markup.
const h = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value === "boolean") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat(9).filter((c) => c !== undefined && c !== null && c !== false && c !== ""));
  return element;
};
const many = (n, one, more = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : more}`;
const quoted = (words) => h("span", { class: "words" }, /^["“„«‘']/.test(words) ? words : `“${words}”`);

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const DAY = 86_400_000, LONG = 62;
const numbers = new Map();
const numberOf = (day) => numbers.get(day) ?? numbers.set(day, Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY)).get(day);
const dayOf = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text);
const weekday = (day) => WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
const inWords = (day, short = false) => (isDay(day)
  ? `${short ? "" : `${weekday(day)} `}${+day.slice(8)} ${MONTHS[day.slice(5, 7) - 1]} ${day.slice(0, 4)}` : day);

const articles = data.articles;
const articleOf = new Map();
const events = [];
const eventOf = new Map();
articles.forEach((article, at) => {
  article.at = at;
  article.events ??= [];
  articleOf.set(article.id, article);
  article.events.forEach((event, n) => {
    event.n = n;
    event.article = article;
    event.kind ??= "said";
    event.lemma ??= event.verb;
    if (event.reported === undefined && article.reported) event.reported = article.reported;
    if (event.reported === null) delete event.reported;
    events.push(event);
    eventOf.set(event.id, event);
    place(event);
  });
});

// Where an event stands: under its own time, else under the day on which it was reported, else nowhere.
// ``reported`` orders a chronology and is never shown as the day of the act.
function place(event) {
  const { when } = event;
  if (when?.start && when.edtf) {
    event.how = "own";
    event.key = when.edtf.split("T")[0];
    event.start = when.start;
    event.end = when.end ?? null;
  } else if (event.reported) {
    event.how = "reported";
    event.key = event.start = event.reported;
    event.end = null;
  } else {
    event.how = "none";
    event.key = event.start = "";
    event.end = null;
  }
  event.first = event.start ? numberOf(event.start) : NaN;
  // Ends are exclusive; an open time ("since 2022") is taken by its first day.
  event.last = event.end ? Math.max(event.first, numberOf(event.end) - 1) : event.first;
  // A year, a decade or "since 2022" is no point on an axis and opens no chronology.
  event.long = event.how === "own" && (!event.end || event.last - event.first > LONG);
}

const named = (event) => event.actor ?? "(no one named)";
// An agency that a page credits is not who published it, and is told apart.
const credit = (article) => article.publisher ?? (article.agency && `${article.agency} (agency)`);
const sourceOf = (article) => credit(article) ?? "(no publisher named)";
// Times that events speak of, one entry each.
const spoken = events.flatMap((event) => (event.about ?? []).filter((a) => a.start && a.edtf).map((about) => {
  const first = numberOf(about.start);
  const last = about.end ? Math.max(first, numberOf(about.end) - 1) : first;
  return { event, about, key: about.edtf.split("T")[0], start: about.start, first, last, long: !about.end || last - first > LONG };
}));

// The full views of articles: unpacked once the page is drawn, each read when somebody opens it.
const views = new Map(), packed = [];
const unpackViews = async () => {
  for (const element of document.querySelectorAll("script.pack")) {
    packed.push(...(await unpack(element)).split("\n"));
    element.remove();
  }
};
const viewOf = (article) => {
  if (!views.has(article.at) && packed[article.at]) views.set(article.at, JSON.parse(packed[article.at]));
  return views.get(article.at);
};
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const textOf = (article) => {
  if (!viewOf(article)) return "";
  article.words ??= (viewOf(article).blocks ?? []).map(([, , pieces]) => pieces.map((p) => (typeof p === "string" ? p : p[0])).join("")).join("\n\n");
  return article.words;
};
