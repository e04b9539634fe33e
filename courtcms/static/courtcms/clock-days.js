// The drawing of a limit tells the reason of the day that is pointed at; with the keyboard ← → walk day by day.
// Without script the list below the drawing holds the same.
const DAY = 86400000;
const LEFT = 40;

function parts(figure) {
  const spans = JSON.parse(figure.dataset.days);
  const first = Date.parse(figure.dataset.first);
  return { spans, first, step: Number(figure.dataset.step), from: Date.parse(spans[0][0]), to: Date.parse(spans.at(-1)[1]) };
}

function tell(figure, time) {
  const { spans, first, step, from, to } = parts(figure);
  const at = Math.min(Math.max(time, from), to);
  const day = new Date(at).toISOString().slice(0, 10);
  const span = spans.find(([begin, end]) => begin <= day && day <= end);
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", timeZone: "UTC" }).format(at);
  const said = figure.parentElement.querySelector("[data-day-reason]");
  if (said && span) said.textContent = `${day} (${weekday}) ${span[2]}`;
  figure.dataset.at = String(at);
  const svg = figure.querySelector("svg");
  let mark = svg.querySelector("[data-day-mark]");
  if (!mark) {
    mark = document.createElementNS("http://www.w3.org/2000/svg", "path");
    mark.setAttribute("class", "ax-today");
    mark.setAttribute("data-day-mark", "");
    svg.append(mark);
  }
  const x = LEFT + ((at - first) / DAY + 0.5) * step;
  mark.setAttribute("d", `M${x.toFixed(1)} 44V72`);
}

document.addEventListener("pointermove", (event) => {
  const figure = event.target.closest?.("figure[data-days]");
  const svg = figure?.querySelector("svg");
  if (!svg) return;
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const { first, step } = parts(figure);
  tell(figure, first + Math.floor((point.x - LEFT) / step) * DAY);
});

document.addEventListener("keydown", (event) => {
  const figure = event.target.closest?.("figure[data-days]");
  const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 }[event.key];
  if (!figure || !by) return;
  event.preventDefault();
  const { from } = parts(figure);
  tell(figure, figure.dataset.at ? Number(figure.dataset.at) + by * DAY : from);
});
