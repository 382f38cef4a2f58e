// Nodes and what runs on them, with what needs attention above.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { badge, clock, kindOf, mark, moment, provenance, toneOf } from "./format.js";
import { consent } from "./orders.js";
import type { Page, View } from "./page.js";
import type { Failure, Fencing, Head, NodeLine, Quorum, ResourceLine, Wish } from "./types.js";
import { mayOrder } from "./view-configuration.js";
import { ballots, votesInWords } from "./view-quorum.js";
import { row } from "./view-timeline.js";

const COLLECTIVE = new Set(["group", "clone", "bundle"]);

/** What is said of a lost node is what it last said itself. */
function chip(page: Page, line: ResourceLine, lost: boolean): TemplateResult {
  const tone = lost ? "notice" : toneOf(line.state);
  const parent = line.parent === null ? "" : ` in ${line.parent}`;
  return html`<button
    class="chip ${tone}"
    type="button"
    title="${line.agent}${parent}: ${line.state}${line.managed ? "" : ", not managed"}"
    @click=${() => page.why(line.parent ?? line.id, "resource")}
  >${mark(tone)}<span class="chip-name">${line.id}</span><span class="chip-kind">${kindOf(line.agent)}</span>${
    lost
      ? html`<span class="chip-state">may still run</span>`
      : line.state === "Started"
        ? nothing
        : html`<span class="chip-state">${line.state}</span>`
  }${line.managed ? nothing : html`<span class="chip-state">unmanaged</span>`}</button>`;
}

function card(page: Page, node: NodeLine, here: ResourceLine[], head: Head): TemplateResult {
  const roles = [
    node.name === head.coordinator ? "coordinator" : "",
    node.name === head.node ? "this page" : "",
    node.standby && node.state !== "standby" ? "standby" : "",
    node.maintenance && node.state !== "maintenance" ? "maintenance" : "",
  ].filter((each) => each !== "");
  return html`<section class="card node ${toneOf(node.state)}" aria-label="node ${node.name}">
    <header>
      <h3><button class="plain" type="button" @click=${() => page.why(node.name, "node")}>${node.name}</button></h3>
      ${badge(node.state)}
    </header>
    ${roles.length > 0 ? html`<p class="roles">${roles.join(" · ")}</p>` : nothing}
    ${node.detail === "" ? nothing : html`<p class="detail">${node.detail}</p>`}
    <div class="chips">
      ${here.length === 0
        ? html`<p class="quiet">runs nothing</p>`
        : repeat(here, (line) => `${line.parent}/${line.id}`, (line) => guard([line, node.state], () => chip(page, line, node.state === "unclean")))}
    </div>
  </section>`;
}

function attention(page: Page): TemplateResult {
  const warnings = page.store.get<string[]>("warnings") ?? [];
  const failures = page.store.get<Failure[]>("failures") ?? [];
  const fencing = (page.store.get<Fencing[]>("fencing") ?? []).filter((each) => each.state !== "succeeded");
  if (warnings.length + failures.length + fencing.length === 0) {
    return html``;
  }
  return html`<section class="card attention" aria-label="needs attention">
    <h2>Needs attention</h2>
    <ul>
      ${fencing.map((each) => html`<li>${mark(each.state === "running" ? "busy" : "bad")}Fencing of <strong>${each.target}</strong> (${each.action}): ${each.state} ${each.proof}</li>`)}
      ${failures.map(
        (each) => html`<li>
          ${mark("bad")}<button class="link" type="button" @click=${() => page.why(each.resource, "resource")}>${each.resource}</button>: ${each.operation} on ${each.node}
          failed with ${each.exitCode}${each.reason === "" ? "" : ` (${each.reason})`}, ${each.failCount}
          ${each.failCount === 1 ? "time" : "times"}, last at ${clock(each.wallMillis).slice(0, 8)}
        </li>`,
      )}
      ${warnings.map((each) => html`<li>${mark("notice")}${each}</li>`)}
    </ul>
  </section>`;
}

/** Moves and bans hold until they are cleared, which is easily forgotten. */
function wishes(page: Page): TemplateResult | typeof nothing {
  const all = page.store.get<Wish[]>("wishes") ?? [];
  if (all.length === 0) {
    return nothing;
  }
  return html`<section class="card" aria-label="moves and bans">
    <h2>Moves and bans of operators</h2>
    <ul class="plain-list">${all.map((each) => html`<li class="tools">
      <span>${mark(each.over ? "quiet" : "notice")}<strong>${each.resource}</strong> ${each.kind === "ban" ? "not on" : "on"} ${each.node}${each.until === "" ? ", until it is cleared" : `, ${each.over ? "over since" : "until"} ${moment(each.until)}`}</span>
      <span class="quiet">${[each.author === "" ? "" : `by ${each.author}`, each.since === "" ? "" : `since ${moment(each.since)}`, each.reason].filter((one) => one !== "").join(", ")}</span>
      ${mayOrder()
        ? html`<button type="button" @click=${() => consent(page, { verb: "clear", title: `Clear moves and bans of ${each.resource}`, sentence: "Its place is decided by the configuration again.", button: "Clear", options: { resource: each.resource } })}>Clear ...</button>`
        : nothing}</li>`)}</ul>
  </section>`;
}

export const cluster: View = {
  name: "cluster",
  title: "Nodes",
  draw(page) {
    const { store } = page;
    const head = store.get<Head>("head");
    if (!head) {
      return html`<p class="quiet">Asking the node ...</p>`;
    }
    const byNode = new Map<string, ResourceLine[]>();
    const nowhere: ResourceLine[] = [];
    for (const line of store.resources()) {
      if (COLLECTIVE.has(line.agent)) {
        continue;
      }
      if (line.nodes.length === 0) {
        nowhere.push(line);
      }
      for (const node of line.nodes) {
        const list = byNode.get(node);
        if (list) {
          list.push(line);
        } else {
          byNode.set(node, [line]);
        }
      }
    }
    const nodes = store.nodes();
    const quorum = store.get<Quorum>("quorum");
    const latest = store.timeline().slice(0, 8);
    return html`<h2 class="view-title">Nodes and what runs on them</h2>
      ${provenance(store)} ${attention(page)}
      <div class="cards">
        ${repeat(nodes, (node) => node.name, (node) => {
          const here = byNode.get(node.name) ?? [];
          return guard([node, head.coordinator, head.node, ...here], () => card(page, node, here, head));
        })}
      </div>
      ${nowhere.length === 0
        ? nothing
        : html`<section class="card" aria-label="not running"><h2>Runs nowhere</h2>
            <div class="chips">${repeat(nowhere, (line) => `${line.parent}/${line.id}`, (line) => guard([line], () => chip(page, line, false)))}</div>
          </section>`}
      ${wishes(page)}
      <div class="two">
        <section class="card" aria-label="quorum">
          <h2>Quorum</h2>
          <p class="big">${mark(head.quorate ? "good" : "bad")}<strong>${head.quorate ? "This side may go on" : "This side may not go on"}</strong></p>
          ${quorum ? html`${ballots(quorum)}<p class="quiet small">${votesInWords(quorum)} (the line)</p>` : nothing}
          ${head.quorate && quorum?.rule === "votes" ? nothing : html`<p>${head.quorumReason}</p>`}
          <p><a href="#quorum">Who would win</a></p>
        </section>
        <section class="card" aria-label="latest decisions">
          <h2>Latest</h2>
          <ol class="rows">${latest.map((told) => row(page, told, 0))}</ol>
          <p><a href="#timeline">The whole timeline</a></p>
        </section>
      </div>`;
  },
};
