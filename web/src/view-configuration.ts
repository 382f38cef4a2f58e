// The configuration: what is in force, what a change would do, and the change itself.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { ask, setToken, token, tokenIsRight } from "./ask.js";
import { badge, mark, provenance } from "./format.js";
import type { Page, View } from "./page.js";
import type { Head, Plan, Reply } from "./types.js";

interface Document {
  format: string;
  version: string;
  text: string;
}

let text = "";
let base = "";
let busy = "";
let trouble = "";
let plan: Plan | undefined;
let planned = "";
let done = "";
let right: boolean | null = null;

export function mayOrder(): boolean {
  return right === true;
}

/** Whether the token that this tab was given before is still the node's. */
export async function recallToken(page: Page): Promise<void> {
  if (right === null && token() !== "") {
    right = await tokenIsRight();
    page.draw();
  }
}

/** Asks for the token where orders are given. */
export function access(page: Page): TemplateResult {
  if (right === true) {
    return html`<p class="tools">${mark("good")}Orders are allowed with the token of this tab.
      <button type="button" @click=${() => {
        setToken("");
        right = null;
        page.draw();
      }}>Forget it</button></p>`;
  }
  return html`<form class="tools" @submit=${async (event: Event) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem("token") as HTMLInputElement;
    setToken(field.value.trim());
    right = await tokenIsRight();
    if (right !== true) {
      setToken("");
      page.say(right === false ? "That is not the token of this node." : "The node did not answer.");
    }
    page.draw();
  }}>
    <label>Token of this node <input name="token" type="password" autocomplete="off" required></label>
    <button type="submit">Use it</button>
    <span class="quiet">Looking needs none. Orders need what is in the file <code>web-token</code> of the node's state directory.</span>
  </form>`;
}

async function load(page: Page): Promise<void> {
  busy = "reading";
  page.draw();
  const reply: Reply<Document> = await ask("configuration", { format: "yaml" });
  busy = "";
  trouble = reply.exitCode === 0 ? "" : reply.message;
  if (reply.report) {
    text = reply.report.text;
    base = reply.report.version;
    plan = undefined;
    done = "";
  }
  page.draw();
}

async function work(page: Page, verb: "plan" | "apply"): Promise<void> {
  busy = verb === "plan" ? "planning" : "applying";
  trouble = "";
  done = "";
  page.draw();
  const options: Record<string, string> = { format: text.trimStart().startsWith("<") ? "xml" : "yaml", file: "the page" };
  if (verb === "plan") {
    options["outlook"] = "true";
  }
  if (verb === "apply" && plan) {
    options["expect-version"] = plan.version;
    if (plan.digest) {
      options["expect-digest"] = plan.digest;
    }
  }
  const reply: Reply<Plan> = await ask(verb, options, text);
  busy = "";
  if (reply.exitCode !== 0 || !reply.report) {
    trouble = reply.message;
    plan = undefined;
  } else if (verb === "plan") {
    plan = reply.report;
    planned = text;
  } else {
    done = `In force as version ${reply.report.version}. ${reply.message}`;
    base = reply.report.version;
    plan = undefined;
    page.say(done);
  }
  page.draw();
}

function outcome(page: Page, made: Plan): TemplateResult {
  const stale = planned !== text;
  const nothingChanges = made.configurationChanges.length === 0;
  return html`<section class="card" aria-label="plan">
    <h2>The plan</h2>
    <p class="quiet">against version ${made.version}</p>
    ${nothingChanges ? html`<p>Nothing differs from what is in force.</p>` : html`<ul class="plain-list">${made.configurationChanges.map((each) => html`<li><code>${each}</code></li>`)}</ul>`}
    ${made.warnings.map((each) => html`<p>${mark("notice")}${each}</p>`)}
    ${made.changes.length === 0
      ? html`<p>No resource would start, stop or move.</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="what follows"><table>
          <thead><tr><th scope="col">Resource</th><th scope="col">What</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Why</th></tr></thead>
          <tbody>${made.changes.map((each) => html`<tr><th scope="row">${each.resource}</th><td>${each.action}</td><td>${each.from || "–"}</td><td>${each.to || "–"}</td><td>${each.reason || "–"}</td></tr>`)}</tbody>
        </table></div>`}
    ${made.timeouts.map((each) => html`<p>${mark("bad")}${each}</p>`)}
    ${made.outlook.length === 0
      ? nothing
      : html`<h3>What each single failure would lead to then</h3>
          <div class="scroll" tabindex="0" role="region" aria-label="single failures"><table class="stack">
            <thead><tr><th scope="col">Failure</th><th scope="col">Verdict</th><th scope="col">What happens</th></tr></thead>
            <tbody>${made.outlook.map((each) => html`<tr><th scope="row">${each.part} ${each.subject}</th><td>${badge(each.verdict)}</td><td>${each.sentence}${each.effects.map((one) => html`<div class="quiet">${one}</div>`)}</td></tr>`)}</tbody>
          </table></div>`}
    ${stale ? html`<p>${mark("notice")}The text was changed since; plan again.</p>` : nothing}
    <p class="tools"><button class="primary" type="button" ?disabled=${stale || nothingChanges || busy !== ""} @click=${() => void work(page, "apply")}>Apply this plan</button>
    <span class="quiet">It is refused when the cluster has moved on since.</span></p>
  </section>`;
}

export const configuration: View = {
  name: "configuration",
  title: "Configuration",
  shown(page) {
    void recallToken(page).then(() => {
      if (right === true && text === "") {
        void load(page);
      }
    });
  },
  draw(page) {
    const head = page.store.get<Head>("head");
    const may = mayOrder();
    return html`<h2 class="view-title">What people want, and what a change would do</h2>
      ${provenance(page.store)}
      <section class="card" aria-label="access">${access(page)}</section>
      ${!may
        ? html`<section class="card"><p class="quiet">The configuration may hold passwords of fence devices, so it is shown with the token only.</p></section>`
        : html`<section class="card" aria-label="configuration">
            <p class="tools">
              <button type="button" ?disabled=${busy !== ""} @click=${() => void load(page)}>Read what is in force</button>
              <button class="primary" type="button" ?disabled=${busy !== "" || text.trim() === ""} @click=${() => void work(page, "plan")}>Plan</button>
              <span class="quiet" role="status">${busy === "" ? (base === "" ? "" : `version ${base}`) : `${busy} ...`}</span>
            </p>
            <label class="editor">Configuration, YAML or XML
              <textarea spellcheck="false" rows="22" .value=${text} @input=${(event: Event) => {
                text = (event.target as HTMLTextAreaElement).value;
                page.draw();
              }}></textarea></label>
            ${trouble === "" ? nothing : html`<p role="alert">${mark("bad")}${trouble}</p>`}
            ${done === "" ? nothing : html`<p>${mark("good")}${done}</p>`}
            ${head && !head.quorate ? html`<p>${mark("bad")}This side has no quorum: nothing can be applied here.</p>` : nothing}
          </section>
          ${plan ? outcome(page, plan) : nothing}`}`;
  },
};
