// How smooth the page is with 32 nodes and 500 resources while a transition of 200 actions runs: serves the built
// page with a made-up cluster, in the frames that a daemon sends, 20 a second, and counts what Chromium draws. Fails
// below what docs/page.md promises.
//
//   node bench.mjs [SECONDS]
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const NODES = 32;
const RESOURCES = 500;
const ACTIONS = 200;
const FRAMES_A_SECOND = 20;
const seconds = Number(process.argv[2] ?? 8);
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

const nodes = Array.from({ length: NODES }, (_, at) => `node${at + 1}`);
const names = Array.from({ length: RESOURCES }, (_, at) => `resource${at + 1}`);
const places = names.map((_, at) => at % NODES);

function head(settled) {
  return { cluster: "large", node: "node1", ringState: "operational", ring: "1/1a", members: nodes, agreed: true, quorate: true,
    quorumReason: "32 of 32 votes are here, 17 are needed", coordinator: "node1", version: "1.2.3", settled, leaving: false };
}

function resource(at, state) {
  return { id: names[at], parent: null, agent: "ocf:heartbeat:Dummy", state, nodes: [nodes[places[at]]], managed: true, detail: "" };
}

function action(id, state) {
  const lane = id % 40;
  return { id, operation: id < 100 ? "stop" : "start", resource: names[id], onNode: nodes[id % NODES], state,
    startedMillis: state === "waiting" ? 0 : 1, tookMillis: state === "done" ? 120 : 0, after: id < 40 ? [] : [id - 40, ...(lane < 39 ? [id - 39] : [])] };
}

function transition(done) {
  return { coordinator: "node1", whole: true, number: 7, state: done < ACTIONS ? "running" : "done",
    summary: `Transition 7: ${done} of ${ACTIONS} actions are done.`, aborted: "", startedMillis: Date.now() };
}

function picture() {
  const set = { head: head(false), nodes, resources: names, failures: [], fencing: [], warnings: [], outlook: [], counters: {}, transition: transition(0),
    guard: { stalls: 0, longestGapMillis: 12, lastStallMillis: 0, watchdog: "", realTime: "" } };
  Object.assign(set, ringPicture());
  nodes.forEach((name, at) => (set[`node/${name}`] = { name, id: at + 1, state: "member", standby: false, maintenance: false, detail: "" }));
  names.forEach((name, at) => (set[`resource/${name}`] = resource(at, "Started")));
  for (let id = 0; id < ACTIONS; id++) {
    set[`action/${id}`] = action(id, "waiting");
  }
  return set;
}

/** Two links to each other node, and counters that grow. */
function ringPicture() {
  const links = nodes.slice(1).flatMap((node) => [0, 1].map((link) => ({ node, link, address: "10.0.0.1", connected: true, used: link === 0, mtu: 1500,
    latencyMicros: 200 + Math.floor(Math.random() * 300), latencyMaxMicros: 900, downs: 0 })));
  const tokens = Math.floor(Date.now() / 4);
  return { links: { transport: "knet", mode: "passive", links },
    counters: { "tokens-received": tokens, "tokens-resent": Math.floor(tokens / 900), "retransmits-sent": Math.floor(tokens / 500), "retransmits-requested": 0 },
    ring: { transport: "knet", synchronised: true, members: nodes.map((name, at) => ({ name, id: at + 1, addresses: [], votes: 1, member: true, self: at === 0 })), timers: { token: 1000 } } };
}

let step = 0;
let decisions = 0;

/** What one look of the node finds: actions that began and ended, resources that moved, decisions. */
function change() {
  const set = { transition: transition(step % ACTIONS), ...(step % 100 === 0 ? ringPicture() : {}) };
  for (let count = 0; count < 5; count++) {
    const id = step % ACTIONS;
    set[`action/${id}`] = action(id, "running");
    set[`action/${(id + ACTIONS - 5) % ACTIONS}`] = action((id + ACTIONS - 5) % ACTIONS, "done");
    set[`action/${(id + ACTIONS / 2) % ACTIONS}`] = action((id + ACTIONS / 2) % ACTIONS, "waiting");
    const at = (step * 7) % RESOURCES;
    places[at] = (places[at] + 1) % NODES;
    set[`resource/${names[at]}`] = resource(at, step % 3 === 0 ? "Starting" : "Started");
    step++;
  }
  decisions++;
  set[`decision/${decisions}`] = { wallMillis: Date.now(), node: "node1", kind: "ACTION", subject: names[step % RESOURCES],
    what: `start of ${names[step % RESOURCES]} done, told at ${Date.now()}`, why: [], rejected: [], clock: "" };
  return set;
}

const server = createServer((request, response) => {
  const path = request.url.split("?")[0];
  if (path === "/api/events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`event: snapshot\ndata: ${JSON.stringify({ at: Date.now(), set: picture(), gone: [] })}\n\n`);
    const timer = setInterval(() => {
      const gone = decisions > 300 ? [`decision/${decisions - 300}`] : [];
      response.write(`event: delta\ndata: ${JSON.stringify({ at: Date.now(), set: change(), gone })}\n\n`);
    }, 1000 / FRAMES_A_SECOND);
    request.on("close", () => clearInterval(timer));
    return;
  }
  try {
    const name = path === "/" ? "index.html" : path.slice(1);
    const bytes = gzipSync(readFileSync(dist + name));
    response.writeHead(200, { "Content-Type": types[name.split(".").at(-1)] ?? "text/plain", "Content-Encoding": "gzip" });
    response.end(bytes);
  } catch {
    response.writeHead(404).end("{}");
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const WANTED = { rate: 50, paint: 1000, visible: 300 };
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
let missed = 0;

function least(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** When frames were drawn, and how long each decision took from the server to the screen. */
function watch(millis) {
  return new Promise((resolve) => {
    const frames = [];
    const waits = [];
    const said = document.getElementById("said");
    const seen = new MutationObserver(() => {
      const told = Number(/told at ([0-9]+)/.exec(said.textContent)?.[1] ?? 0);
      if (told > 0) {
        requestAnimationFrame(() => waits.push(Date.now() - told));
      }
    });
    seen.observe(said, { childList: true, characterData: true, subtree: true });
    const begin = performance.now();
    const frame = (now) => {
      frames.push(now);
      if (now - begin < millis) {
        requestAnimationFrame(frame);
      } else {
        seen.disconnect();
        resolve({ frames, waits, paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
          chips: document.querySelectorAll(".chip").length, boxes: document.querySelectorAll(".box").length });
      }
    };
    requestAnimationFrame(frame);
  });
}

try {
  console.log("| view | first paint | frames a second | 99 % of the gaps | a decision is visible after, median | worst | drawn |");
  console.log("|---|---|---|---|---|---|---|");
  for (const view of ["cluster", "transition", "timeline", "ring"]) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    await page.goto(`http://127.0.0.1:${server.address().port}/#${view}`);
    await page.locator({ cluster: ".chip", transition: ".box", timeline: ".row", ring: "ringward-chart canvas" }[view]).first().waitFor();
    const { frames, waits, paint, chips, boxes } = await page.evaluate(watch, seconds * 1000);
    const gaps = frames.slice(1).map((time, at) => time - frames[at]).sort((a, b) => a - b);
    const rate = ((frames.length - 1) * 1000) / (frames.at(-1) - frames[0]);
    waits.sort((a, b) => a - b);
    console.log(`| ${view} | ${paint.toFixed(0)} ms | ${rate.toFixed(1)} | ${least(gaps, 0.99).toFixed(0)} ms | ${least(waits, 0.5)} ms | ${waits.at(-1)} ms | ${chips} resources, ${boxes} actions |`);
    const bound = (view === "cluster" || view === "transition") && (rate < WANTED.rate || paint > WANTED.paint || least(waits, 0.5) > WANTED.visible);
    missed += bound ? 1 : 0;
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
if (missed > 0) {
  console.log(`${missed} of the views are below what is wanted: ${WANTED.rate} frames a second, first paint within ${WANTED.paint} ms, decisions visible within ${WANTED.visible} ms`);
  process.exitCode = 1;
}
