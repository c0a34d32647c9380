import { type Bucket, type Quota, type Take, takeToken } from './token-bucket.js';

/** A named quota, as the header `RateLimit-Policy` tells it. */
export interface RatePolicy extends Quota {
  readonly name: string;
}

/** Callers remembered at once, about 10 MB; the one not seen for longest is forgotten first. */
const MAX_CALLERS = 50_000;

/** The buckets of one policy, in this process. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();
  private readonly policyHeader: string;

  constructor(
    readonly policy: RatePolicy,
    private readonly maxCallers = MAX_CALLERS,
  ) {
    this.policyHeader = `"${policy.name}";q=${policy.limit};w=${policy.windowSeconds}`;
  }

  /** Counts one request of `caller`. */
  take(caller: string, nowMs: number): Take {
    const take = takeToken(this.buckets.get(caller), this.policy, nowMs);
    // A Map keeps the order of insertion: deleted and set again, a caller stands last.
    this.buckets.delete(caller);
    this.buckets.set(caller, take.bucket);
    if (this.buckets.size > this.maxCallers) {
      const [oldest] = this.buckets.keys();
      if (oldest !== undefined) this.buckets.delete(oldest);
    }
    return take;
  }

  /** Fields of draft-ietf-httpapi-ratelimit-headers-10 (read November 2026), structured field lists. */
  headersOf({ remaining, resetSeconds }: Take): Readonly<Record<string, string>> {
    return {
      'RateLimit-Policy': this.policyHeader,
      RateLimit: `"${this.policy.name}";r=${remaining};t=${resetSeconds}`,
    };
  }
}
