// The time axis: bars on a true scale of days, and below them the times that are spoken of. A drag chooses a range.
const HEIGHT = 96, LANE = 22, BASE = 70, STEP = 7;
const svg = (name, attributes = {}, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

// The days that the axis shows where no range is chosen: those that hold the middle of the events, when a few
// events of long ago or far ahead would press all others into a corner.
const usualDomain = (() => {
  const days = events.filter((e) => e.how !== "none" && !e.long).map((e) => e.first).sort((a, b) => a - b);
  if (!days.length) return null;
  const whole = [days[0], days[days.length - 1]];
  const cut = Math.floor(days.length * 0.04);
  const middle = [days[cut], days[days.length - 1 - cut]];
  const [from, to] = (whole[1] - whole[0]) > 3 * Math.max(30, middle[1] - middle[0]) ? middle : whole;
  const air = Math.max(2, Math.round((to - from) * 0.02));
  return { from: from - air, to: to + air, whole: [whole[0] - 2, whole[1] + 2] };
})();

const domain = () => {
  if (!usualDomain) return null;
  const from = state.from ? numberOf(state.from) : state.to ? Math.min(usualDomain.whole[0], numberOf(state.to)) : usualDomain.from;
  const to = state.to ? numberOf(state.to) : state.from ? Math.max(usualDomain.whole[1], numberOf(state.from)) : usualDomain.to;
  return from <= to ? [from, to] : [to, from];
};

// Whole days, weeks, months or years, so that a bar always stands for the same stretch of the calendar.
const UNITS = [
  { name: "day", start: (d) => d, next: (d) => d + 1 },
  { name: "week", start: (d) => d - ((new Date(d * DAY).getUTCDay() + 6) % 7), next: (d) => d + 7 },
  { name: "month", start: (d) => numberOf(`${dayOf(d).slice(0, 7)}-01`), next: (d) => addMonths(d, 1) },
  { name: "quarter", start: (d) => { const t = new Date(d * DAY); return Date.UTC(t.getUTCFullYear(), t.getUTCMonth() - t.getUTCMonth() % 3) / DAY; }, next: (d) => addMonths(d, 3) },
  { name: "year", start: (d) => yearStart(new Date(d * DAY).getUTCFullYear()), next: (d) => yearStart(new Date(d * DAY).getUTCFullYear() + 1) },
  { name: "decade", start: (d) => yearStart(Math.floor(new Date(d * DAY).getUTCFullYear() / 10) * 10), next: (d) => yearStart(new Date(d * DAY).getUTCFullYear() + 10) },
];
const LENGTHS = [1, 7, 30.4, 91.3, 365.25, 3652.5];
const yearStart = (year) => new Date(Date.UTC(2000, 0, 1)).setUTCFullYear(year) / DAY;
const addMonths = (d, n) => { const t = new Date(d * DAY); return t.setUTCMonth(t.getUTCMonth() + n) / DAY; };
const tickLabel = (unit, d) => {
  const text = dayOf(d), month = MONTHS[text.slice(5, 7) - 1]?.slice(0, 3);
  if (unit === "year" || unit === "decade") return text.slice(0, 4);
  if (unit === "day" || unit === "week") return `${+text.slice(8)} ${month}`;
  return text.slice(5, 7) === "01" ? text.slice(0, 4) : month;
};

const drawAxis = ({ anyDay }) => {
  const box = $("axis"), range = domain();
  box.hidden = !range;
  if (!range) return;
  const [from, to] = range, width = Math.max(280, box.clientWidth - parseFloat(getComputedStyle(box).paddingLeft) * 2);
  const x = (day) => ((day - from) / (to + 1 - from)) * width;
  const fitting = (pixels) => {
    const n = LENGTHS.findIndex((length) => (length / (to + 1 - from)) * width >= pixels);
    return UNITS[n < 0 ? UNITS.length - 1 : n];
  };
  const unit = fitting(STEP);
  const bins = new Map();
  const bin = (item, lane) => {
    if (item.first > to || item.first < from || item.long) return;
    const key = unit.start(item.first);
    const counts = bins.get(key) ?? bins.set(key, { own: 0, reported: 0, spoken: 0 }).get(key);
    counts[lane] += 1;
  };
  const timed = anyDay.filter((e) => e.how !== "none"), kept = new Set(anyDay);
  timed.forEach((e) => bin(e, e.how));
  spoken.forEach((s) => { if (kept.has(s.event)) bin(s, "spoken"); });
  const most = (lane) => Math.max(1, ...[...bins.values()].map(lane));
  // The square root keeps a day with one event visible beside a day with a hundred.
  const tall = (n, top, room) => (n ? Math.max(3, (Math.sqrt(n) / Math.sqrt(top)) * room) : 0);
  const top = most((c) => c.own + c.reported), topSpoken = most((c) => c.spoken);
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT + LANE}`, width, height: HEIGHT + LANE, "aria-hidden": "true" });
  // Ticks: units wide enough for their label.
  const ticks = fitting(58);
  let lastLabel = -99;
  for (let d = ticks.start(from), n = 0; d <= to && n < 400; d = ticks.next(d), n += 1) {
    if (d < from) continue;
    drawing.append(svg("line", { class: "tick", x1: x(d), x2: x(d), y1: 0, y2: HEIGHT + LANE - 18 }));
    if (x(d) - lastLabel < 44 || x(d) > width - 30) continue;
    lastLabel = x(d);
    const text = svg("text", { class: "label", x: x(d) + 3, y: HEIGHT + LANE - 4 });
    text.textContent = tickLabel(ticks.name, d);
    drawing.append(text);
  }
  drawing.append(svg("line", { class: "base", x1: 0, x2: width, y1: BASE + 0.5, y2: BASE + 0.5 }));
  for (const [key, counts] of bins) {
    const left = Math.max(0, x(key)), right = Math.min(width, x(unit.next(key)));
    const wide = Math.max(1.5, Math.min(right - left - 1, 26)), at = left + (right - left - wide) / 2;
    const whole = tall(counts.own + counts.reported, top, BASE - 8);
    const own = counts.own + counts.reported ? (whole * counts.own) / (counts.own + counts.reported) : 0;
    if (own) drawing.append(svg("rect", { class: "own", x: at, width: wide, y: BASE - own, height: own }));
    if (whole - own > 0.1) drawing.append(svg("rect", { class: "told", x: at, width: wide, y: BASE - whole, height: whole - own }));
    const under = tall(counts.spoken, topSpoken, LANE);
    if (under) drawing.append(svg("rect", { class: "spoken", x: at, width: wide, y: BASE + 3, height: under }));
  }
  const brush = svg("rect", { class: "brush", y: 0, height: HEIGHT + 4, width: 0, x: 0 });
  drawing.append(brush);
  const plane = h("div", { class: "plane", tabindex: "0", role: "group", "aria-roledescription": "time axis",
    "aria-label": `${inWords(dayOf(from), true)} to ${inWords(dayOf(to), true)}: ${many(timed.filter((e) => e.last >= from && e.first <= to).length, "event")}. Arrow keys move, plus and minus zoom, Escape shows all.` }, drawing);
  const tip = h("div", { class: "tip", hidden: true });
  plane.append(tip);
  const dayAt = (event) => {
    const part = (event.clientX - plane.getBoundingClientRect().left) / plane.getBoundingClientRect().width;
    return from + Math.max(0, Math.min(0.9999, part)) * (to + 1 - from);
  };
  let began = null;
  plane.addEventListener("pointerdown", (e) => { began = dayAt(e); plane.setPointerCapture(e.pointerId); });
  plane.addEventListener("pointermove", (e) => {
    const day = dayAt(e), key = unit.start(Math.floor(day)), counts = bins.get(key);
    tip.hidden = !counts && began === null;
    if (began !== null) {
      const [a, b] = [Math.min(began, day), Math.max(began, day)];
      brush.setAttribute("x", x(a));
      brush.setAttribute("width", x(b) - x(a));
      tip.textContent = `${inWords(dayOf(Math.floor(a)), true)} to ${inWords(dayOf(Math.floor(b)), true)}`;
    } else if (counts) {
      tip.textContent = `${unit.name === "day" ? inWords(dayOf(key)) : `${unit.name} of ${inWords(dayOf(key), true)}`}: ${counts.own} with a day of their own, ${counts.reported} by report${counts.spoken ? `, spoken of ${counts.spoken} times` : ""}`;
    }
    const left = ((day - from) / (to + 1 - from)) * 100;
    tip.style.left = `${Math.min(86, Math.max(8, left))}%`;
  });
  plane.addEventListener("pointerleave", () => { if (began === null) tip.hidden = true; });
  plane.addEventListener("pointerup", (e) => {
    if (began === null) return;
    const ended = dayAt(e), pixels = Math.abs(x(ended) - x(began));
    let [a, b] = [Math.floor(Math.min(began, ended)), Math.floor(Math.max(began, ended))];
    began = null;
    if (pixels < 4) {
      // A click takes the bar below it.
      a = unit.start(a);
      if (!bins.has(a)) return;
      b = unit.next(a) - 1;
    }
    go({ from: dayOf(a), to: dayOf(b) }, true);
  });
  plane.addEventListener("keydown", (e) => {
    const size = to - from, step = Math.max(1, Math.round(size / 8));
    const moves = { ArrowLeft: [-step, -step], ArrowRight: [step, step], "+": [step, -step], "=": [step, -step], "-": [-step, step] };
    if (e.key === "Escape") go({ from: "", to: "" }, true);
    else if (moves[e.key] && from + moves[e.key][0] <= to + moves[e.key][1]) {
      e.preventDefault();
      go({ from: dayOf(from + moves[e.key][0]), to: dayOf(to + moves[e.key][1]) });
      $("axis").querySelector(".plane").focus();
    }
  });
  const short = timed.filter((e) => !e.long);
  const before = short.filter((e) => e.first < from).length, after = short.filter((e) => e.first > to).length;
  const edge = (n, word, days) => n > 0 && h("button", { type: "button", class: "quiet",
    onclick: () => go({ from: dayOf(days[0]), to: dayOf(days[1]) }, true) }, `${n.toLocaleString("en")} ${word}`);
  box.replaceChildren(plane, h("div", { class: "under" },
    h("span", { class: "key" }, h("i", { class: "own" }), "the page says when", h("i", { class: "told" }), "day of the report only",
      h("i", { class: "spoken" }), "times spoken of"),
    h("span", { class: "hint" }, "Drag to zoom in"),
    (state.from || state.to) && h("button", { type: "button", class: "quiet", onclick: () => go({ from: "", to: "" }, true) }, "Whole period"),
    edge(before, "earlier", [usualDomain.whole[0], to]), edge(after, "later", [from, usualDomain.whole[1]])));
};
