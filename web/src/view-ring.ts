// Ring, links and heartbeat regions: what reaches whom, and how quickly.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { badge, mark, micros, provenance, span, spark, toneOf } from "./format.js";
import type { Page, View } from "./page.js";
import type { Guard, Head, Links, Regions, Ring } from "./types.js";

const SHOWN: [string, string][] = [
  ["rings-formed", "rings formed"],
  ["tokens-late", "tokens late"],
  ["tokens-resent", "tokens sent again"],
  ["retransmits-requested", "messages asked for again"],
  ["retransmits-sent", "messages sent again"],
  ["messages-sent", "messages sent"],
  ["messages-delivered", "messages delivered"],
  ["frames-malformed", "frames that are none"],
  ["frames-of-unknown-nodes", "frames of strangers"],
];

function health(page: Page): TemplateResult {
  const ring = page.store.get<Ring>("ring");
  const head = page.store.get<Head>("head");
  const counters = page.store.get<Record<string, number>>("counters") ?? {};
  const guard = page.store.get<Guard>("guard");
  if (!ring || !head) {
    return html``;
  }
  const rotations = page.store.rotations;
  const rotation = rotations.at(-1);
  return html`<section class="card" aria-label="ring health">
    <h2>Ring</h2>
    <p>${mark(head.ringState === "operational" ? "good" : "busy")}<strong>${head.ringState}</strong>, ring ${head.ring}, ${ring.members.filter((each) => each.member).length} of ${ring.members.length} nodes, ${ring.transport}</p>
    <dl class="facts">
      <div><dt>a token comes every</dt><dd>${rotation === undefined ? "–" : span(rotation)} ${rotations.length > 2 ? spark(rotations) : nothing}</dd></div>
      <div><dt>lost after</dt><dd>${ring.timers["token"]} ms</dd></div>
      ${SHOWN.filter(([name]) => counters[name] !== undefined || !name.startsWith("frames")).map(
        ([name, words]) => html`<div><dt>${words}</dt><dd>${counters[name] ?? 0}</dd></div>`,
      )}
      ${guard
        ? html`<div><dt>this node stood still</dt><dd>${guard.stalls} times, longest gap ${span(guard.longestGapMillis)}</dd></div>
            <div><dt>watchdog</dt><dd>${guard.watchdog === "" ? "none" : guard.watchdog}</dd></div>
            <div><dt>real time</dt><dd>${guard.realTime === "" ? "–" : guard.realTime}</dd></div>`
        : nothing}
    </dl>
  </section>`;
}

function links(page: Page): TemplateResult {
  const report = page.store.get<Links>("links");
  if (!report || report.links.length === 0) {
    return html`<section class="card"><h2>Links</h2><p class="quiet">There is no other node.</p></section>`;
  }
  const numbers = [...new Set(report.links.map((each) => each.link))].sort((a, b) => a - b);
  const nodes = [...new Set(report.links.map((each) => each.node))];
  return html`<section class="card" aria-label="links">
    <h2>Links from this node</h2>
    <p class="quiet">${report.transport}; ${report.mode}</p>
    <div class="scroll" tabindex="0" role="region" aria-label="links by node"><table class="matrix">
      <thead><tr><th scope="col">To</th>${numbers.map((each) => html`<th scope="col">link ${each}</th>`)}</tr></thead>
      <tbody>
        ${nodes.map(
          (node) => html`<tr><th scope="row">${node}</th>${numbers.map((number) => {
            const link = report.links.find((each) => each.node === node && each.link === number);
            if (!link) {
              return html`<td class="quiet">–</td>`;
            }
            const seen = page.store.latencies.get(`${node}/${number}`) ?? [];
            return html`<td class="cell ${link.connected ? "good" : "bad"}" title="${link.address}, MTU ${link.mtu}, down ${link.downs} times, at most ${micros(link.latencyMaxMicros)}">
              ${mark(link.connected ? "good" : "bad")}${link.connected ? micros(link.latencyMicros) : "down"}${link.used ? "" : " (spare)"} ${seen.length > 2 ? spark(seen) : nothing}
            </td>`;
          })}</tr>`,
        )}
      </tbody>
    </table></div>
  </section>`;
}

function regions(page: Page): TemplateResult {
  const report = page.store.get<Regions>("regions");
  if (!report || report.regions.length === 0) {
    return html`<section class="card" aria-label="heartbeat regions"><h2>Heartbeat regions</h2>
      <p class="quiet">None is configured: the ring alone shows who is here.</p></section>`;
  }
  const nodes = report.nodes.map((each) => each.name);
  return html`<section class="card" aria-label="heartbeat regions">
    <h2>Heartbeat regions</h2>
    ${report.warnings.map((each) => html`<p>${mark("notice")}${each}</p>`)}
    <div class="scroll" tabindex="0" role="region" aria-label="who is seen on which region"><table class="matrix">
      <thead><tr><th scope="col">Region</th>${nodes.map((each) => html`<th scope="col">${each}${each === report.node ? " (here)" : ""}</th>`)}</tr></thead>
      <tbody>
        ${report.regions.map(
          (region) => html`<tr>
            <th scope="row"><span title=${region.where}>${region.name}</span> <span class="quiet">${region.kind}</span> ${region.state === "ok" ? nothing : badge(region.state)} ${region.detail === "" ? nothing : html`<span class="quiet">${region.detail}</span>`}</th>
            ${nodes.map((node) => {
              const sight = region.sights.find((each) => each.node === node);
              if (!sight) {
                return html`<td class="quiet">–</td>`;
              }
              const tone = toneOf(sight.state);
              return html`<td class="cell ${tone}" title="lost ${sight.losses} times">${mark(tone)}${sight.state}${sight.ageMillis < 0 ? "" : html` <span class="quiet">${span(sight.ageMillis)} ago${sight.delayMillis > 0 ? `, +${sight.delayMillis} ms` : ""}</span>`}</td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table></div>
    ${report.pings.length === 0 ? nothing : html`<p>${report.pings.map((each) => html`${mark(each.reachable ? "good" : "bad")}${each.name} ${each.reachable ? "answers" : "does not answer"} `)}</p>`}
  </section>`;
}

export const ring: View = {
  name: "ring",
  title: "Ring and regions",
  draw(page) {
    return html`<h2 class="view-title">What reaches whom</h2>
      ${provenance(page.store)} ${health(page)} ${links(page)} ${regions(page)}`;
  },
};
