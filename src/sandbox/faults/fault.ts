import type { SandboxPlatform } from '../world/sandbox-platform.js';

/** Faults of one call, by the moment they strike. */
export const CALL_FAULTS = [
  'slow',
  'error-before',
  'drop-before',
  'rate',
  'auth-expire',
  'cap',
  'drop-after',
  'hang-after',
  'error-after',
  'garbage',
] as const;
/** Faults of a post or of counters; they have no step. */
export const POST_FAULTS = ['late', 'stuck', 'fail', 'frozen', 'zero'] as const;
export const FAULT_KINDS = [...CALL_FAULTS, ...POST_FAULTS, 'partial-upload'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What `POST /__sim/faults` takes. Without `step`, `region`, `account` it strikes all of them. */
export interface FaultSpec {
  readonly platform: SandboxPlatform;
  readonly step?: string;
  readonly region?: string;
  /** External id or handle of one account; for `mail` one recipient's address. */
  readonly account?: string;
  readonly kind: FaultKind;
  /** Probability per call or post, 0 to 1; 1 when left out. */
  readonly rate?: number;
  /** Strikes at most so often; unlimited when left out (`auth-expire`: once). */
  readonly times?: number;
  /** `slow` 1 s, `hang-after` 120 s, `late` 60 s when left out; of `rate` the `Retry-After`, none when left out. */
  readonly delayMs?: number;
  /** Keeps the caller waiting this long once the fault has struck, so that it can be killed in between. */
  readonly holdMs?: number;
  /** Same seed, same draws; the fault's number when left out. */
  readonly seed?: number;
  /** The platform's own code for `cap` and `fail`, an HTTP status for `error-*`, an SMTP status for `mail`. */
  readonly code?: string | number;
}

/** A fault that is in force. */
export interface Fault extends FaultSpec {
  readonly id: string;
  readonly rate: number;
  /** Sandbox time of its start, ms. */
  readonly startedMs: number;
  /** How often it struck. */
  readonly hits: number;
}
