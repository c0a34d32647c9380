import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import type { AbsenceRule } from '../../platforms/domain/platform.port.js';

export const SIMULATED_PLATFORMS = ['tiktok', 'reels', 'shorts', 'skylight', 'discord', 'telegram'] as const;
export type SimulatedPlatform = (typeof SIMULATED_PLATFORMS)[number];

/**
 * What a platform promises, so far as its absence rule relies on it. The model keeps these promises and breaks everything
 * else: a list witness shows what was accepted before the rule's hold is over, a handle witness knows its handle, and has
 * landed by then where a second commit of it would make a second post.
 */
export interface PlatformProfile {
  readonly rule: AbsenceRule;
  /** `all`: the handle tells everything; `silent`: nothing, the list is asked. */
  readonly handle: 'all' | 'silent';
  readonly canList: boolean;
  /** The commit's own answer says published. */
  readonly isInstant: boolean;
  /** The list gives our marker back. */
  readonly givesMarker: boolean;
  /** A second commit of one handle makes no second post. */
  readonly commitsHandleOnce: boolean;
  readonly commitTimeoutMs: number;
  /** Longest time from acceptance to being live in a phase that lands late. */
  readonly latestLandingMs: number;
  /** Longest time from being live to being listed. */
  readonly listLagMs: number;
}

const HANDLE: AbsenceRule = { witness: 'handle', reads: 1, spacingSeconds: 0, holdSeconds: 0 };

/** Rules as the adapters have them; `shorts` has the design's default for lists (two reads, 60 min), the severest. */
export const PROFILES: Readonly<Record<SimulatedPlatform, PlatformProfile>> = {
  tiktok: {
    rule: HANDLE,
    handle: 'all',
    canList: true,
    isInstant: false,
    givesMarker: false,
    commitsHandleOnce: true,
    commitTimeoutMs: 60 * SECOND_MS,
    latestLandingMs: 12 * HOUR_MS,
    listLagMs: 10 * MINUTE_MS,
  },
  reels: {
    rule: { witness: 'handle', reads: 3, spacingSeconds: 150, holdSeconds: 3_600 },
    handle: 'all',
    canList: true,
    isInstant: false,
    givesMarker: false,
    commitsHandleOnce: false,
    commitTimeoutMs: 60 * SECOND_MS,
    latestLandingMs: 60 * MINUTE_MS,
    listLagMs: 10 * MINUTE_MS,
  },
  shorts: {
    rule: { witness: 'list', reads: 2, spacingSeconds: 600, holdSeconds: 3_600 },
    handle: 'silent',
    canList: true,
    isInstant: false,
    givesMarker: false,
    commitsHandleOnce: false,
    commitTimeoutMs: 60 * SECOND_MS,
    latestLandingMs: 50 * MINUTE_MS,
    listLagMs: 5 * MINUTE_MS,
  },
  skylight: {
    rule: HANDLE,
    handle: 'all',
    canList: true,
    isInstant: true,
    givesMarker: true,
    commitsHandleOnce: true,
    commitTimeoutMs: 30 * SECOND_MS,
    latestLandingMs: 0,
    listLagMs: 0,
  },
  discord: {
    rule: { witness: 'list', reads: 1, spacingSeconds: 30, holdSeconds: 30 },
    handle: 'silent',
    canList: true,
    isInstant: true,
    givesMarker: true,
    commitsHandleOnce: false,
    commitTimeoutMs: 30 * SECOND_MS,
    latestLandingMs: 0,
    listLagMs: 5 * SECOND_MS,
  },
  telegram: {
    rule: { witness: 'none', reads: 1, spacingSeconds: 60, holdSeconds: 60 },
    handle: 'silent',
    canList: false,
    isInstant: true,
    givesMarker: false,
    commitsHandleOnce: false,
    commitTimeoutMs: 30 * SECOND_MS,
    latestLandingMs: 0,
    listLagMs: 0,
  },
};
