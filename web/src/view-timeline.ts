// The decisions of the cluster as stories: what came within a few seconds belongs together.
import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { clock, day, mark, provenance, span, type Tone } from "./format.js";
import type { Page, View } from "./page.js";
import type { Told } from "./store.js";
import { ask } from "./ask.js";
import type { Decision, Incident } from "./types.js";

const PAUSE_MILLIS = 5000;

const TONES: Record<string, Tone> = {
  MEMBERSHIP: "notice",
  QUORUM: "notice",
  COORDINATOR: "quiet",
  NODE: "notice",
  FENCE: "bad",
  PLACEMENT: "busy",
  TRANSITION: "busy",
  ACTION: "good",
  FAILURE: "bad",
  CONFIGURATION: "quiet",
  OPERATOR: "quiet",
  GUARD: "bad",
};

const REFRESH_MILLIS = 600;

let filter = "";
let incidents: Incident[] = [];
let asking = false;
let stale = true;

function subjectKind(page: Page, subject: string): "node" | "resource" | undefined {
  if (page.store.get(`node/${subject}`)) {
    return "node";
  }
  const known = page.store.get<string[]>("resources") ?? [];
  return known.some((key) => key === subject || key.endsWith(`/${subject}`)) ? "resource" : undefined;
}

/** One decision; it opens to its reasons. */
export function row(page: Page, told: Told, began: number): TemplateResult {
  const { decision } = told;
  const kind = subjectKind(page, decision.subject);
  const more = decision.why.length + decision.rejected.length > 0 || kind !== undefined;
  const offset = began === 0 ? clock(decision.wallMillis).slice(0, 8) : `+${span(Math.max(0, decision.wallMillis - began))}`;
  const line = html`<time datetime=${new Date(decision.wallMillis).toISOString()} title=${clock(decision.wallMillis)}>${offset}</time>
    ${mark(TONES[decision.kind] ?? "quiet")}<span class="what">${decision.what}</span><span class="by">${decision.kind.toLowerCase()} · ${decision.node}</span>`;
  return html`<li class="row">
    ${more
      ? html`<details>
          <summary>${line}</summary>
          <div class="reasons">
            ${decision.why.map((each) => html`<p>because ${each}</p>`)}
            ${decision.rejected.map((each) => html`<p class="quiet">not ${each}</p>`)}
            ${kind === undefined
              ? nothing
              : html`<p><button class="link" type="button" @click=${() => page.why(decision.subject, kind)}>Why ${decision.subject} is as it is now</button></p>`}
          </div>
        </details>`
      : html`<div class="flat">${line}</div>`}
  </li>`;
}

/** The stories that the node itself tells, with the critical path; asked for when something was decided. */
async function fetchIncidents(page: Page): Promise<void> {
  if (asking || !stale) {
    return;
  }
  asking = true;
  stale = false;
  const reply = await ask<{ incidents: Incident[] }>("timeline", { incidents: "true", limit: "12" });
  incidents = reply.report?.incidents ?? incidents;
  page.draw();
  setTimeout(() => {
    asking = false;
    page.draw();
  }, REFRESH_MILLIS);
}

function incident(each: Incident): TemplateResult {
  const whole = each.phases.reduce((sum, phase) => sum + phase.millis, 0);
  let at = 0;
  return html`<section class="card story" aria-label="${each.kind} ${each.number}">
    <header>
      <h3>${day(each.beginMillis)} ${clock(each.beginMillis).slice(0, 8)}: ${each.cause}</h3>
      <span class="quiet">${each.kind} ${each.number}, ${each.over ? span(each.endMillis - each.beginMillis) : "still going on"}</span>
    </header>
    <p>${each.outcome}</p>
    ${whole === 0
      ? nothing
      : html`<svg class="phases" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
            ${each.phases.map((phase) => {
              const x = (at / whole) * 1000;
              at += phase.millis;
              return svg`<rect class="phase-${phase.name}" x=${x.toFixed(1)} y="0" width=${Math.max(2, (phase.millis / whole) * 1000 - 2).toFixed(1)} height="14"></rect>`;
            })}
          </svg>
          <p class="legend">${each.phases.map((phase) => html`<span class="count"><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="phase-${phase.name}" width="10" height="10" rx="2"></rect></svg>${phase.name} ${span(phase.millis)}</span>`)}</p>`}
    <details>
      <summary>Cause, critical path and services</summary>
      <div class="reasons">
        ${each.because.map((one) => html`<p>because ${one}</p>`)}
        <ol class="plain-list">${each.path.map((step) => html`<li><time>+${span(step.beginMillis - each.beginMillis)}</time> <strong>${step.phase}</strong> ${span(step.endMillis - step.beginMillis)}: ${step.what}</li>`)}</ol>
        ${each.services.map((one) => html`<p>${mark("good")}${one.resource} runs on ${one.node} again after ${span(one.afterMillis)}</p>`)}
      </div>
    </details>
  </section>`;
}

interface Story {
  key: number;
  began: number;
  ended: number;
  cause: Decision;
  rows: Told[];
}

/** Stories, newest first; inside one the rows are in the order of time. */
function stories(told: Told[]): Story[] {
  const found: Story[] = [];
  for (const each of [...told].reverse()) {
    const last = found[0];
    if (last && each.decision.wallMillis - last.ended <= PAUSE_MILLIS) {
      last.rows.push(each);
      last.ended = Math.max(last.ended, each.decision.wallMillis);
    } else {
      found.unshift({
        key: each.number,
        began: each.decision.wallMillis,
        ended: each.decision.wallMillis,
        cause: each.decision,
        rows: [each],
      });
    }
  }
  return found;
}

/** From when to when each sort of step went on, as a bar above the rows. */
function phases(story: Story): TemplateResult | typeof nothing {
  const length = story.ended - story.began;
  if (length < 1 || story.rows.length < 3) {
    return nothing;
  }
  return html`<svg class="phases" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
    ${story.rows.map((each) => {
      const x = ((each.decision.wallMillis - story.began) / length) * 992;
      const tone = TONES[each.decision.kind] ?? "quiet";
      return svg`<rect class="fill ${tone}" x=${x.toFixed(1)} y="1" width="8" height="12" rx="2"></rect>`;
    })}
  </svg>`;
}

function matches(told: Told): boolean {
  const { decision } = told;
  const text = `${decision.kind} ${decision.subject} ${decision.node} ${decision.what} ${decision.why.join(" ")}`;
  return text.toLowerCase().includes(filter);
}

export const timeline: View = {
  name: "timeline",
  title: "Timeline",
  shown(page) {
    stale = true;
    void fetchIncidents(page);
  },
  news(page) {
    stale = true;
    void fetchIncidents(page);
  },
  draw(page) {
    void fetchIncidents(page);
    const told = page.store.timeline().filter(matches);
    return html`<h2 class="view-title">What happened, and why</h2>
      ${provenance(page.store)}
      ${repeat([...incidents].reverse(), (each) => each.number, (each) => guard([each], () => incident(each)))}
      <h2>All that was decided and noted</h2>
      <p class="tools">
        <label>Only with <input type="search" placeholder="a node, a resource, a word" .value=${filter}
          @input=${(event: Event) => {
            filter = (event.target as HTMLInputElement).value.toLowerCase();
            page.draw();
          }}></label>
        <span class="quiet">${told.length} decisions, the latest first; each opens to its reasons</span>
      </p>
      ${told.length === 0 ? html`<p class="quiet">Nothing was decided${filter === "" ? " since this node joined" : " about that"}.</p>` : nothing}
      ${repeat(stories(told), (story) => story.key, (story) =>
        guard([story.rows.length, story.rows.at(-1)?.number, filter], () => html`<section class="card story" aria-label="story of ${clock(story.began).slice(0, 8)}">
          <header>
            <h3>${day(story.began)} ${clock(story.began).slice(0, 8)}: ${story.cause.what}</h3>
            <span class="quiet">${story.rows.length} ${story.rows.length === 1 ? "decision" : "decisions"}${story.ended > story.began ? `, ${span(story.ended - story.began)}` : ""}</span>
          </header>
          ${phases(story)}
          <ol class="rows">${story.rows.map((each) => row(page, each, story.began))}</ol>
        </section>`),
      )}`;
  },
};
