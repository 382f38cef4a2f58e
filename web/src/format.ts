// Words and marks that several views share. A state is never shown by its colour alone.
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Store } from "./store.js";
import type { Head } from "./types.js";

/** What a state means for the eye: good, bad, busy, quiet or a notice. */
export type Tone = "good" | "bad" | "busy" | "quiet" | "notice";

const TONES: Record<string, Tone> = {
  member: "good",
  pending: "notice",
  unclean: "bad",
  fenced: "quiet",
  offline: "quiet",
  standby: "notice",
  maintenance: "notice",
  Started: "good",
  Stopped: "quiet",
  Starting: "busy",
  Stopping: "busy",
  Partial: "notice",
  Failed: "bad",
  Blocked: "bad",
  Unknown: "notice",
  waiting: "quiet",
  running: "busy",
  done: "good",
  failed: "bad",
  incomplete: "bad",
  succeeded: "good",
  seen: "good",
  late: "notice",
  lost: "bad",
  left: "quiet",
  unknown: "quiet",
  untouched: "good",
  recovers: "good",
  loses: "bad",
  waits: "notice",
  unsafe: "bad",
  proof: "good",
  ready: "good",
  missing: "notice",
  none: "quiet",
};

const MARKS: Record<Tone, string> = { good: "●", bad: "▲", busy: "◐", quiet: "○", notice: "◆" };

export function toneOf(state: string): Tone {
  return TONES[state] ?? "notice";
}

export function mark(tone: Tone): TemplateResult {
  return html`<span class="mark ${tone}" aria-hidden="true">${MARKS[tone]}</span>`;
}

export function badge(state: string): TemplateResult {
  const tone = toneOf(state);
  return html`<span class="badge ${tone}">${mark(tone)}${state}</span>`;
}

export function clock(wallMillis: number): string {
  const time = new Date(wallMillis);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}

export function day(wallMillis: number): string {
  const time = new Date(wallMillis);
  const same = new Date().toDateString() === time.toDateString();
  const two = (value: number) => String(value).padStart(2, "0");
  return same ? "today" : `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** A time in ISO 8601 as people here say it. */
export function moment(text: string): string {
  const wallMillis = Date.parse(text.replace(" ", "T"));
  return Number.isNaN(wallMillis) ? text : `${day(wallMillis)} ${clock(wallMillis).slice(0, 8)}`;
}

export function span(millis: number): string {
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  return millis < 120_000 ? `${(millis / 1000).toFixed(millis < 10_000 ? 2 : 1)} s` : `${Math.round(millis / 60_000)} min`;
}

export function micros(value: number): string {
  return value === 0 ? "–" : value < 1000 ? `${value} µs` : `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} ms`;
}

export function kindOf(agent: string): string {
  const last = agent.split(":").at(-1) ?? agent;
  return last;
}

/** Every view says from which node and partition it is, and how fresh. */
export function provenance(store: Store): TemplateResult {
  const head = store.get<Head>("head");
  if (!head) {
    return html``;
  }
  const members = head.members.length > 6 ? `${head.members.slice(0, 5).join(", ")} and ${head.members.length - 5} more` : head.members.join(", ");
  return html`<p class="from">
    As <strong>${head.node}</strong> sees it, in the partition of ${members || "nobody"} (ring ${head.ring}), ${freshness(store)}.
  </p>`;
}

export function freshness(store: Store): TemplateResult | typeof nothing {
  if (store.connection === "connecting") {
    return html`not asked yet`;
  }
  const age = Math.max(store.age(), store.silent / 1000);
  const stale = age > 3 || store.connection !== "live";
  return html`<span class=${stale ? "stale" : "fresh"}>${stale ? `last known ${age.toFixed(0)} s ago` : `as of ${clock(store.at).slice(0, 8)}`}</span>`;
}
