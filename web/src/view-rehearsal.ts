// Rehearsals and drills: what the cluster's own configuration does under each fault, and when that was last tried.
import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import { ask, rehearse } from "./ask.js";
import { badge, clock, day, mark, provenance, span, toneOf } from "./format.js";
import type { Page, View } from "./page.js";
import type { Exercise, Head, Rehearsal } from "./types.js";
import { mayOrder } from "./view-configuration.js";

/** What must not be overlooked comes first. */
const VERDICTS = ["unsafe", "loses", "waits", "recovers", "untouched"];

type Case = Rehearsal["cases"][number];

let last: Rehearsal | undefined;
let asked = "";
let trouble = "";
/** When a rehearsal that this page ordered began, 0 for none. */
let began = 0;

/** Asks for the report once for each exercise that the node was told of. */
async function fetchReport(page: Page, newest: string): Promise<void> {
  if (newest === asked) {
    return;
  }
  asked = newest;
  const reply = await ask<{ text: string }>("rehearsal");
  try {
    last = reply.report ? (JSON.parse(reply.report.text) as Rehearsal) : undefined;
  } catch {
    last = undefined;
  }
  page.draw();
}

async function begin(page: Page): Promise<void> {
  began = Date.now();
  trouble = "";
  page.say("The rehearsal has begun.");
  page.draw();
  const reply = await rehearse();
  began = 0;
  trouble = reply.message;
  page.say(trouble === "" ? "The rehearsal has ended." : trouble);
  page.draw();
}

/** Updates of the status are no change of what was rehearsed. */
function epoch(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function rank(each: Case): number {
  const place = VERDICTS.indexOf(each.verdict);
  return place < 0 ? 0 : place;
}

function way(move: Case["moves"][number]): string {
  const from = move.from || "nowhere";
  const words = move.to === "" ? `stops on ${from}` : move.from === move.to ? `restarts on ${from}` : `${from} → ${move.to}`;
  // What does not come back is gone for as long as the simulator watched, which says nothing.
  return `${move.resource} ${words}${move.goneMillis === 0 || move.to === "" ? "" : `, gone for ${span(move.goneMillis)}`}`;
}

function bar(each: Case, most: number): TemplateResult | typeof nothing {
  return each.backAfterMillis === 0
    ? nothing
    : html`<svg class="back" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<rect class="fill ${toneOf(each.verdict)}" x="0" y="0" height="6" width=${Math.max(1.5, (each.backAfterMillis / most) * 100).toFixed(1)}></rect>`}</svg>`;
}

function line(each: Case, most: number): TemplateResult {
  return html`<tr>
    <th scope="row">${each.fault}</th>
    <td>${badge(each.verdict)}</td>
    <td class="after">${each.backAfterMillis === 0 ? html`<span class="quiet">–</span>` : span(each.backAfterMillis)} ${bar(each, most)}</td>
    <td>${each.sentence}
      ${each.lost.length === 0 ? nothing : html`<div>${mark("bad")}does not run any more: ${each.lost.join(", ")}</div>`}
      ${each.fenced.length === 0 ? nothing : html`<div>fenced, or counted as off: ${each.fenced.join(", ")}</div>`}
      ${each.moves.map((move) => html`<div class="quiet">${way(move)}</div>`)}
      ${each.sentence === "" && each.lost.length + each.fenced.length + each.moves.length === 0 ? html`<span class="quiet">nothing is touched</span>` : nothing}</td>
  </tr>`;
}

function report(made: Rehearsal, inForce: string): TemplateResult {
  const cases = [...made.cases].sort((a, b) => rank(a) - rank(b));
  const most = Math.max(1, ...cases.map((each) => each.backAfterMillis));
  return html`<section class="card" aria-label="the last rehearsal">
    <h2>What each fault led to</h2>
    ${inForce !== "" && epoch(made.version) !== epoch(inForce)
      ? html`<p>${mark("notice")}Rehearsed was version ${made.version}; version ${inForce} is in force now.</p>`
      : nothing}
    <p>${VERDICTS.map((verdict) => ({ verdict, count: made.cases.filter((each) => each.verdict === verdict).length }))
      .filter((each) => each.count > 0)
      .map((each) => html`<span class="count"><strong>${each.count}</strong> ${badge(each.verdict)}</span>`)}</p>
    <p class="quiet">${made.nodes} nodes, ${made.resources} resources, ${made.cases.length} faults, played in ${span(made.tookMillis)} on simulated machines with the nodes' own code</p>
    <div class="scroll" tabindex="0" role="region" aria-label="faults"><table class="stack">
      <thead><tr><th scope="col">Fault</th><th scope="col">Verdict</th><th scope="col">Back after</th><th scope="col">What happens</th></tr></thead>
      <tbody>${cases.map((each) => line(each, most))}</tbody>
    </table></div>
    ${made.notes.length === 0
      ? nothing
      : html`<details><summary>How the simulated cluster differs from the real one</summary><ul class="plain-list">${made.notes.map((each) => html`<li>${each}</li>`)}</ul></details>`}
  </section>`;
}

export const rehearsal: View = {
  name: "rehearsal",
  title: "Rehearsal",
  draw(page) {
    const exercises = page.store.get<Exercise[]>("exercises") ?? [];
    const newest = exercises.find((each) => each.kind === "rehearsal");
    if (newest) {
      void fetchReport(page, `${newest.wallMillis}`);
    }
    return html`<h2 class="view-title">What would happen under each fault</h2>
      ${provenance(page.store)}
      <section class="card" aria-label="exercises">
        <h2>Last tried</h2>
        ${exercises.length === 0
          ? html`<p>Nothing was rehearsed or drilled yet, as far as this node was told.</p>
              <p class="quiet">A rehearsal tries the cluster's own configuration on simulated machines under every single fault; the running cluster is not touched.</p>`
          : html`<ul class="plain-list">${exercises.map((each) => html`<li>${mark("good")}<strong>${each.kind === "rehearsal" ? "rehearsal" : `${each.kind} drill`}</strong>
              ${day(each.wallMillis)} ${clock(each.wallMillis).slice(0, 8)}, version ${each.version}: ${each.sentence}</li>`)}</ul>`}
        ${trouble === "" ? nothing : html`<p role="alert">${mark("bad")}${trouble}</p>`}
        <p class="tools">
          ${mayOrder()
            ? html`<button type="button" class="primary" ?disabled=${began !== 0} @click=${() => void begin(page)}>Rehearse now</button>
                <span class="quiet">${began === 0 ? "on this node, with the lowest priority" : `playing every single fault ... ${span(Date.now() - began)}`}</span>`
            : html`<span class="quiet">Begin one with <code>ringward rehearse</code>, or <a href="#configuration">give the token</a> and do it here.</span>`}
        </p>
      </section>
      ${newest && last ? report(last, page.store.get<Head>("head")?.version ?? "") : nothing}`;
  },
};
