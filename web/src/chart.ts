// Values over the last minutes as lines; loaded when a view has some to draw.
import uPlot from "uplot";

export interface Lines {
  /** Seconds since 1970, ascending. */
  times: number[];
  lines: { name: string; values: (number | null)[] }[];
}

const HEIGHT = 150;
/** Lines differ in their dashes too, not in colour alone. */
const DASHES: number[][] = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
const COLOURS = 6;
/** A quiet link's line is not blown up to look like a storm. */
const LEAST_TOP = 1;
/** Nor are the first seconds. */
const LEAST_SECONDS = 60;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The style sheet's colours, with light-dark() as it is resolved at the moment. */
function resolved(host: HTMLElement, name: string): string {
  const probe = host.querySelector<HTMLElement>(`[data-colour="${name}"]`);
  return probe ? getComputedStyle(probe).color : colour(name);
}

export class Chart {
  private plot: uPlot | undefined;
  private names = "";

  constructor(
    private readonly host: HTMLElement,
    private readonly format: (value: number) => string,
    private readonly hovered: (index: number | null) => void,
  ) {
    for (const name of ["quiet", "line", ...Array.from({ length: COLOURS }, (_, at) => `line-${at}`)]) {
      const probe = document.createElement("span");
      probe.dataset["colour"] = name;
      probe.className = `colour-${name}`;
      host.append(probe);
    }
    new ResizeObserver(() => this.plot?.setSize({ width: this.width(), height: HEIGHT })).observe(host);
  }

  private width(): number {
    return Math.max(180, this.host.clientWidth);
  }

  draw(data: Lines): void {
    if (data.times.length < 2) {
      return; // a line needs two points
    }
    const names = data.lines.map((each) => each.name).join("\n");
    const aligned = [data.times, ...data.lines.map((each) => each.values)] as uPlot.AlignedData;
    if (this.plot && names === this.names) {
      this.plot.setData(aligned);
      return;
    }
    this.names = names;
    this.plot?.destroy();
    this.plot = new uPlot(this.options(data), aligned, this.host);
  }

  private options(data: Lines): uPlot.Options {
    const axis = { stroke: () => resolved(this.host, "quiet"), grid: { stroke: () => resolved(this.host, "line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    return {
      width: this.width(),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: { x: { range: (_, first, last) => [Math.min(first ?? 0, (last ?? 0) - LEAST_SECONDS), last ?? 0] }, y: { range: (_, __, most) => [0, Math.max(LEAST_TOP, (most ?? 0) * 1.15)] } },
      axes: [
        { ...axis, values: (_, splits) => splits.map((each) => clock(each)), space: 80, size: 26 },
        { ...axis, values: (_, splits) => splits.map((each) => this.format(each)), size: 62, space: 34 },
      ],
      series: [
        {},
        ...data.lines.map((each, at) => ({
          label: each.name,
          stroke: () => resolved(this.host, `line-${at % COLOURS}`),
          width: 1.75,
          dash: DASHES[at % DASHES.length] ?? [],
          points: { show: false },
          spanGaps: false,
        })),
      ],
      hooks: { setCursor: [(plot) => this.hovered(plot.cursor.idx ?? null)] },
    };
  }
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toTimeString().slice(0, 8);
}
