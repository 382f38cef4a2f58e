// The panel that says why, and gives orders about the same thing to those who have the token.
import { html, nothing, render, type TemplateResult } from "lit/html.js";
import { ask } from "./ask.js";
import { badge, mark } from "./format.js";
import type { Page } from "./page.js";
import type { NodeLine, ResourceLine, Why } from "./types.js";
import { mayOrder } from "./view-configuration.js";

let subject = "";
let kind: "node" | "resource" = "node";
let answer: Why | undefined;
let trouble = "";
let said = "";
let target = "";

const panel = (): HTMLDialogElement => document.getElementById("panel") as HTMLDialogElement;

export function open(page: Page, about: string, of: "node" | "resource"): void {
  subject = about;
  kind = of;
  answer = undefined;
  trouble = "";
  said = "";
  target = "";
  draw(page);
  if (!panel().open) {
    panel().showModal();
  }
  void fetchWhy(page);
}

async function fetchWhy(page: Page): Promise<void> {
  const about = subject;
  const reply = await ask<Why>("why", { subject: about });
  if (about !== subject) {
    return;
  }
  answer = reply.report ?? undefined;
  trouble = reply.exitCode === 0 ? "" : reply.message;
  draw(page);
}

/** Also when the cluster has changed, as long as the panel is open. */
export function refresh(page: Page): void {
  if (panel().open) {
    draw(page);
  }
}

async function order(page: Page, verb: string, options: Record<string, string>): Promise<void> {
  said = "ordered ...";
  draw(page);
  const reply = await ask<unknown>(verb, options);
  said = reply.message === "" ? "done" : reply.message;
  page.say(said);
  await fetchWhy(page);
}

function nodeOrders(page: Page, line: NodeLine): TemplateResult {
  const node = line.name;
  return html`
    <button type="button" @click=${() => void order(page, "standby", { node, on: String(!line.standby) })}>${line.standby ? "End standby" : "Standby"}</button>
    <button type="button" @click=${() => void order(page, "maintenance", { node, on: String(!line.maintenance) })}>${line.maintenance ? "End maintenance" : "Maintenance"}</button>
    <button type="button" @click=${() => void order(page, "cleanup", { node })}>Forget failures</button>
    <button type="button" class="danger" @click=${() => {
      if (confirm(`Fence ${node}? Its machine is reset or switched off.`)) {
        void order(page, "fence", { node, action: "reboot" });
      }
    }}>Fence ...</button>`;
}

function resourceOrders(page: Page, resource: string): TemplateResult {
  return html`
    <label>To or from <select @change=${(event: Event) => {
      target = (event.target as HTMLSelectElement).value;
    }}><option value="">where it likes</option>${page.store.nodes().map((each) => html`<option>${each.name}</option>`)}</select></label>
    <button type="button" @click=${() => void order(page, "move", target === "" ? { resource } : { resource, node: target })}>Move</button>
    <button type="button" @click=${() => void order(page, "ban", target === "" ? { resource } : { resource, node: target })}>Ban</button>
    <button type="button" @click=${() => void order(page, "restart", { resource })}>Restart</button>
    <button type="button" @click=${() => void order(page, "clear", { resource })}>Clear moves and bans</button>
    <button type="button" @click=${() => void order(page, "cleanup", { resource })}>Forget failures</button>`;
}

function body(why: Why): TemplateResult {
  return html`<p class="paragraph">${why.paragraph}</p>
    ${why.parts.map(
      (part) => html`<h3>${part.resource}</h3>
        <div class="scroll" tabindex="0" role="region" aria-label="scores of ${part.resource}"><table>
          <thead><tr><th scope="col">Node</th><th scope="col">Score</th><th scope="col">From</th></tr></thead>
          <tbody>${part.candidates.map(
            (each) => html`<tr class=${each.chosen ? "chosen" : ""}><th scope="row">${each.chosen ? mark("good") : nothing}${each.node}${each.chosen ? html`<span class="unseen"> (chosen)</span>` : nothing}</th><td>${each.score}</td><td>${each.contributions.length === 0 ? "nothing speaks for or against it" : each.contributions.map((one) => html`<div>${one}</div>`)}</td></tr>`,
          )}</tbody>
        </table></div>`,
    )}
    ${(why.rungs ?? []).length === 0
      ? nothing
      : html`<h3>What would prove it down, from mild to severe</h3>
          <ul class="plain-list">${why.rungs.map((each) => html`<li>${badge(each.state)} <strong>${each.name}</strong>: ${each.sentence}</li>`)}</ul>`}
    ${why.steps.length === 0
      ? nothing
      : html`<h3>What would be done now</h3><ul class="plain-list">${why.steps.map((each) => html`<li><strong>${each.action}</strong>: ${each.reason}${each.waitsFor.length === 0 ? "" : `, after ${each.waitsFor.join(", ")}`}</li>`)}</ul>`}
    ${why.decisions.length === 0 ? nothing : html`<h3>Decided lately</h3><ul class="plain-list">${why.decisions.map((each) => html`<li>${each}</li>`)}</ul>`}`;
}

function draw(page: Page): void {
  const node = kind === "node" ? page.store.get<NodeLine>(`node/${subject}`) : undefined;
  const lines = kind === "resource" ? page.store.resources().filter((each: ResourceLine) => each.id === subject || each.parent === subject) : [];
  render(
    html`<header>
        <h2 id="panel-title">Why ${subject} is as it is</h2>
        <button type="button" class="close" aria-label="close" @click=${() => panel().close()}>✕</button>
      </header>
      <div class="panel-body">
        ${node ? html`<p>${badge(node.state)} ${node.detail}</p>` : nothing}
        ${lines.length === 0 ? nothing : html`<p>${lines.map((each) => html`<span class="pair">${each.id} ${badge(each.state)} ${each.nodes.join(", ")}</span> `)}</p>`}
        ${trouble === "" ? (answer ? body(answer) : html`<p class="quiet">Working it out ...</p>`) : html`<p role="alert">${mark("bad")}${trouble}</p>`}
        <section class="orders" aria-label="orders">
          ${mayOrder()
            ? html`<div class="tools">${kind === "node" ? (node ? nodeOrders(page, node) : nothing) : resourceOrders(page, subject)}</div>`
            : html`<p class="quiet">Read only. <a href="#configuration" @click=${() => panel().close()}>Give the token</a> to move it, or to order something else.</p>`}
          ${said === "" ? nothing : html`<p role="status">${said}</p>`}
        </section>
      </div>`,
    panel(),
  );
}
