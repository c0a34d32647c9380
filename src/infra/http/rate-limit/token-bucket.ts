/** So many requests in so many seconds; a caller that was quiet may use the whole quota at once. */
export interface Quota {
  /** Requests, >= 1. */
  readonly limit: number;
  readonly windowSeconds: number;
}

/** What is left of a caller's quota at an instant. */
export interface Bucket {
  /** 0..limit, with fractions: it fills steadily. */
  readonly tokens: number;
  readonly atMs: number;
}

/** What one request found. */
export interface Take {
  readonly bucket: Bucket;
  readonly isAllowed: boolean;
  /** Whole requests left. */
  readonly remaining: number;
  /** Seconds until the bucket is full; for a refused request, until one is allowed. At least 1. */
  readonly resetSeconds: number;
}

/**
 * Takes one request from a bucket. Pure; a clock that steps back fills nothing.
 * @param bucket undefined: a caller not seen before, with a full bucket
 */
export const takeToken = (bucket: Bucket | undefined, { limit, windowSeconds }: Quota, nowMs: number): Take => {
  const perMs = limit / (windowSeconds * 1000);
  const elapsedMs = bucket ? Math.max(0, nowMs - bucket.atMs) : 0;
  const filled = bucket ? Math.min(limit, bucket.tokens + elapsedMs * perMs) : limit;
  const isAllowed = filled >= 1;
  const tokens = isAllowed ? filled - 1 : filled;
  const waitMs = (isAllowed ? limit - tokens : 1 - tokens) / perMs;
  return {
    bucket: { tokens, atMs: bucket ? Math.max(nowMs, bucket.atMs) : nowMs },
    isAllowed,
    remaining: Math.floor(tokens),
    resetSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  };
};
