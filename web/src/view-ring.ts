// Ring, links and heartbeat regions: what reaches whom, and how quickly.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { badge, mark, micros, provenance, span, toneOf } from "./format.js";
import { REPEATED } from "./history.js";
import type { Page, View } from "./page.js";
import type { Guard, Head, Links, Regions, Ring } from "./types.js";
import { row } from "./view-timeline.js";

const COUNTED: [string, string][] = [
  ["rings-formed", "rings formed"],
  ["tokens-late", "tokens late"],
  ...REPEATED,
  ["messages-sent", "messages sent"],
  ["messages-delivered", "messages delivered"],
  ["frames-malformed", "frames that are none"],
  ["frames-of-unknown-nodes", "frames of strangers"],
];

/** What changes a ring, or is told of it. */
const RING_KINDS = new Set(["MEMBERSHIP", "QUORUM", "COORDINATOR", "GUARD"]);
const CHANGES_MOST = 6;
const LINES_MOST = 8;

const inMillis = (value: number): string => (value < 10 ? `${Math.round(value * 10) / 10} ms` : span(value));
const inSecond = (value: number): string => `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} /s`;

function health(page: Page): TemplateResult {
  const ring = page.store.get<Ring>("ring");
  const head = page.store.get<Head>("head");
  const counters = page.store.get<Record<string, number>>("counters") ?? {};
  if (!ring || !head) {
    return html``;
  }
  const { times, rotation, repeated } = page.store.history;
  const here = ring.members.filter((each) => each.member).length;
  return html`<section class="card" aria-label="ring health">
    <h2>Ring</h2>
    <p class="big">${mark(head.ringState !== "operational" ? "busy" : here < ring.members.length ? "notice" : "good")}<strong>${head.ringState}</strong>, ${here} of ${ring.members.length} nodes</p>
    <p class="quiet">ring ${head.ring}; ${ring.transport}; a token is lost after ${ring.timers["token"]} ms</p>
    <div class="charts">
      <figure><figcaption>A token comes every</figcaption>
        <ringward-chart .format=${inMillis} .data=${{ times, lines: [{ name: "rotation", values: rotation }] }}></ringward-chart></figure>
      <figure><figcaption>Sent again</figcaption>
        <ringward-chart .format=${inSecond} .data=${{ times, lines: REPEATED.map(([name, words]) => ({ name: words, values: repeated.get(name) ?? [] })) }}></ringward-chart></figure>
    </div>
    <p class="quiet">Since this page was opened, at most five minutes. Below: since the daemon's start.</p>
    <dl class="facts">
      ${COUNTED.filter(([name]) => counters[name] !== undefined || !name.startsWith("frames")).map(
        ([name, words]) => html`<div><dt>${words}</dt><dd>${counters[name] ?? 0}</dd></div>`,
      )}
    </dl>
  </section>`;
}

function changes(page: Page): TemplateResult {
  const told = page.store.timeline().filter((each) => RING_KINDS.has(each.decision.kind)).slice(0, CHANGES_MOST);
  const guard = page.store.get<Guard>("guard");
  return html`<section class="card" aria-label="last changes">
      <h2>Last changes</h2>
      ${told.length === 0 ? html`<p class="quiet">None since this node joined.</p>` : html`<ol class="rows">${told.map((each) => row(page, each, 0))}</ol>`}
    </section>
    ${guard
      ? html`<section class="card" aria-label="this node itself">
          <h2>This node itself</h2>
          <dl class="words">
            <dt>stood still</dt><dd>${guard.stalls === 0 ? "never" : `${guard.stalls} times`}; the longest gap between two turns was ${span(guard.longestGapMillis)}</dd>
            <dt>watchdog</dt><dd>${guard.watchdog === "" ? "none" : guard.watchdog}</dd>
            <dt>real time</dt><dd>${guard.realTime === "" ? "not asked for" : guard.realTime}</dd>
          </dl>
        </section>`
      : nothing}`;
}

/** The slowest links of the moment, so that 31 nodes stay readable. */
function latencyLines(page: Page): { name: string; values: (number | null)[] }[] {
  const lines = [...page.store.history.latencies].map(([key, values]) => ({ name: key.replace("/", " link "), values, last: values.at(-1) ?? 0 }));
  if (lines.length <= LINES_MOST) {
    return lines;
  }
  return lines.sort((a, b) => b.last - a.last).slice(0, LINES_MOST);
}

function links(page: Page): TemplateResult {
  const report = page.store.get<Links>("links");
  if (!report || report.links.length === 0) {
    return html`<section class="card"><h2>Links</h2><p class="quiet">There is no other node.</p></section>`;
  }
  const numbers = [...new Set(report.links.map((each) => each.link))].sort((a, b) => a - b);
  const nodes = [...new Set(report.links.map((each) => each.node))];
  const lines = latencyLines(page);
  const many = page.store.history.latencies.size > LINES_MOST;
  return html`<section class="card" aria-label="links">
    <h2>Links from this node</h2>
    <p class="quiet">${report.transport}; ${report.mode}</p>
    <div class="split-wide">
      <div class="scroll" tabindex="0" role="region" aria-label="links by node"><table class="matrix">
        <thead><tr><th scope="col">To</th>${numbers.map((each) => html`<th scope="col">link ${each}</th>`)}</tr></thead>
        <tbody>
          ${nodes.map(
            (node) => html`<tr><th scope="row">${node}</th>${numbers.map((number) => {
              const link = report.links.find((each) => each.node === node && each.link === number);
              if (!link) {
                return html`<td class="quiet">–</td>`;
              }
              return html`<td>
                <div>${mark(link.connected ? "good" : "bad")}<strong>${link.connected ? micros(link.latencyMicros) : "down"}</strong>${link.used ? "" : " spare"}</div>
                <div class="quiet small">at most ${micros(link.latencyMaxMicros)}, MTU ${link.mtu}${link.downs === 0 ? "" : `, ${link.downs} × down`}</div>
                <div class="quiet small">${link.address}</div>
              </td>`;
            })}</tr>`,
          )}
        </tbody>
      </table></div>
      <figure><figcaption>Latency${many ? `, the ${LINES_MOST} slowest links` : ""}</figcaption>
        <ringward-chart .format=${inMillis} .data=${{ times: page.store.history.times, lines }}></ringward-chart></figure>
    </div>
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
            <th scope="row">${region.name}<div class="quiet small">${region.kind}, ${region.where}</div>
              ${region.state === "ok" ? nothing : badge(region.state)} ${region.detail === "" ? nothing : html`<div class="quiet small">${region.detail}</div>`}</th>
            ${nodes.map((node) => {
              const sight = region.sights.find((each) => each.node === node);
              if (!sight) {
                return html`<td class="quiet">–</td>`;
              }
              const tone = toneOf(sight.state);
              return html`<td><div>${mark(tone)}<strong>${sight.state}</strong></div>
                <div class="quiet small">${sight.ageMillis < 0 ? "never heard" : `${span(sight.ageMillis)} ago${sight.delayMillis > 0 ? `, ${sight.delayMillis} ms late` : ""}`}${sight.losses === 0 ? "" : `, ${sight.losses} × lost`}</div></td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table></div>
    ${report.pings.length === 0 ? nothing : html`<p>${report.pings.map((each) => html`<span class="count">${mark(each.reachable ? "good" : "bad")}${each.name} ${each.reachable ? "answers" : "does not answer"}</span>`)}</p>`}
    <details class="all-views"><summary>What every node says that it sees</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="what every node sees"><table class="matrix">
        <thead><tr><th scope="col">Region</th><th scope="col">Node</th>${nodes.map((each) => html`<th scope="col">sees ${each}</th>`)}</tr></thead>
        <tbody>${report.regions.flatMap((region) => region.views.map((view) => html`<tr><th scope="row">${region.name}</th><td>${view.node}</td>
          ${nodes.map((node) => (node === view.node
            ? html`<td class="quiet">–</td>`
            : !view.known
              ? html`<td class="quiet">${mark("quiet")}not told</td>`
              : html`<td>${mark(view.sees.includes(node) ? "good" : "bad")}${view.sees.includes(node) ? "yes" : "no"}</td>`))}</tr>`))}</tbody>
      </table></div>
    </details>
  </section>`;
}

export const ring: View = {
  name: "ring",
  title: "Ring and regions",
  draw(page) {
    return html`<h2 class="view-title">What reaches whom</h2>
      ${provenance(page.store)} ${health(page)} <div class="halves">${changes(page)}</div> ${links(page)} ${regions(page)}`;
  },
};
