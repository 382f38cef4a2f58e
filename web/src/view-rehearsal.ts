// The place of rehearsals: what would happen under each fault, worked out by the simulator.
import { html } from "lit/html.js";
import { provenance } from "./format.js";
import type { View } from "./page.js";

export const rehearsal: View = {
  name: "rehearsal",
  title: "Rehearsal",
  draw(page) {
    return html`<h2 class="view-title">What would happen under each fault</h2>
      ${provenance(page.store)}
      <section class="card" aria-label="rehearsal">
        <p>This is where the results of rehearsals will be: who ends up where after each fault, how long it takes, and what is unsafe.</p>
        <p class="quiet">The page does not show them yet.</p>
      </section>`;
  },
};
