// Votes, and which side of each split would go on.
import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import { clock, mark, provenance } from "./format.js";
import type { View } from "./page.js";
import type { Quorum } from "./types.js";

/** How many votes are here, in words. */
export function votesInWords(report: Quorum): string {
  return `${report.votes} of ${report.expected} votes are here, ${report.needed} are needed`;
}

/** A box for each vote: those that are here are filled, and a line says how many are needed. */
export function ballots(report: Quorum): TemplateResult {
  const width = 100 / Math.max(1, report.expected);
  const gap = Math.min(1.2, width / 6);
  const boxes = Array.from({ length: report.expected }, (_, at) => at);
  return html`<svg class="votes" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=${votesInWords(report)}>
      ${boxes.map((at) => svg`<rect class=${at < report.votes ? `fill ${report.quorate ? "good" : "bad"}` : "track"} x=${(at * width + gap / 2).toFixed(2)} y="1" width=${(width - gap).toFixed(2)} height="4"></rect>`)}
      <rect class="needle" x=${Math.max(0, Math.min(99.4, report.needed * width - 0.3)).toFixed(2)} y="0" width="0.6" height="6"></rect>
    </svg>`;
}

export const quorum: View = {
  name: "quorum",
  title: "Quorum",
  draw(page) {
    const report = page.store.get<Quorum>("quorum");
    if (!report) {
      return html`<p class="quiet">Asking the node ...</p>`;
    }
    return html`<h2 class="view-title">Who may go on, and who would win</h2>
      ${provenance(page.store)}
      <section class="card" aria-label="votes">
        <p class="big">${mark(report.quorate ? "good" : "bad")}<strong>${report.quorate ? "This side may go on" : "This side may not go on"}</strong></p>
        <p>${report.reason}</p>
        ${report.agreement === "" || report.agreement === report.reason ? nothing : html`<p>${report.agreement}</p>`}
        ${ballots(report)}
        <p class="quiet small">A box for each vote; the line: so many are needed. Decided by ${report.rule.replaceAll("_", " ")}${report.options.length === 0 ? "" : `; on: ${report.options.join(", ")}`}.</p>
        ${report.forced ? html`<p>${mark("bad")}Forced by ${report.forced.author} at ${clock(report.forced.wallMillis)}: ${report.forced.reason}</p>` : nothing}
        ${report.device
          ? html`<p>${mark(report.device.alive ? "good" : "bad")}Quorum device ${report.device.name}: ${report.device.votes} votes, ${report.device.alive ? "answers" : "silent"}, ${report.device.castsVote ? "votes for this side" : "does not vote for this side"}</p>`
          : nothing}
      </section>
      <section class="card" aria-label="nodes with votes">
        <h2>Votes of the nodes that are here</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="votes of nodes"><table>
          <thead><tr><th scope="col">Node</th><th scope="col">Votes</th><th scope="col">Has said of itself</th></tr></thead>
          <tbody>${report.nodes.map((each) => html`<tr><th scope="row">${each.name}</th><td>${each.votes}</td><td>${each.state.length === 0 ? html`<span class="quiet">–</span>` : each.state.join(", ")}</td></tr>`)}</tbody>
        </table></div>
      </section>
      <section class="card" aria-label="splits">
        <h2>If the ring falls apart</h2>
        <ul class="plain-list">${report.outlook.map((each) => html`<li>${each}</li>`)}</ul>
        <div class="splits">
          ${report.splits.map(
            (split) => html`<div class="split">
              <p class="sides">${split.sides.map(
                (side, at) => html`<span class="side ${split.winners.includes(at) ? "wins" : "stops"}">${side.join(" ")}
                  <span class="verdict">${split.winners.includes(at) ? "goes on" : "stops"}</span></span>`,
              )}</p>
              <p class="quiet">${split.sentence}</p>
            </div>`,
          )}
        </div>
      </section>`;
  },
};
