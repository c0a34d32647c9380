/** What one publish try came to, and when its answer reached us. */
export type TryAnswer = { readonly atMs: number } & (
  | { readonly kind: 'throttled'; readonly retryAtMs: number }
  | { readonly kind: 'unauthorised' }
  /** Certainly not sent. `network`: our own line was cut. */
  | { readonly kind: 'unavailable'; readonly cause: 'platform' | 'network' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'processing' }
);

export type CheckAnswer = { readonly atMs: number } & (
  | { readonly kind: 'unavailable' | 'processing' | 'rejected' | 'absent' }
  | { readonly kind: 'published'; readonly liveMs: number }
);

/** Handles of what an account's list shows. */
export type FindAnswer = { readonly atMs: number } & (
  { readonly kind: 'unavailable' } | { readonly kind: 'listed'; readonly handles: readonly string[] }
);

export const PROBE_KINDS = ['auth', 'read', 'upload', 'neutral'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** `refused`: the budget is spent. */
export type ProbeAnswer = { readonly kind: 'good' | 'bad'; readonly atMs: number } | { readonly kind: 'refused' };
