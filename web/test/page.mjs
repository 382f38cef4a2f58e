// Drives the page of a real three-node cluster, made as the demo makes it, in Debian's Chromium: reads it, kills a
// node and watches the failover, reads why, plans and applies a change, looks for what people with disabilities would
// stumble over, measures, and takes the pictures of docs/page/.
//
//   node page.mjs [--pictures FOLDER] [--loopback]
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const options = process.argv.slice(2);
const pictures = options.includes("--pictures") ? options[options.indexOf("--pictures") + 1] : undefined;
const measured = {};

function check(truth, sentence) {
  if (!truth) {
    throw new Error(sentence);
  }
  console.log(`  ${sentence}`);
}

/** The demo's three nodes; orders go in by lines. */
class Demo {
  static async start() {
    const demo = new Demo();
    const args = ["demo", "--stay", ...(options.includes("--loopback") ? ["--loopback"] : [])];
    demo.process = spawn(`${root}ringward`, args, { stdio: ["pipe", "pipe", "inherit"] });
    demo.pages = {};
    demo.answers = [];
    demo.waiting = [];
    let ready;
    const started = new Promise((resolve, reject) => {
      ready = resolve;
      demo.process.on("exit", (code) => reject(new Error(`the demo ended with ${code}`)));
    });
    createInterface({ input: demo.process.stdout }).on("line", (line) => {
      const [word, node, address, token] = line.split(" ");
      if (word === "page") {
        demo.pages[node] = { address, token };
      } else if (word === "ready") {
        ready();
      } else {
        demo.waiting.shift()?.(line);
      }
    });
    await started;
    return demo;
  }

  order(line) {
    return new Promise((resolve, reject) => {
      this.waiting.push((answer) => (answer === `done ${line}` ? resolve() : reject(new Error(answer))));
      this.process.stdin.write(`${line}\n`);
    });
  }

  async end() {
    this.process.removeAllListeners("exit");
    const gone = new Promise((resolve) => this.process.on("exit", resolve));
    this.process.stdin.end();
    await gone;
  }
}

/** Those that docs/page.md shows. */
const SHOWN = ["cluster-light", "cluster-dark", "cluster-phone", "timeline-failover", "timeline-phone", "transition-failover",
  "quorum-dark", "ring-light", "ring-dark", "why-light", "configuration-plan", "no-quorum", "consent-light", "rehearsal-light", "rehearsal-dark",
  "rehearsal-phone", "wishes-light", "ring-phone"];

async function picture(page, name, fullPage = false) {
  if (pictures && SHOWN.includes(name)) {
    mkdirSync(pictures, { recursive: true });
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage });
  }
}

async function accessible(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const serious = found.violations.filter((each) => ["serious", "critical"].includes(each.impact));
  for (const each of serious) {
    console.log(`    ${each.id}: ${each.help}: ${each.nodes[0].html.slice(0, 200)} ${each.nodes[0].any.map((one) => one.message).join("; ")}`);
  }
  check(serious.length === 0, `axe finds nothing serious: ${where}`);
}

async function open(browser, url, extra = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, bypassCSP: false, ...extra });
  const page = await context.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:")) {
      foreign.push(request.url());
    }
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(url);
  await page.locator(".node").first().waitFor();
  return page;
}

const foreign = [];
const errors = [];
const began = Date.now();
const demo = await Demo.start();
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  await run();
} finally {
  await browser.close();
  await demo.end();
}
console.log(`page: ${Object.entries(measured).map(([what, value]) => `${what} ${value}`).join(", ")}; in ${Math.round((Date.now() - began) / 1000)} s`);

async function run() {
  const { address, token } = demo.pages.n2;
  const page = await open(browser, address);
  await arrival(page);
  await everyView(page);
  await looks(address);
  await keyboard(page);
  await failover(page);
  await move(page, await plan(page, token));
  await rehearse(page);
  await charts(page);
  await weight(page);
  await leaving(browser);
  await quorumLost(page);
  check(foreign.length === 0, `nothing was asked of anybody else ${foreign.join(" ")}`);
  const own = errors.filter((each) => !/ERR_|Failed to load resource/.test(each));
  check(own.length === 0, `no errors in the console ${own.join(" | ")}`);
}

async function arrival(page) {
  const times = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    bytes: performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
      .filter((each) => !each.name.includes("/api/"))
      .reduce((sum, each) => sum + each.transferSize, 0),
  }));
  measured["first paint ms"] = Math.round(times.paint);
  check(times.paint < 1000, `first paint after ${Math.round(times.paint)} ms`);
  check((await page.locator(".node").count()) === 3, "three nodes are shown");
  check(await page.locator(".state").innerText().then((text) => text.includes("quorate")), "quorum is shown");
  await page.locator('.chip:has-text("server")').first().waitFor();
  measured["download kB"] = Math.round(times.bytes / 102.4) / 10;
}

async function everyView(page) {
  for (const view of ["cluster", "timeline", "transition", "quorum", "ring", "configuration", "rehearsal"]) {
    await page.goto(`${page.url().split("#")[0]}#${view}`);
    await page.locator(".view-title").waitFor();
    check(/As n2 sees it, in the partition of n1, n2, n3/.test(await page.locator(".from").innerText()), `${view} says from where it is`);
    await accessible(page, view);
    if (view !== "ring" && view !== "rehearsal") {
      await picture(page, `${view}-light`);
    }
  }
  await page.goto(`${page.url().split("#")[0]}#cluster`);
}

async function looks(address) {
  const dark = await open(browser, address, { colorScheme: "dark" });
  for (const view of ["cluster", "quorum"]) {
    await dark.goto(`${address}#${view}`);
    await dark.locator(".view-title").waitFor();
    await accessible(dark, `${view}, dark`);
    await picture(dark, `${view}-dark`);
  }
  await dark.context().close();
  const phone = await open(browser, address, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
  for (const view of ["cluster", "timeline", "transition", "quorum", "ring", "configuration", "rehearsal"]) {
    await phone.goto(`${address}#${view}`);
    await phone.locator(".view-title").waitFor();
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 0, `${view} fits a phone`);
    if (view !== "rehearsal" && view !== "ring") {
      await picture(phone, `${view}-phone`);
    }
  }
  await phone.context().close();
}

async function keyboard(page) {
  await page.locator("nav a").nth(1).focus();
  await page.keyboard.press("Enter");
  await page.locator('.view-title:text-is("What happened, and why")').waitFor();
  // This one, whatever is put above it meanwhile: incidents come later than decisions.
  const decision = await page.waitForSelector(".rows details");
  await (await decision.$("summary")).focus();
  await page.keyboard.press("Enter");
  check(await (await decision.$(".reasons")).isVisible(), "a decision opens by keyboard to its reasons");
  await page.goto(`${page.url().split("#")[0]}#cluster`);
  await page.locator(".chip").first().focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog[open] .paragraph").waitFor();
  await accessible(page, "the panel why");
  await picture(page, "why-light");
  await page.keyboard.press("Escape");
  check((await page.locator("dialog[open]").count()) === 0, "the panel closes by Escape");
}

/** The node that runs the web server, as the page shows it. */
function serverOn(page) {
  return page.locator('.node:has(.chip:has-text("server"))').first().getAttribute("aria-label").then((label) => label.replace("node ", ""));
}

async function failover(page) {
  const victim = await serverOn(page);
  if (victim !== "n1") {
    // The page that is watched must stay, and its node is to coordinate after the loss.
    throw new Error(`the service runs on ${victim} after a cold start, not on n1`);
  }
  await page.goto(`${page.url().split("#")[0]}#transition`);
  await page.evaluate(() => {
    window.seen = new Promise((resolve) => {
      const source = new EventSource("api/events");
      source.addEventListener("delta", (event) => {
        const told = Object.entries(JSON.parse(event.data).set).find(([key, value]) => key.startsWith("decision/") && value.what.endsWith(" is lost"));
        if (told) {
          source.close();
          const wait = () => {
            if (document.body.innerText.includes("unclean") || document.getElementById("said").textContent !== "") {
              resolve(Date.now() - told[1].wallMillis);
            } else {
              requestAnimationFrame(wait);
            }
          };
          requestAnimationFrame(wait);
        }
      });
    });
  });
  await demo.order(`power-off ${victim}`);
  const late = await page.evaluate(() => window.seen);
  measured["event visible ms"] = late;
  check(late < 300, `the loss of ${victim} is on the page ${late} ms after it was decided`);
  await picture(page, "transition-failover");
  await page.goto(`${page.url().split("#")[0]}#cluster`);
  await page.locator(`.node[aria-label="node ${victim}"]:has(.badge:text-is("fenced"))`).waitFor({ timeout: 20_000 }).catch(() => undefined);
  await page.waitForFunction(
    (lost) => [...document.querySelectorAll(".node")].some((card) => card.getAttribute("aria-label") !== `node ${lost}` && /●server/.test(card.innerText.replaceAll("\n", ""))),
    victim,
    { timeout: 20_000 },
  );
  const now = await serverOn(page);
  check(now !== victim, `the server runs on ${now} now`);
  await page.goto(`${page.url().split("#")[0]}#timeline`);
  await page.locator(".story").first().waitFor();
  await page.locator('section[aria-label^="incident"] .legend').first().waitFor();
  await accessible(page, "the timeline with an incident");
  await picture(page, "timeline-failover");
  check((await page.locator(`.row:has-text("${victim} is lost")`).count()) > 0, "the timeline tells of the loss");
  check((await page.locator(`.row:has-text("${victim} is proven down")`).count()) > 0, "and of the proof");
  await page.goto(`${page.url().split("#")[0]}#cluster`);
  await page.locator(`.node[aria-label="node ${victim}"] h3 button`).click();
  await page.locator("dialog[open] .paragraph").waitFor();
  check((await page.locator("dialog[open] .paragraph").innerText()).includes(victim), `why says what is with ${victim}`);
  await picture(page, "why-lost");
  await page.keyboard.press("Escape");
  await demo.order(`power-on ${victim}`);
  await page.locator(`.node[aria-label="node ${victim}"] .badge:has-text("member")`).waitFor({ timeout: 20_000 });
  check(true, `${victim} is a member again`);
}

async function plan(page, token) {
  await page.goto(`${page.url().split("#")[0]}#configuration`);
  check((await page.locator("textarea").count()) === 0, "without the token the configuration is not shown");
  await page.locator('input[name="token"]').fill("not-the-token-of-this-node");
  await page.locator('button:has-text("Use it")').click();
  await page.waitForFunction(() => document.getElementById("said").textContent.includes("not the token"));
  await page.locator('input[name="token"]').fill(readFileSync(token, "utf8").trim());
  await page.locator('button:has-text("Use it")').click();
  await page.locator('button:has-text("Read what is in force")').click();
  await page.waitForFunction(() => document.querySelector("textarea").value.includes("resources"));
  const text = await page.locator("textarea").inputValue();
  const here = await page.evaluate(() => fetch("api/status").then((answer) => answer.json()).then((reply) => reply.report.resources.find((each) => each.id === "server").nodes[0]));
  const changed = `${text}\nconstraints:\n  - location: {id: away, resource: web, node: ${here}, score: -INFINITY}\n`;
  await page.locator("textarea").fill(changed);
  await page.locator('button.primary:has-text("Plan")').click();
  await page.locator('section[aria-label="plan"]').waitFor();
  check(/server/.test(await page.locator('[aria-label="what follows"]').innerText()), "the plan says what would move");
  check(/node n1/.test(await page.locator('[aria-label="single failures"]').innerText()), "and what each single failure would lead to");
  await accessible(page, "the plan");
  await page.locator('section[aria-label="plan"]').scrollIntoViewIfNeeded();
  await page.evaluate(() => document.querySelector('section[aria-label="plan"]').scrollIntoView());
  await picture(page, "configuration-plan");
  await page.locator('button:has-text("Apply this plan")').click();
  await page.locator('#view p:has-text("In force as version")').waitFor({ timeout: 15_000 });
  await page.goto(`${page.url().split("#")[0]}#cluster`);
  await page.waitForFunction(
    (before) => [...document.querySelectorAll(".node")].some((card) => card.getAttribute("aria-label") !== `node ${before}` && /●server/.test(card.innerText.replaceAll("\n", ""))),
    here,
    { timeout: 20_000 },
  );
  check(true, `applied: the server has left ${here}`);
  return here;
}

/** The node that runs the web server, when the page shows it somewhere. */
function serverLeaves(page, before) {
  return page.waitForFunction(
    (old) => [...document.querySelectorAll(".node")].some((card) => card.getAttribute("aria-label") !== `node ${old}` && /●server/.test(card.innerText.replaceAll("\n", ""))),
    before,
    { timeout: 20_000 },
  );
}

/** An order asks for consent and says before what follows; it is shown afterwards, and taken back. */
async function move(page, banned) {
  await page.goto(`${page.url().split("#")[0]}#cluster`);
  const before = await serverOn(page);
  const after = ["n1", "n2", "n3"].find((node) => node !== before && node !== banned);
  await page.locator('.chip:has-text("server")').first().click();
  await page.locator('#panel button:has-text("Move ...")').click();
  const consent = page.locator("#consent[open]");
  await consent.locator("h3").waitFor();
  await consent.locator("select").first().selectOption(after);
  await consent.locator("select").nth(1).selectOption("PT1H");
  await consent.locator("input").first().fill("maintenance of the rack");
  await consent.locator("input").nth(1).fill("Ada");
  await consent.locator(`[aria-label="what follows from the order"] td:has-text("${after}")`).first().waitFor();
  check(/address|server/.test(await consent.locator('[aria-label="what follows from the order"]').innerText()), "consent is asked with what would follow");
  await accessible(page, "the consent");
  await picture(page, "consent-light");
  check((await serverOn(page)) === before, "and nothing is done before it is given");
  await consent.locator('button[type="submit"]').click();
  await consent.locator('[role="status"]').waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  check((await page.locator("dialog[open]").count()) === 0, "both dialogs close by Escape");
  await serverLeaves(page, before);
  const wish = page.locator('section[aria-label="moves and bans"] li').first();
  await wish.waitFor();
  check(/Ada/.test(await wish.innerText()) && /rack/.test(await wish.innerText()) && /until/.test(await wish.innerText()), "the move is shown with author, reason and end");
  await picture(page, "wishes-light");
  await wish.locator("button").click();
  await page.locator('#consent[open] button[type="submit"]:not([disabled])').click();
  await page.locator('#consent[open] [role="status"]').waitFor();
  await page.keyboard.press("Escape");
  await page.locator('section[aria-label="moves and bans"]').waitFor({ state: "detached", timeout: 10_000 });
  check(true, "and is taken back from there");
}

async function rehearse(page) {
  await page.goto(`${page.url().split("#")[0]}#rehearsal`);
  const began = Date.now();
  await page.locator('button:has-text("Rehearse now")').click();
  await page.locator('section[aria-label="the last rehearsal"]').waitFor({ timeout: 60_000 });
  measured["rehearsal s"] = Math.round((Date.now() - began) / 100) / 10;
  const faults = await page.locator('section[aria-label="the last rehearsal"] tbody tr').count();
  check(faults >= 15, `the rehearsal shows ${faults} faults and what each leads to`);
  check((await page.locator('section[aria-label="the last rehearsal"] tbody tr:has-text("n1")').count()) > 0, "the loss of n1 among them");
  await accessible(page, "the rehearsal");
  await picture(page, "rehearsal-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, "the rehearsal, dark");
  await picture(page, "rehearsal-dark");
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  check((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "the rehearsal fits a phone");
  await picture(page, "rehearsal-phone");
  await page.setViewportSize(size);
}

async function charts(page) {
  await page.goto(`${page.url().split("#")[0]}#ring`);
  await page.locator("ringward-chart canvas").nth(2).waitFor();
  await page.waitForFunction(() => /n1 link 0 [0-9]/.test(document.querySelector('section[aria-label="links"] ringward-chart').innerText));
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll("ringward-chart canvas")].map((canvas) =>
      canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value, at) => at % 4 === 3 && value > 0)));
  check(drawn.length === 3 && drawn.every((each) => each), "rotation, repetitions and latency are drawn over time");
  await accessible(page, "the ring with charts");
  await picture(page, "ring-light", true);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(1200);
  await picture(page, "ring-dark");
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  check((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "the charts fit a phone");
  await picture(page, "ring-phone");
  await page.setViewportSize(size);
}

/** All that the page loaded, the graph and the charts included. */
async function weight(page) {
  const bytes = await page.evaluate(() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
    .filter((each) => !each.name.includes("/api/")).reduce((sum, each) => sum + each.transferSize, 0));
  measured["download in all kB"] = Math.round(bytes / 102.4) / 10;
  check(bytes < 200_000, `everything loaded is ${measured["download in all kB"]} kB`);
}

async function leaving(browser) {
  const page = await open(browser, demo.pages.n3.address);
  await demo.order("shutdown n3");
  await page.locator('.alert:has-text("has ended")').waitFor({ timeout: 20_000 });
  check((await page.locator(".node").count()) === 3, "a page whose node has left says so, and keeps what it knew");
  await page.context().close();
}

async function quorumLost(page) {
  await page.goto(`${page.url().split("#")[0]}#cluster`);
  await demo.order("daemon-kill n1");
  await page.locator('.alert:has-text("no quorum")').waitFor({ timeout: 20_000 });
  check(true, "a page whose node has no quorum says so above everything");
  const late = await open(browser, demo.pages.n2.address);
  await late.locator('.alert:has-text("no quorum")').waitFor({ timeout: 5000 });
  check(true, "also one that is opened only then");
  await late.context().close();
  await accessible(page, "without quorum");
  await picture(page, "no-quorum");
  await demo.order("daemon-kill n2");
  await page.locator('.alert:has-text("does not answer")').waitFor({ timeout: 20_000 });
  check(true, "a page whose node is gone says so, and keeps what it knew");
  await picture(page, "gone");
}
