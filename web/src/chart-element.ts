// <ringward-chart>: lines over time with a legend that says the same in words.
import type { Chart, Lines } from "./chart.js";

const DASHES = ["", "7 4", "2 3", "10 3 2 3"];
const COLOURS = 6;

class ChartElement extends HTMLElement {
  private chart: Chart | undefined;
  private asked = false;
  private shown: Lines = { times: [], lines: [] };
  private at: number | null = null;
  private key = "";
  private readonly plot = document.createElement("div");
  private readonly legend = document.createElement("ul");
  /** How a value is said, such as 1.2 ms. */
  format: (value: number) => string = String;

  connectedCallback(): void {
    if (this.asked) {
      return;
    }
    this.asked = true;
    this.plot.className = "plot";
    this.plot.setAttribute("aria-hidden", "true");
    this.legend.className = "lines";
    this.append(this.plot, this.legend);
    void import("./chart.js").then((module) => {
      this.chart = new module.Chart(this.plot, this.format, (at) => {
        this.at = at;
        this.words();
      });
      this.draw();
    });
  }

  /** Drawn when there is a value more, or another line. */
  set data(data: Lines) {
    const key = `${data.times.at(-1) ?? 0} ${data.lines.map((each) => each.name).join()}`;
    this.shown = data;
    if (key !== this.key) {
      this.key = key;
      this.draw();
    }
  }

  private draw(): void {
    this.plot.classList.toggle("waits", this.shown.times.length < 2);
    this.chart?.draw(this.shown);
    this.words();
  }

  /** The values under the pointer, or the last ones. */
  private words(): void {
    const { lines } = this.shown;
    while (this.legend.children.length > lines.length) {
      this.legend.lastElementChild?.remove();
    }
    lines.forEach((line, at) => {
      const item = this.legend.children[at] ?? this.legend.appendChild(entry(at));
      const value = line.values[this.at ?? line.values.length - 1];
      const text = `${line.name} ${value === null || value === undefined ? "–" : this.format(value)}`;
      const words = item.lastElementChild as HTMLElement;
      if (words.textContent !== text) {
        words.textContent = text;
      }
    });
  }
}

function entry(at: number): HTMLLIElement {
  const item = document.createElement("li");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 26 4");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `swatch colour-line-${at % COLOURS}`);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", "M0 2H26");
  line.setAttribute("stroke-dasharray", DASHES[at % DASHES.length] ?? "");
  svg.append(line);
  item.append(svg, document.createElement("span"));
  return item;
}

customElements.define("ringward-chart", ChartElement);
