// What the views share with the page around them.
import type { TemplateResult } from "lit/html.js";
import type { Store } from "./store.js";

export interface Page {
  readonly store: Store;
  /** Has the page drawn again. */
  draw(): void;
  /** Opens why something is as it is. */
  why(subject: string, kind: "node" | "resource"): void;
  /** Says a sentence to those who do not see, and shows it for a moment. */
  say(sentence: string): void;
}

export interface View {
  readonly name: string;
  readonly title: string;
  draw(page: Page): TemplateResult;
  /** The view is shown from now on. */
  shown?(page: Page): void;
  /** Something was decided while the view is shown. */
  news?(page: Page): void;
}
