// What the ring did in the last minutes, from what the node tells of its counters and links.
import type { LinkLine } from "./types.js";

/** Five minutes of seconds. */
const MOST = 300;

/** Counters that are drawn as so many in a second, and how they are called. */
export const REPEATED: [string, string][] = [
  ["tokens-resent", "tokens sent again"],
  ["retransmits-requested", "messages asked for again"],
  ["retransmits-sent", "messages sent again"],
];

type Values = (number | null)[];

export class History {
  /** Seconds since 1970 by this page's clock. */
  readonly times: number[] = [];
  /** Milliseconds between two tokens. */
  readonly rotation: Values = [];
  /** So many in a second, by counter. */
  readonly repeated = new Map<string, Values>(REPEATED.map(([name]) => [name, []]));
  /** Milliseconds by node and link. */
  readonly latencies = new Map<string, Values>();
  private before: { at: number; counters: Record<string, number> } | undefined;

  /** Notes a second; counters are undefined and links none while the node is silent. */
  note(now: number, at: number, counters: Record<string, number> | undefined, links: LinkLine[]): void {
    this.times.push(now / 1000);
    const before = this.before;
    const more = (name: string): number => (counters?.[name] ?? 0) - (before?.counters[name] ?? 0);
    const millis = counters && before ? at - before.at : 0;
    const tokens = more("tokens-received");
    // The node tells once a second, and this page looks once a second: now and then nothing new has come between two looks.
    const again = counters !== undefined && before !== undefined && millis === 0;
    this.rotation.push(again ? (this.rotation.at(-1) ?? null) : millis > 0 && tokens > 0 ? millis / tokens : null);
    for (const [name, values] of this.repeated) {
      values.push(again ? (values.at(-1) ?? null) : millis > 0 ? (Math.max(0, more(name)) * 1000) / millis : null);
    }
    if (!again) {
      this.before = counters && { at, counters };
    }
    for (const link of links) {
      const key = `${link.node}/${link.link}`;
      const values = this.latencies.get(key) ?? Array.from({ length: this.times.length - 1 }, () => null);
      values.push(link.connected && link.latencyMicros > 0 ? link.latencyMicros / 1000 : null);
      this.latencies.set(key, values);
    }
    for (const values of this.latencies.values()) {
      if (values.length < this.times.length) {
        values.push(null);
      }
    }
    this.forget();
  }

  private forget(): void {
    const much = this.times.length - MOST;
    if (much > 0) {
      [this.times, this.rotation, ...this.repeated.values(), ...this.latencies.values()].forEach((list) => list.splice(0, much));
    }
    for (const [key, values] of this.latencies) {
      if (values.every((value) => value === null)) {
        this.latencies.delete(key);
      }
    }
  }
}
