import { type QuotaWindow, windowKey } from './quota.policy.js';
import type { QuotaLeft } from './quotas.port.js';

/** One publish and the windows it counts in. */
export interface QuotaClaim {
  readonly key: string;
  readonly windows: readonly QuotaWindow[];
}

/** How many of a batch want into one window. */
export interface Places {
  readonly window: QuotaWindow;
  readonly count: number;
}

/** The windows of a batch by `windowKey`. */
export const countPlaces = (claims: readonly QuotaClaim[]): ReadonlyMap<string, Places> => {
  const places = new Map<string, Places>();
  for (const window of claims.flatMap(({ windows }) => windows)) {
    const name = windowKey(window);
    places.set(name, { window, count: (places.get(name)?.count ?? 0) + 1 });
  }
  return places;
};

/**
 * Shares what is left among the claims, first come first served, each wholly or not at all.
 * @param left free places by `windowKey`; a window that is not in it has enough
 * @returns for every claim that gets nothing the window that is full
 */
export const shareQuota = (
  claims: readonly QuotaClaim[],
  left: ReadonlyMap<string, number>,
): ReadonlyMap<string, QuotaWindow> => {
  const free = new Map(left);
  const refused = new Map<string, QuotaWindow>();
  for (const { key, windows } of claims) {
    const full = windows.filter((window) => (free.get(windowKey(window)) ?? 1) <= 0).sort(latestFirst)[0];
    if (full) refused.set(key, full);
    else for (const name of windows.map(windowKey)) if (free.has(name)) free.set(name, (free.get(name) ?? 0) - 1);
  }
  return refused;
};

/** What a holder has left over all its windows. @param used by `windowKey`; 0 when absent */
export const tightest = (windows: readonly QuotaWindow[], used: ReadonlyMap<string, number>): QuotaLeft =>
  [...windows]
    .sort(latestFirst)
    .map((window) => ({
      left: Math.max(0, window.limit - (used.get(windowKey(window)) ?? 0)),
      resetsAt: window.resetsAt,
    }))
    .reduce<QuotaLeft>((one, other) => (other.left < one.left ? other : one), { left: Infinity });

/** Of two full windows the one that resets later says until when nothing goes. */
const latestFirst = (one: QuotaWindow, other: QuotaWindow): number => other.resetsAt.getTime() - one.resetsAt.getTime();
