// The transition that runs, as a graph that fills in while it goes on.
import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { badge, clock, mark, provenance, span, toneOf } from "./format.js";
import type { Layout, Question } from "./layout.js";
import type { Page, View } from "./page.js";
import type { Action, Transition } from "./types.js";

const WIDTH = 168;
const HEIGHT = 38;
const NAME_MOST = 22;

let worker: Worker | undefined;
let asked = "";
let layout: Layout | undefined;

/** Asks for a layout when the graph is another one; its states change far more often. */
function layOut(page: Page, actions: Action[]): void {
  const shape = actions.map((each) => `${each.id}<${each.after.join(",")}`).join(";");
  if (shape === asked) {
    return;
  }
  asked = shape;
  if (!worker) {
    worker = new Worker("layout.js", { type: "module" });
  }
  worker.onmessage = (event: MessageEvent<Layout>) => {
    layout = event.data;
    page.draw();
  };
  const known = new Set(actions.map((each) => each.id));
  const edges = actions.flatMap((each) =>
    each.after.filter((before) => known.has(before)).map((before): [number, number] => [before, each.id]),
  );
  const question: Question = { nodes: [...known], edges, width: WIDTH, height: HEIGHT };
  worker.postMessage(question);
}

function name(action: Action): string {
  return action.operation === "stonith" ? "fence" : action.operation;
}

function short(text: string): string {
  return text.length <= NAME_MOST ? text : `${text.slice(0, NAME_MOST - 1)}…`;
}

function box(action: Action, place: { x: number; y: number }): TemplateResult {
  const tone = toneOf(action.state);
  const took = action.tookMillis > 0 ? span(action.tookMillis) : action.state === "running" ? "…" : "";
  return svg`<g class="box ${tone}" transform="translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})">
    <title>${name(action)} ${action.resource} on ${action.onNode}: ${action.state} ${took}</title>
    <rect width=${WIDTH} height=${HEIGHT} rx="7"></rect>
    <text x="9" y="16" class="strong">${short(`${name(action)} ${action.resource}`)}</text>
    <text x="9" y="31">${short(action.onNode)}</text>
    <text x=${WIDTH - 8} y="31" text-anchor="end">${took === "" ? action.state : took}</text>
  </g>`;
}

function graph(actions: Action[]): TemplateResult | typeof nothing {
  const drawn = layout;
  if (!drawn || actions.some((each) => !drawn.places[each.id])) {
    return html`<p class="quiet">Drawing ...</p>`;
  }
  return html`<div class="scroll graph" tabindex="0" role="region" aria-label="graph; the table below says the same">
    <svg width=${drawn.width} height=${drawn.height} viewBox="0 0 ${drawn.width} ${drawn.height}" role="img" aria-label="actions and what they wait for">
      ${guard([drawn], () => drawn.paths.map((path) => svg`<path class="edge" d=${path}></path>`))}
      ${repeat(actions, (each) => each.id, (each) => guard([each, drawn], () => box(each, drawn.places[each.id] ?? { x: 0, y: 0 })))}
    </svg>
  </div>`;
}

function table(actions: Action[]): TemplateResult {
  return html`<details class="card" ?open=${actions.length <= 12}>
    <summary><h3>The same as a table</h3></summary>
    <div class="scroll" tabindex="0" role="region" aria-label="actions"><table>
      <thead><tr><th scope="col">Action</th><th scope="col">On</th><th scope="col">State</th><th scope="col">Ordered at</th><th scope="col">Took</th><th scope="col">After</th></tr></thead>
      <tbody>${repeat(actions, (each) => each.id, (each) => guard([each], () => html`<tr>
        <th scope="row">${each.id}: ${name(each)} ${each.resource}</th><td>${each.onNode}</td><td>${badge(each.state)}</td>
        <td>${each.startedMillis === 0 ? "–" : clock(each.startedMillis)}</td><td>${each.tookMillis === 0 ? "–" : span(each.tookMillis)}</td><td>${each.after.join(", ")}</td></tr>`))}</tbody>
    </table></div>
  </details>`;
}

export const transition: View = {
  name: "transition",
  title: "Transition",
  draw(page) {
    const run = page.store.get<Transition>("transition");
    const actions = page.store.actions();
    const head = html`<h2 class="view-title">What the cluster does at this moment</h2>${provenance(page.store)}`;
    if (!run || run.state === "none") {
      return html`${head}<section class="card"><p class="quiet">No transition was seen since this node joined.</p></section>`;
    }
    if (run.whole) {
      layOut(page, actions);
    }
    const count = (state: string) => actions.filter((each) => each.state === state).length;
    return html`${head}
      <section class="card" aria-label="summary">
        <p class="big">${mark(toneOf(run.state))}<strong>${run.summary}</strong></p>
        ${run.aborted === "" ? nothing : html`<p>${mark("bad")}Nothing new is started: ${run.aborted}</p>`}
        <p class="quiet small">Walked by ${run.coordinator}${run.startedMillis === 0 ? "" : ` since ${clock(run.startedMillis)}`}</p>
        <p>Of those that do something: ${["waiting", "running", "done", "failed"].map((each) => html`<span class="count">${mark(toneOf(each))}${count(each)} ${each}</span>`)}</p>
        ${run.whole ? nothing : html`<p>${mark("notice")}This node does not coordinate: it knows what was ordered and what has ended, not what waits. The page of ${run.coordinator} shows the whole graph.</p>`}
      </section>
      ${run.whole && actions.length > 0 ? graph(actions) : nothing} ${table(actions)}`;
  },
};
