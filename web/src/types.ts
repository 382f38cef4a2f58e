// What a node tells its page: the records of org.ringward.core.admin and PageModel by their components.

export interface Head {
  cluster: string;
  node: string;
  ringState: string;
  ring: string;
  members: string[];
  agreed: boolean;
  quorate: boolean;
  quorumReason: string;
  coordinator: string | null;
  version: string;
  settled: boolean;
  leaving: boolean;
}

export interface NodeLine {
  name: string;
  id: number;
  state: string;
  standby: boolean;
  maintenance: boolean;
  detail: string;
}

export interface ResourceLine {
  id: string;
  parent: string | null;
  agent: string;
  state: string;
  nodes: string[];
  managed: boolean;
  detail: string;
}

export interface Failure {
  resource: string;
  operation: string;
  node: string;
  exitCode: number;
  reason: string;
  wallMillis: number;
  failCount: number;
}

/** A move or a ban. */
export interface Wish {
  kind: string;
  resource: string;
  node: string;
  author: string;
  reason: string;
  since: string;
  until: string;
  over: boolean;
}

export interface Fencing {
  target: string;
  action: string;
  state: string;
  device: string;
  proof: string;
  wallMillis: number;
}

export interface Guard {
  stalls: number;
  longestGapMillis: number;
  lastStallMillis: number;
  watchdog: string;
  realTime: string;
}

export interface Ring {
  transport: string;
  synchronised: boolean;
  members: { name: string; id: number; addresses: string[]; votes: number; member: boolean; self: boolean }[];
  timers: Record<string, number>;
}

export interface LinkLine {
  node: string;
  link: number;
  address: string;
  connected: boolean;
  used: boolean;
  mtu: number;
  latencyMicros: number;
  latencyMaxMicros: number;
  downs: number;
}

export interface Links {
  transport: string;
  mode: string;
  links: LinkLine[];
}

export interface Quorum {
  quorate: boolean;
  votes: number;
  needed: number;
  expected: number;
  rule: string;
  reason: string;
  agreement: string;
  options: string[];
  nodes: { name: string; id: number; votes: number; state: string[] }[];
  device: { name: string; votes: number; alive: boolean; castsVote: boolean } | null;
  forced: { author: string; reason: string; wallMillis: number } | null;
  splits: { sides: string[][]; winners: number[]; sentence: string }[];
  outlook: string[];
}

export interface Sight {
  node: string;
  state: string;
  ageMillis: number;
  delayMillis: number;
  losses: number;
}

export interface Regions {
  node: string;
  nodes: { name: string; alive: boolean; seenOn: string[]; quorate: boolean }[];
  regions: {
    name: string;
    kind: string;
    where: string;
    state: string;
    detail: string;
    deadtimeMillis: number;
    sights: Sight[];
    views: { node: string; known: boolean; sees: string[] }[];
  }[];
  pings: { name: string; reachable: boolean }[];
  warnings: string[];
}

export interface Transition {
  coordinator: string;
  whole: boolean;
  number: number;
  state: string;
  summary: string;
  aborted: string;
  startedMillis: number;
}

export interface Action {
  id: number;
  operation: string;
  resource: string;
  onNode: string;
  state: string;
  startedMillis: number;
  tookMillis: number;
  after: number[];
}

export interface Decision {
  wallMillis: number;
  node: string;
  kind: string;
  subject: string;
  what: string;
  why: string[];
  rejected: string[];
  clock: string;
}

export interface Why {
  subject: string;
  paragraph: string;
  parts: { resource: string; candidates: { node: string; score: string; chosen: boolean; contributions: string[] }[] }[];
  steps: { action: string; reason: string; waitsFor: string[] }[];
  decisions: string[];
  rungs: { number: number; name: string; state: string; sentence: string }[];
}

export interface Incident {
  number: number;
  kind: string;
  beginMillis: number;
  endMillis: number;
  over: boolean;
  cause: string;
  because: string[];
  outcome: string;
  phases: { name: string; millis: number }[];
  path: { phase: string; beginMillis: number; endMillis: number; what: string }[];
  services: { resource: string; node: string; afterMillis: number }[];
}

export interface Plan {
  version: string;
  digest?: string;
  applied: boolean;
  configurationChanges: string[];
  changes: { resource: string; action: string; from: string; to: string; reason: string }[];
  warnings: string[];
  timeouts: string[];
  outlook: { part: string; subject: string; verdict: string; sentence: string; effects: string[] }[];
}

export interface Exercise {
  kind: string;
  wallMillis: number;
  version: string;
  sentence: string;
}

export interface Rehearsal {
  version: string;
  nodes: number;
  resources: number;
  tookMillis: number;
  cases: {
    fault: string;
    verdict: string;
    sentence: string;
    backAfterMillis: number;
    moves: { resource: string; from: string; to: string; goneMillis: number }[];
    fenced: string[];
    lost: string[];
  }[];
  notes: string[];
}

export interface Reply<T> {
  exitCode: number;
  message: string;
  report: T | null;
}
