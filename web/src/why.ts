// The panel that says why, and gives orders about the same thing to those who have the token.
import { html, nothing, render, type TemplateResult } from "lit/html.js";
import { ask } from "./ask.js";
import { badge, freshness, mark } from "./format.js";
import { consent, type Order } from "./orders.js";
import type { Page } from "./page.js";
import type { Head, NodeLine, ResourceLine, Why } from "./types.js";
import { mayOrder } from "./view-configuration.js";

let subject = "";
let kind: "node" | "resource" = "node";
let answer: Why | undefined;
let trouble = "";

const panel = (): HTMLDialogElement => document.getElementById("panel") as HTMLDialogElement;

export function open(page: Page, about: string, of: "node" | "resource"): void {
  subject = about;
  kind = of;
  answer = undefined;
  trouble = "";
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

function give(page: Page, wanted: Order): void {
  consent(page, wanted, () => void fetchWhy(page));
}

function nodeOrders(page: Page, line: NodeLine): TemplateResult {
  const node = line.name;
  const lost = line.state === "unclean";
  return html`
    <button type="button" @click=${() => give(page, line.standby
      ? { verb: "standby", title: `End standby of ${node}`, sentence: `${node} may run resources again.`, button: "End standby", options: { node, on: "false" } }
      : { verb: "standby", title: `Standby of ${node}`, sentence: `${node} stays a member, with its vote, and runs nothing until standby ends.`, button: "Put into standby", options: { node, on: "true" } })}>${line.standby ? "End standby ..." : "Standby ..."}</button>
    <button type="button" @click=${() => give(page, line.maintenance
      ? { verb: "maintenance", title: `End maintenance of ${node}`, sentence: `The cluster manages what runs on ${node} again.`, button: "End maintenance", options: { node, on: "false" } }
      : { verb: "maintenance", title: `Maintenance of ${node}`, sentence: `What runs on ${node} is left alone: nothing is started, stopped or watched there.`, button: "Begin maintenance", options: { node, on: "true" } })}>${line.maintenance ? "End maintenance ..." : "Maintenance ..."}</button>
    <button type="button" @click=${() => give(page, { verb: "cleanup", title: `Forget failures on ${node}`, sentence: "Failures are forgotten; what had failed is looked at anew.", button: "Forget them", options: { node } })}>Forget failures ...</button>
    <button type="button" class="danger" @click=${() => give(page, { verb: "fence", title: `Fence ${node}`, sentence: `The machine of ${node} is reset by its fencing devices, whatever it does.`, button: `Fence ${node}`, options: { node, action: "reboot" }, oath: "Reset the machine." })}>Fence ...</button>
    ${lost
      ? html`<button type="button" class="danger" @click=${() => give(page, { verb: "confirm", title: `Confirm that ${node} is down`, sentence: `You answer for it that ${node} is off, and stays off until it has started anew.`, button: "It is down", options: { node }, oath: `I have seen that ${node} is off.` })}>Confirm that it is down ...</button>`
      : nothing}`;
}

function resourceOrders(page: Page, resource: string): TemplateResult {
  return html`
    <button type="button" @click=${() => give(page, { verb: "move", title: `Move ${resource}`, sentence: `${resource} is wanted on another node, ahead of all scores, until that is cleared or its time is over.`, button: "Move", options: { resource }, target: "away from where it is", expires: true })}>Move ...</button>
    <button type="button" @click=${() => give(page, { verb: "ban", title: `Ban ${resource}`, sentence: `${resource} may not run on a node until that is cleared or its time is over.`, button: "Ban", options: { resource }, target: "where it is", expires: true })}>Ban ...</button>
    <button type="button" @click=${() => give(page, { verb: "clear", title: `Clear moves and bans of ${resource}`, sentence: "Its place is decided by the configuration again.", button: "Clear", options: { resource } })}>Clear ...</button>
    <button type="button" @click=${() => give(page, { verb: "restart", title: `Restart ${resource}`, sentence: "It is stopped and started where it runs, with what depends on it.", button: "Restart", options: { resource } })}>Restart ...</button>
    <button type="button" @click=${() => give(page, { verb: "cleanup", title: `Forget failures of ${resource}`, sentence: "Failures are forgotten; what had failed is looked at anew.", button: "Forget them", options: { resource } })}>Forget failures ...</button>`;
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
        <p class="quiet small">As ${page.store.get<Head>("head")?.node ?? ""} sees it, ${freshness(page.store)}.</p>
        <section class="orders" aria-label="orders">
          ${mayOrder()
            ? html`<div class="tools">${kind === "node" ? (node ? nodeOrders(page, node) : nothing) : resourceOrders(page, subject)}</div>`
            : html`<p class="quiet">Read only. <a href="#configuration" @click=${() => panel().close()}>Give the token</a> to move it, or to order something else.</p>`}
        </section>
      </div>`,
    panel(),
  );
}
