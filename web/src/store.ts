// The node's picture of the cluster as this page has it, kept up to date by server-sent events.
import { History } from "./history.js";
import type { Action, Decision, Links, NodeLine, ResourceLine } from "./types.js";

export type Connection = "connecting" | "live" | "lost" | "ended";

interface Frame {
  at: number;
  set: Record<string, unknown>;
  gone: string[];
}

/** A number under which a decision is known; higher is later. */
export interface Told {
  number: number;
  decision: Decision;
}

/** A node that has told nothing for so many milliseconds is silent. */
const SILENT_MOST = 3000;

export class Store {
  connection: Connection = "connecting";
  /** When the node showed itself last, by its own clock. */
  at = 0;
  /** When that arrived here, by this page's clock. */
  arrived = 0;
  /** What the server said of the node's silence, in milliseconds. */
  silent = 0;
  /** The last minutes, a value a second; what was not known then is null. */
  readonly history = new History();
  private readonly values = new Map<string, unknown>();
  private readonly decisions = new Map<number, Told>();
  private source: EventSource | undefined;

  constructor(private readonly changed: (fresh: Decision[]) => void) {}

  open(): void {
    const source = new EventSource("api/events");
    this.source = source;
    source.addEventListener("snapshot", (event) => {
      this.values.clear();
      this.decisions.clear();
      this.take(JSON.parse((event as MessageEvent<string>).data) as Frame, false);
    });
    source.addEventListener("delta", (event) =>
      this.take(JSON.parse((event as MessageEvent<string>).data) as Frame, true),
    );
    source.addEventListener("beat", (event) => {
      this.silent = (JSON.parse((event as MessageEvent<string>).data) as { age: number }).age;
      this.changed([]);
    });
    source.addEventListener("end", () => {
      this.connection = "ended";
      this.changed([]);
    });
    source.onerror = () => {
      if (this.connection !== "ended") {
        this.connection = "lost";
      }
      this.changed([]);
      if (source.readyState === EventSource.CLOSED) {
        // Refused: the browser does not try again by itself.
        setTimeout(() => this.source === source && this.open(), 2000);
      }
    };
  }

  private take(frame: Frame, tell: boolean): void {
    this.connection = "live";
    this.at = frame.at;
    this.arrived = performance.now();
    this.silent = 0;
    const fresh: Decision[] = [];
    for (const [key, value] of Object.entries(frame.set)) {
      this.values.set(key, value);
      if (key.startsWith("decision/")) {
        const number = Number(key.slice(9));
        this.decisions.set(number, { number, decision: value as Decision });
        fresh.push(value as Decision);
      }
    }
    for (const key of frame.gone) {
      this.values.delete(key);
      if (key.startsWith("decision/")) {
        this.decisions.delete(Number(key.slice(9)));
      }
    }
    this.changed(tell ? fresh : []);
  }

  /** Notes the values of this second. */
  sample(): void {
    const fresh = this.connection === "live" && this.silent < SILENT_MOST && this.age() * 1000 < SILENT_MOST;
    const counters = fresh ? this.get<Record<string, number>>("counters") : undefined;
    this.history.note(Date.now(), this.at, counters, fresh ? (this.get<Links>("links")?.links ?? []) : []);
  }

  /** Seconds since the node showed itself, as far as this page can know. */
  age(): number {
    return this.arrived === 0 ? 0 : (performance.now() - this.arrived) / 1000;
  }

  get<T>(key: string): T | undefined {
    return this.values.get(key) as T | undefined;
  }

  nodes(): NodeLine[] {
    return this.listed<NodeLine>("nodes", "node/");
  }

  resources(): ResourceLine[] {
    return this.listed<ResourceLine>("resources", "resource/");
  }

  private listed<T>(list: string, prefix: string): T[] {
    const names = this.get<string[]>(list) ?? [];
    const lines: T[] = [];
    for (const name of names) {
      const line = this.values.get(prefix + name);
      if (line) {
        lines.push(line as T);
      }
    }
    return lines;
  }

  actions(): Action[] {
    const actions: Action[] = [];
    for (const [key, value] of this.values) {
      if (key.startsWith("action/")) {
        actions.push(value as Action);
      }
    }
    return actions.sort((a, b) => a.id - b.id);
  }

  /** Newest first. */
  timeline(): Told[] {
    // By their stamps, because nodes that were apart tell late what they noted; then as they came.
    return [...this.decisions.values()].sort((a, b) => {
      const [one, other] = [a.decision.clock, b.decision.clock];
      return one === other || one === "" || other === "" ? b.number - a.number : one < other ? 1 : -1;
    });
  }
}
