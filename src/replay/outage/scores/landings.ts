import type { Copy } from '../world/copy.js';
import type { TraceAccount } from '../world/roster.js';

const keyOf = (post: number, accountId: string): string => `${post}|${accountId}`;

/** What really stands where: ground truth, by the post's origin and by the account it stands on. */
export class Landings {
  private readonly first = new Map<string, number>();
  private readonly counts = new Map<string, number>();
  private readonly rejected = new Set<string>();

  constructor(copies: readonly Copy[]) {
    for (const { post, account, root, liveMs } of copies) {
      if (liveMs === undefined) {
        this.rejected.add(keyOf(post, account.id));
        continue;
      }
      const origin = keyOf(post, root.id);
      this.first.set(origin, Math.min(liveMs, this.first.get(origin) ?? Infinity));
      const place = keyOf(post, account.id);
      this.counts.set(place, (this.counts.get(place) ?? 0) + 1);
    }
  }

  /** When the first copy made for an origin goes live, there or where it was sent instead; undefined: never. */
  firstLiveMs(post: number, { id }: TraceAccount): number | undefined {
    return this.first.get(keyOf(post, id));
  }

  /** Ever live there. @param key `post|account` */
  isLive(key: string): boolean {
    return this.counts.has(key);
  }

  /** Its content was refused there. */
  isRejected(post: number, { id }: TraceAccount): boolean {
    return this.rejected.has(keyOf(post, id));
  }

  /** Copies beyond the first, summed. */
  get duplicates(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  }
}
