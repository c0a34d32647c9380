import type { Capability, PlatformName } from '../../platforms/domain/platform-name.js';

/**
 * Where an observation comes from. `stall`: a look at a post that was accepted, `good` when it was found live; its
 * latency is the post's age. `feed`: advisory only.
 */
export type SignalSource = 'attempt' | 'probe' | 'stall' | 'feed';

/** `unknown`: the call was made and nobody knows its effect; counts half a failure. */
export type Verdict = 'good' | 'bad' | 'unknown';

/** Nobody's platform: an address that tells whether we ourselves are connected. Its signals have region ''. */
export const NEUTRAL = 'neutral';

/**
 * One observation about a platform. Recorders leave out what is one account's own trouble:
 * auth, quota and content refusals never become a signal.
 */
export interface Signal {
  readonly platform: PlatformName | typeof NEUTRAL;
  readonly region: string;
  readonly capability: Capability;
  readonly workspaceId?: string | undefined;
  /** Absent on a probe: an unauthenticated look. */
  readonly accountId?: string | undefined;
  readonly targetId?: string | undefined;
  readonly source: SignalSource;
  readonly verdict: Verdict;
  /** `platform`, `transient_net`, `ambiguous`, `processing`, or a feed's name; for people. */
  readonly errorClass?: string | undefined;
  /** From the start of the call, ms; of a `stall`, since the post was accepted. */
  readonly latencyMs?: number | undefined;
}

/**
 * What health is judged for. `publish` gathers all that a post needs; `read` stands beside it; `counters` is a badge,
 * healthy or degraded, that never moves a post.
 */
export const HEALTH_CAPABILITIES = ['publish', 'read', 'counters'] as const;
export type HealthCapability = (typeof HEALTH_CAPABILITIES)[number];

/** Which health a signal is evidence for. */
export const judgedBy = (capability: Capability): HealthCapability => {
  switch (capability) {
    case 'auth':
    case 'upload':
    case 'publish':
      return 'publish';
    case 'read':
    case 'counters':
      return capability;
  }
};
