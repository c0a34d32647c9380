import { HOUR_MS, scaledMs, type TimeScale } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';

/** A span of bad health of one platform in one region. */
export interface Incident {
  readonly id: string;
  readonly platform: PlatformName;
  readonly region: string;
  /** Its first opening. */
  readonly openedAt: Date;
  readonly closedAt?: Date;
  /** When the trouble came back last, if it did within the time that makes it the same incident. */
  readonly reopenedAt?: Date;
  readonly reopenedCount: number;
  readonly worstState: 'degraded' | 'down';
  /** The sentence of what made it worst. */
  readonly reason: string;
  /** What was in trouble while it was open: `publish`, `read`. */
  readonly capabilities: readonly string[];
}

/** What opens an incident or makes it worse. */
export type Trouble = Pick<Incident, 'platform' | 'region' | 'openedAt' | 'worstState' | 'reason'>;

/**
 * How much an incident asks of people.
 * - `minor`: some posts fail; `major`: publishing is down, or fails while nobody can see what became of it
 * - `critical`: publishing is down and nobody can see what became of what was sent
 */
export const INCIDENT_SEVERITIES = ['minor', 'major', 'critical'] as const;
export type IncidentSeverity = (typeof INCIDENT_SEVERITIES)[number];

export const severityOf = ({
  worstState,
  capabilities,
}: Pick<Incident, 'worstState' | 'capabilities'>): IncidentSeverity => {
  const isBlind = capabilities.includes('read');
  if (worstState === 'down') return isBlind ? 'critical' : 'major';
  return isBlind ? 'major' : 'minor';
};

/** Trouble that comes back within 6 hours is the same incident (design section 8): one blackout, one all-clear. */
export const incidentMergeMs = (scale: TimeScale): number => scaledMs(6 * HOUR_MS, scale);

/** What trouble of a key does: it joins the open incident, opens the last one again, or opens another. */
export type Opening = { readonly kind: 'join' | 'reopen'; readonly id: string } | { readonly kind: 'open' };

/** @param latest the key's newest incident; undefined: it never had one */
export const openingOf = (
  latest: Pick<Incident, 'id' | 'closedAt'> | undefined,
  at: Date,
  mergeWithinMs: number,
): Opening => {
  if (!latest) return { kind: 'open' };
  if (!latest.closedAt) return { kind: 'join', id: latest.id };
  const isSoon = at.getTime() - latest.closedAt.getTime() <= mergeWithinMs;
  return isSoon ? { kind: 'reopen', id: latest.id } : { kind: 'open' };
};
