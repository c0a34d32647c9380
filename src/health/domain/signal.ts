import type { Capability, PlatformName } from '../../platforms/domain/platform-name.js';

/** Where an observation comes from. `stall`: an item that should be live for long is not; `feed`: advisory only. */
export type SignalSource = 'attempt' | 'probe' | 'stall' | 'feed';

/** `unknown`: the call was made and nobody knows its effect; counts half a failure. */
export type Verdict = 'good' | 'bad' | 'unknown';

/**
 * One observation about a platform. Recorders leave out what is one account's own trouble:
 * auth, quota and content refusals never become a signal.
 */
export interface Signal {
  readonly platform: PlatformName;
  readonly region: string;
  readonly capability: Capability;
  readonly workspaceId?: string;
  /** Absent on a probe: an unauthenticated look. */
  readonly accountId?: string;
  readonly targetId?: string;
  readonly source: SignalSource;
  readonly verdict: Verdict;
  /** `platform`, `transient_net`, `ambiguous` or `stall`; for people. */
  readonly errorClass?: string;
  /** From the start of the call, ms. */
  readonly latencyMs?: number;
}

/** What health is judged for. `publish` gathers all that a post needs; `read` stands beside it. */
export const HEALTH_CAPABILITIES = ['publish', 'read'] as const;
export type HealthCapability = (typeof HEALTH_CAPABILITIES)[number];

/** Which health a signal is evidence for; undefined: none (counters are a badge, never a state). */
export const judgedBy = (capability: Capability): HealthCapability | undefined => {
  switch (capability) {
    case 'auth':
    case 'upload':
    case 'publish':
      return 'publish';
    case 'read':
      return 'read';
    case 'counters':
      return undefined;
  }
};
