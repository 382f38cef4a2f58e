// Questions and orders to the node: the verbs of its control socket (docs/admin-protocol.md).
import type { Reply } from "./types.js";

const PLACE = "ringward-token";

/** The token lives as long as this tab; it is sent as a header only. */
export function token(): string {
  return sessionStorage.getItem(PLACE) ?? "";
}

export function setToken(text: string): void {
  if (text === "") {
    sessionStorage.removeItem(PLACE);
  } else {
    sessionStorage.setItem(PLACE, text);
  }
}

function headers(): Record<string, string> {
  const all: Record<string, string> = { "Content-Type": "application/json" };
  if (token() !== "") {
    all["Authorization"] = `Bearer ${token()}`;
  }
  return all;
}

/** Asks; what goes wrong comes back as a sentence too. */
export async function ask<T>(
  verb: string,
  options: Record<string, string> = {},
  document: string | null = null,
  author = "",
): Promise<Reply<T>> {
  return post("api/ask", JSON.stringify({ verb, author, options, document }));
}

/** Has the cluster rehearsed; answers when that has ended. */
export function rehearse(): Promise<Reply<null>> {
  return post("api/rehearse", "");
}

async function post<T>(place: string, body: string): Promise<Reply<T>> {
  try {
    const response = await fetch(place, { method: "POST", headers: headers(), body });
    const reply = (await response.json()) as Partial<Reply<T>> & { message?: string };
    return {
      exitCode: reply.exitCode ?? 1,
      message: reply.message ?? `the node answered with status ${response.status}`,
      report: reply.report ?? null,
    };
  } catch {
    return { exitCode: 1, message: "the node does not answer; is its daemon running?", report: null };
  }
}

/** Whether the token is the node's; null when that cannot be found out. */
export async function tokenIsRight(): Promise<boolean | null> {
  try {
    const response = await fetch("api/session", { headers: headers() });
    return response.status === 401 ? false : response.ok ? ((await response.json()) as { token: boolean }).token : null;
  } catch {
    return null;
  }
}
