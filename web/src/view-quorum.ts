// Votes, and which side of each split would go on.
import { html, nothing } from "lit/html.js";
import { clock, mark, provenance } from "./format.js";
import type { View } from "./page.js";
import type { Quorum } from "./types.js";

export const quorum: View = {
  name: "quorum",
  title: "Quorum",
  draw(page) {
    const report = page.store.get<Quorum>("quorum");
    if (!report) {
      return html`<p class="quiet">Asking the node ...</p>`;
    }
    const width = report.expected === 0 ? 0 : Math.min(100, (report.votes / report.expected) * 100);
    const line = report.expected === 0 ? 0 : Math.min(100, (report.needed / report.expected) * 100);
    return html`<h2 class="view-title">Who may go on, and who would win</h2>
      ${provenance(page.store)}
      <section class="card" aria-label="votes">
        <p class="big">${mark(report.quorate ? "good" : "bad")}<strong>${report.quorate ? "This side may go on" : "This side may not go on"}</strong></p>
        <p>${report.reason}</p>
        ${report.agreement === "" || report.agreement === report.reason ? nothing : html`<p>${report.agreement}</p>`}
        <svg class="votes" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="${report.votes} of ${report.expected} votes, ${report.needed} needed">
          <rect class="track" x="0" y="1" width="100" height="4" rx="1"></rect>
          <rect class="fill ${report.quorate ? "good" : "bad"}" x="0" y="1" width=${width} height="4" rx="1"></rect>
          <rect class="needle" x=${Math.max(0, line - 0.5)} y="0" width="0.6" height="6"></rect>
        </svg>
        <p class="quiet">${report.votes} of ${report.expected} votes; ${report.needed} are needed (the mark). Decided by ${report.rule.replaceAll("_", " ")}${report.options.length === 0 ? "" : `; on: ${report.options.join(", ")}`}.</p>
        ${report.forced ? html`<p>${mark("bad")}Forced by ${report.forced.author} at ${clock(report.forced.wallMillis)}: ${report.forced.reason}</p>` : nothing}
        ${report.device
          ? html`<p>${mark(report.device.alive ? "good" : "bad")}Quorum device ${report.device.name}: ${report.device.votes} votes, ${report.device.alive ? "answers" : "silent"}, ${report.device.castsVote ? "votes for this side" : "does not vote for this side"}</p>`
          : nothing}
      </section>
      <section class="card" aria-label="nodes with votes">
        <h2>Votes of the nodes that are here</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="votes of nodes"><table>
          <thead><tr><th scope="col">Node</th><th scope="col">Votes</th><th scope="col">Says of itself</th></tr></thead>
          <tbody>${report.nodes.map((each) => html`<tr><th scope="row">${each.name}</th><td>${each.votes}</td><td>${each.state.join(", ")}</td></tr>`)}</tbody>
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
