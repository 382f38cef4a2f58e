// The page around its views: who tells, how fresh it is, what is wrong, and where to go.
import { html, nothing, render } from "lit/html.js";
import "./chart-element.js";
import { mark } from "./format.js";
import type { Page, View } from "./page.js";
import { Store } from "./store.js";
import type { Decision, Head } from "./types.js";
import { cluster } from "./view-cluster.js";
import { configuration, recallToken } from "./view-configuration.js";
import { quorum } from "./view-quorum.js";
import { rehearsal } from "./view-rehearsal.js";
import { ring } from "./view-ring.js";
import { timeline } from "./view-timeline.js";
import { transition } from "./view-transition.js";
import * as why from "./why.js";

const VIEWS: View[] = [cluster, timeline, transition, quorum, ring, configuration, rehearsal];
const THEMES = ["auto", "light", "dark"];
const THEME_MARKS = ["◐", "○", "●"];
const place = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

let current: View = cluster;
let due = false;

const store = new Store((fresh) => {
  const spoken = fresh.at(-1);
  if (spoken) {
    speak(fresh, spoken);
    current.news?.(page);
  }
  page.draw();
});

/** Reads the latest decision to those who listen, not each of a hundred. */
function speak(fresh: Decision[], last: Decision): void {
  const more = fresh.length > 1 ? `, and ${fresh.length - 1} more before` : "";
  place("said").textContent = `${last.what}${more}`;
}

const page: Page = {
  store,
  draw() {
    if (!due) {
      due = true;
      requestAnimationFrame(() => {
        due = false;
        drawNow();
      });
    }
  },
  why(subject, kind) {
    why.open(page, subject, kind);
  },
  say(sentence) {
    place("said").textContent = sentence;
  },
};

function theme(): string {
  return localStorage.getItem("ringward-theme") ?? "auto";
}

function applyTheme(): void {
  document.documentElement.dataset["theme"] = theme();
}

function alerts(head: Head | undefined): string[] {
  const all: string[] = [];
  if (store.connection === "ended") {
    all.push("The daemon of this node has ended. What is shown is the last it said; the pages of the other nodes go on.");
  } else if (store.connection === "lost") {
    all.push("This node does not answer. What is shown is the last it said; the page tries again by itself.");
  } else if (store.silent > 3000) {
    all.push(`The node has not shown itself for ${Math.round(store.silent / 1000)} s: its loop stands still.`);
  }
  if (head && store.connection !== "ended") {
    if (head.leaving) {
      all.push(`${head.node} hands its resources over and leaves the cluster.`);
    }
    if (!head.agreed) {
      all.push(`${head.node} is not in agreement with others right now; what it shows is its last knowledge.`);
    } else if (!head.quorate) {
      all.push(`This side has no quorum and may not act: ${head.quorumReason}.`);
    }
  }
  return all;
}

function header(head: Head | undefined): unknown {
  const state = !head ? "quiet" : !head.quorate || !head.agreed ? "bad" : head.settled ? "good" : "busy";
  const words = !head ? "connecting" : !head.agreed ? "no agreement" : !head.quorate ? "no quorum" : head.settled ? "quorate, settled" : "quorate, at work";
  return html`<header class="top">
      <h1>${head?.cluster ?? "Ringward"}</h1>
      <p class="state ${state}">${mark(state)}${words}</p>
      <p class="quiet where">${head ? html`page of <strong>${head.node}</strong>, version ${head.version}` : nothing}</p>
      <button type="button" class="theme" @click=${() => {
        localStorage.setItem("ringward-theme", THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length] ?? "auto");
        applyTheme();
        page.draw();
      }} aria-label="colours: ${theme()}"><span aria-hidden="true">${THEME_MARKS[THEMES.indexOf(theme())] ?? ""} ${theme()}</span></button>
    </header>
    <nav aria-label="views"><ul>
      ${VIEWS.map((each) => html`<li><a href="#${each.name}" aria-current=${each === current ? "page" : "false"}>${each.title}</a></li>`)}
    </ul></nav>`;
}

function drawNow(): void {
  const head = store.get<Head>("head");
  render(header(head), place("head"));
  render(alerts(head).map((each) => html`<p class="alert">${mark("bad")}${each}</p>`), place("alerts"));
  place("view").classList.toggle("old", store.connection === "lost" || store.connection === "ended" || store.silent > 3000);
  render(current.draw(page), place("view"));
  why.refresh(page);
  document.title = head ? `${head.quorate ? "" : "no quorum: "}${head.cluster} at ${head.node}` : "Ringward";
}

function route(): void {
  const wanted = location.hash.slice(1);
  if (wanted === "view") {
    return;
  }
  current = VIEWS.find((each) => each.name === wanted) ?? cluster;
  current.shown?.(page);
  page.draw();
  requestAnimationFrame(showName);
}

/** On a phone not all names of views have room. */
function showName(): void {
  document.querySelector('nav a[aria-current="page"]')?.scrollIntoView({ inline: "center", block: "nearest" });
}

applyTheme();
place("view").textContent = "";
window.addEventListener("hashchange", route);
window.addEventListener("resize", showName);
setInterval(() => {
  store.sample();
  page.draw();
}, 1000);
route();
store.open();
void recallToken(page);
