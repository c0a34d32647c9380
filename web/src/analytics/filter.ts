import type { PlatformName } from '../ui/platforms.ts';

export const GROUPS = ['platform', 'account', 'post'] as const;
export const DAYS = ['7', '30', '90'] as const;

/** What is looked at; `from` is an ISO instant. */
export interface Filter {
  readonly by: (typeof GROUPS)[number];
  readonly from: string;
  readonly platform?: PlatformName;
}

const DAY_MS = 86_400_000;

/** So many days back from now, at the full hour so that the question stays the same for a while. */
export const daysBack = (days: number, nowMs: number): string =>
  new Date(Math.floor((nowMs - days * DAY_MS) / 3_600_000) * 3_600_000).toISOString();
