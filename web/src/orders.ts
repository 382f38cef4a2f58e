// Orders with consent: what one would lead to is worked out by the cluster and shown before it is given.
import { html, nothing, render, type TemplateResult } from "lit/html.js";
import { ask } from "./ask.js";
import { mark } from "./format.js";
import type { Page } from "./page.js";
import type { Plan, ResourceLine } from "./types.js";

/** An order that somebody thinks of giving. */
export interface Order {
  verb: "move" | "ban" | "clear" | "standby" | "maintenance" | "cleanup" | "restart" | "fence" | "confirm";
  /** What it is called, such as: Move web. */
  title: string;
  /** What it means, a sentence. */
  sentence: string;
  /** What the button says that gives it. */
  button: string;
  options: Record<string, string>;
  /** Whether a node is to be chosen, and what choosing none means. */
  target?: string;
  /** It can be given for a time only. */
  expires?: boolean;
  /** What must be ticked, because it cannot be taken back. */
  oath?: string;
}

const NAME = "ringward-name";
const LIFETIMES: [string, string][] = [["", "until it is cleared"], ["PT15M", "15 minutes"], ["PT1H", "an hour"], ["PT8H", "8 hours"], ["P1D", "a day"]];
/** The node says itself what these do; nothing of it can be worked out before. */
const UNPLANNED = new Set(["fence", "confirm"]);

let order: Order | undefined;
let about: Page | undefined;
let given: Record<string, string> = {};
let plan: Plan | undefined;
let trouble = "";
let outcome = "";
let busy = false;
let sworn = false;
let question = 0;
let afterwards: () => void = () => undefined;

const dialog = (): HTMLDialogElement => document.getElementById("consent") as HTMLDialogElement;

/** Shows what the order would lead to, and gives it when that is wanted. */
export function consent(page: Page, wanted: Order, then: () => void = () => undefined): void {
  about = page;
  order = wanted;
  given = { ...wanted.options };
  trouble = outcome = "";
  busy = sworn = false;
  afterwards = then;
  draw();
  dialog().showModal();
  void work();
}

/** A reason and an end change nothing of what follows at once. */
async function work(): Promise<void> {
  const mine = ++question;
  plan = undefined;
  trouble = "";
  draw();
  if (!order || UNPLANNED.has(order.verb)) {
    return;
  }
  const reply = await ask<Plan>("plan", { ...given, order: order.verb });
  if (mine === question) {
    plan = reply.report ?? undefined;
    trouble = reply.exitCode === 0 ? "" : reply.message;
    draw();
  }
}

async function give(): Promise<void> {
  if (!order || busy) {
    return;
  }
  busy = true;
  draw();
  const reply = await ask<unknown>(order.verb, given, null, localStorage.getItem(NAME) ?? "");
  busy = false;
  trouble = reply.exitCode === 0 ? "" : reply.message;
  outcome = reply.exitCode !== 0 ? "" : reply.message === "" ? "Done." : reply.message;
  about?.say(outcome || trouble);
  draw();
  afterwards();
}

function choose(name: string, value: string, again: boolean): void {
  if (value === "") {
    delete given[name];
  } else {
    given[name] = value;
  }
  if (again) {
    void work();
  } else {
    draw();
  }
}

function fields(wanted: Order, page: Page): TemplateResult {
  return html`<div class="fields">
    ${wanted.target === undefined
      ? nothing
      : html`<label>Node <select @change=${(event: Event) => choose("node", (event.target as HTMLSelectElement).value, true)}>
          <option value="">${wanted.target}</option>${page.store.nodes().map((each) => html`<option ?selected=${given["node"] === each.name}>${each.name}</option>`)}</select></label>`}
    ${wanted.expires
      ? html`<label>Holds for <select @change=${(event: Event) => choose("lifetime", (event.target as HTMLSelectElement).value, false)}>
          ${LIFETIMES.map(([value, words]) => html`<option value=${value}>${words}</option>`)}</select></label>`
      : nothing}
    <label>Reason <input maxlength="200" ?required=${wanted.verb === "confirm"} placeholder=${wanted.verb === "confirm" ? "how you know" : "for those who read it later"}
      @input=${(event: Event) => choose("reason", (event.target as HTMLInputElement).value, false)}></label>
    <label>Your name <input maxlength="60" .value=${localStorage.getItem(NAME) ?? ""} placeholder="is recorded with it" autocomplete="name"
      @input=${(event: Event) => localStorage.setItem(NAME, (event.target as HTMLInputElement).value)}></label>
  </div>`;
}

/** What runs on a node that is to be fenced. */
function stakes(page: Page, node: string): TemplateResult {
  const here = page.store.resources().filter((each: ResourceLine) => each.nodes.includes(node) && !["group", "clone", "bundle"].includes(each.agent));
  return here.length === 0
    ? html`<p>Nothing that the cluster manages runs there.</p>`
    : html`<p>There runs: ${here.map((each) => each.id).join(", ")}. It is started elsewhere once the fencing is proven.</p>`;
}

function follows(wanted: Order, page: Page): TemplateResult {
  if (wanted.verb === "fence") {
    return stakes(page, given["node"] ?? "");
  }
  if (wanted.verb === "confirm") {
    return html`<p>What ran on it is started elsewhere at once. If it still lives, data may be damaged.</p>`;
  }
  if (trouble !== "") {
    return html``;
  }
  if (!plan) {
    return html`<p class="quiet">Working out what follows ...</p>`;
  }
  return html`${plan.configurationChanges.length === 0
      ? nothing
      : html`<ul class="plain-list">${plan.configurationChanges.map((each) => html`<li><code>${each}</code></li>`)}</ul>`}
    ${plan.changes.length === 0
      ? html`<p>No resource would start, stop or move now.</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="what follows from the order"><table>
          <thead><tr><th scope="col">Resource</th><th scope="col">What</th><th scope="col">From</th><th scope="col">To</th></tr></thead>
          <tbody>${plan.changes.map((each) => html`<tr><th scope="row">${each.resource}</th><td>${each.action}</td><td>${each.from || "–"}</td><td>${each.to || "–"}</td></tr>`)}</tbody>
        </table></div>`}
    ${plan.warnings.map((each) => html`<p>${mark("notice")}${each}</p>`)}
    <p class="quiet">Against version ${plan.version}, as the node of this page sees it.</p>`;
}

function draw(): void {
  if (!order || !about) {
    return;
  }
  const wanted = order;
  const page = about;
  const ready = !busy && trouble === "" && (UNPLANNED.has(wanted.verb) ? sworn && (wanted.verb !== "confirm" || (given["reason"] ?? "") !== "") : plan !== undefined);
  render(
    html`<header>
        <h2 id="consent-title">${wanted.title}</h2>
        <button type="button" class="close" aria-label="close" @click=${() => dialog().close()}>✕</button>
      </header>
      <form class="panel-body" @submit=${(event: Event) => {
        event.preventDefault();
        if (ready && outcome === "") {
          void give();
        }
      }}>
        <p>${wanted.sentence}</p>
        ${outcome !== ""
          ? html`<p role="status" class="big">${mark("good")}${outcome}</p>
              <p class="tools"><button type="button" class="primary" @click=${() => dialog().close()}>Close</button></p>`
          : html`${fields(wanted, page)}
              <section aria-label="what follows" aria-live="polite" class="follows"><h3>What follows</h3>${follows(wanted, page)}</section>
              ${trouble === "" ? nothing : html`<p role="alert">${mark("bad")}${trouble}</p>`}
              ${wanted.oath === undefined
                ? nothing
                : html`<label class="oath"><input type="checkbox" .checked=${sworn} @change=${(event: Event) => {
                    sworn = (event.target as HTMLInputElement).checked;
                    draw();
                  }}> ${wanted.oath}</label>`}
              <p class="tools"><button type="submit" class=${wanted.oath === undefined ? "primary" : "danger"} ?disabled=${!ready}>${busy ? "Ordering ..." : wanted.button}</button>
                <button type="button" @click=${() => dialog().close()}>Cancel</button></p>`}
      </form>`,
    dialog(),
  );
}
