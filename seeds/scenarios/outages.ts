/** The ways a platform failed its publishers in January 2026, as orders to the sandbox. Times are the outage's own. */

export interface Order {
  readonly kind: string;
  readonly step?: string;
  readonly times?: number;
  readonly code?: number | string;
  /** How long it lasts, seconds; until the end of the scenario when left out. */
  readonly forSeconds?: number;
  /** Of `late`: when it lands after acceptance, seconds. */
  readonly landsAfterSeconds?: number;
  /** Of `rate`. */
  readonly retryAfterSeconds?: number;
}

export interface Outage {
  readonly name: string;
  readonly orders: readonly Order[];
  /** How often the same post runs, one after the other; the orders strike the second run then. */
  readonly runs?: number;
}

const MINUTE = 60;
const HOUR = 3_600;

/** Every call that brings a post nearer to being accepted. */
export const PUBLISHING_STEPS = ['init', 'upload'] as const;

export const OUTAGES: readonly Outage[] = [
  { name: '503', orders: [{ kind: 'error-before', step: 'init', code: 503 }] },
  { name: '500', orders: [{ kind: 'error-before', step: 'upload', code: 500 }] },
  { name: '429 with Retry-After 600', orders: [{ kind: 'rate', step: 'init', times: 1, retryAfterSeconds: 600 }] },
  { name: 'connection reset', orders: [{ kind: 'drop-before', step: 'init' }] },
  { name: 'accepted and every answer lost', orders: [{ kind: 'drop-after', step: 'upload' }] },
  { name: 'accepted and one answer lost', orders: [{ kind: 'drop-after', step: 'upload', times: 1 }] },
  { name: 'lands after 20 min', orders: [{ kind: 'late', landsAfterSeconds: 20 * MINUTE }] },
  { name: 'lands after 45 min', orders: [{ kind: 'late', landsAfterSeconds: 45 * MINUTE }] },
  {
    name: 'recurring item with one 503',
    orders: [{ kind: 'error-before', step: 'init', code: 503, times: 1 }],
    runs: 3,
  },
  {
    name: '401 while the token endpoint is down',
    orders: [
      { kind: 'error-before', step: 'oauth', code: 503, forSeconds: HOUR },
      { kind: 'auth-expire', step: 'init' },
    ],
  },
  {
    name: 'lands after 12 h with its answer lost',
    orders: [
      { kind: 'late', landsAfterSeconds: 12 * HOUR },
      { kind: 'drop-after', step: 'upload', times: 1 },
    ],
  },
];
