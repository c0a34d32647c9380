import type { WorkspaceId } from '../../../kernel/ids.js';
import { DAY_MS } from '../../../kernel/durations.js';

/** How many messages a new server may send a day: from `first` on the first day, `factor` times more each day. */
export interface WarmUp {
  /** First day, `YYYY-MM-DD` in UTC. */
  readonly from: string;
  /** >= 1 */
  readonly first: number;
  /** 1.1 to 3; 1.5 to 2 is usual (`resilience.md` D2.9). */
  readonly factor: number;
  /** Messages a day at which the plan ends. */
  readonly until: number;
}

/** A server that mail can leave by; without its secrets. */
export interface MailServer {
  readonly id: string;
  /** null: the instance's own, for every workspace that has none. */
  readonly workspaceId: WorkspaceId | null;
  /** `host:port`, as journals name it. */
  readonly name: string;
  /** Lower goes first; the others are for when it cannot. */
  readonly priority: number;
  /** Connections, and so messages, at once from one process. */
  readonly connections: number;
  /** Messages per second to one receiving domain; null: no limit of ours. */
  readonly perSecond: number | null;
  readonly warmUp: WarmUp | null;
  /** Grows with every change, so that other processes open it anew. */
  readonly version: number;
}

/** Connections of one process to one server: most servers close a peer that opens more than ten or twenty. */
export const MAX_CONNECTIONS = 10;

/**
 * Messages the plan allows on the day of `now`.
 * @returns undefined when the server is warm
 */
export const allowedToday = ({ from, first, factor, until }: WarmUp, now: Date): number | undefined => {
  const day = Math.floor(now.getTime() / DAY_MS) - Math.floor(Date.parse(`${from}T00:00:00Z`) / DAY_MS);
  if (day < 0) return 0;
  const allowed = Math.floor(first * factor ** day);
  return allowed >= until ? undefined : allowed;
};

/** Milliseconds until the next day begins in UTC. */
export const untilTomorrowMs = (now: Date): number => DAY_MS - (now.getTime() % DAY_MS);
