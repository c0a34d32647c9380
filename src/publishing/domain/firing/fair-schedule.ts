import { Fifo } from './fifo.js';
import { OrderedQueue } from './ordered-queue.js';
import { TokenBucket } from './token-bucket.js';

/** How a turn ended: `barred` asked the platform nothing, so the pace owes it nothing. */
export type TurnEnd = 'asked' | 'barred';

/** One call that waits for its turn. */
export interface Turn {
  /** Unique among those that wait or run. */
  readonly id: string;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly scheduledAtMs: number;
}

export interface ScheduleLimits {
  /** Calls at once, integer >= 1. */
  readonly concurrency: number;
  /** Calls begun per platform and second, > 0; 0: no limit. */
  readonly perPlatformPerSecond: number;
}

/** A workspace runs at most this many times the places that it leaves free: alone 3/4 of all, with others less. */
const SHARE_OF_FREE = 3;

interface Account<T> {
  readonly waiting: OrderedQueue<T>;
  isRunning: boolean;
}

interface Workspace {
  running: number;
  /** Grows with every start: who was served longest ago is next. */
  servedAt: number;
}

/** The accounts of one workspace on one platform that have a call to begin. */
interface Share<T> {
  readonly workspace: Workspace;
  readonly ready: Fifo<Account<T>>;
}

interface Platform<T> {
  readonly bucket: TokenBucket;
  readonly shares: Map<string, Share<T>>;
  /** Those with a ready account, served longest ago first. */
  readonly round: Fifo<Share<T>>;
}

/**
 * Whose call begins next: one per account at a time and in the order of (scheduledAt, id), workspaces in turn, never
 * above the limits. A workspace never takes the last free places, so that another one's first call finds room however
 * much the first one has waiting. Pure: the caller brings the time and says when a call has ended.
 */
export class FairSchedule<T extends Turn> {
  private readonly accounts = new Map<string, Account<T>>();
  private readonly workspaces = new Map<string, Workspace>();
  private readonly platforms = new Map<string, Platform<T>>();
  private starts = 0;
  waiting = 0;
  running = 0;

  constructor(private readonly limits: ScheduleLimits) {}

  add(turn: T): void {
    const account = this.accountOf(turn.accountId);
    account.waiting.push(turn);
    this.waiting += 1;
    if (!account.isRunning && account.waiting.length === 1) this.makeReady(turn, account);
  }

  /** Begins the next call, if one may begin now; `end` must be told when it is over. */
  next(nowMs: number): T | undefined {
    const found = this.waiting === 0 || this.free === 0 ? undefined : this.choose(nowMs);
    if (!found) return undefined;
    const { platform, share } = found;
    platform.bucket.take(nowMs);
    const account = share.ready.shift();
    const turn = account?.waiting.shift();
    if (!account || !turn) throw new Error('A share in the round has no call to begin.');
    if (share.ready.length > 0) platform.round.push(share);
    account.isRunning = true;
    share.workspace.running += 1;
    share.workspace.servedAt = this.starts += 1;
    this.waiting -= 1;
    this.running += 1;
    return turn;
  }

  /** A call that `next` began is over. */
  end(turn: T, how: TurnEnd): void {
    if (how === 'barred') this.platformOf(turn.platform).bucket.giveBack();
    const account = this.accountOf(turn.accountId);
    const workspace = this.workspaceOf(turn.workspaceId);
    account.isRunning = false;
    workspace.running -= 1;
    this.running -= 1;
    if (account.waiting.length > 0) this.makeReady(turn, account);
    else this.forget(turn, workspace);
  }

  /** How long until a platform's pace lets a waiting call begin, ms; undefined: only the end of a call can. */
  waitMs(nowMs: number): number | undefined {
    if (this.waiting === 0 || this.free === 0) return undefined;
    const waits = [...this.platforms.values()]
      .filter(({ round }) => round.length > 0)
      .map(({ bucket }) => bucket.waitMs(nowMs))
      .filter((ms) => ms > 0);
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  private get free(): number {
    return this.limits.concurrency - this.running;
  }

  /** Of every platform's next workspace the one that was served longest ago; it is taken out of its round. */
  private choose(nowMs: number): { platform: Platform<T>; share: Share<T> } | undefined {
    let best: { platform: Platform<T>; share: Share<T> } | undefined;
    for (const platform of this.platforms.values()) {
      const share = platform.bucket.waitMs(nowMs) > 0 ? undefined : this.headOf(platform);
      if (share && (!best || share.workspace.servedAt < best.share.workspace.servedAt)) best = { platform, share };
    }
    best?.platform.round.shift();
    return best;
  }

  /** The first of the round that may run one more; those before it, which have their share, go to its end. */
  private headOf({ round }: Platform<T>): Share<T> | undefined {
    for (let looks = round.length; looks > 0; looks -= 1) {
      const share = round.peek();
      if (share && this.mayRun(share.workspace)) return share;
      const over = round.shift();
      if (over) round.push(over);
    }
    return undefined;
  }

  private mayRun({ running }: Workspace): boolean {
    return running === 0 || running + 1 <= SHARE_OF_FREE * (this.free - 1);
  }

  private makeReady({ workspaceId, platform: name }: Turn, account: Account<T>): void {
    const platform = this.platformOf(name);
    const share = shareOf(platform, workspaceId, () => this.workspaceOf(workspaceId));
    share.ready.push(account);
    if (share.ready.length === 1) platform.round.push(share);
  }

  /** What has nothing to do keeps no memory. */
  private forget({ accountId, workspaceId, platform }: Turn, workspace: Workspace): void {
    this.accounts.delete(accountId);
    const { shares } = this.platformOf(platform);
    if (shares.get(workspaceId)?.ready.length !== 0) return;
    shares.delete(workspaceId);
    if (workspace.running === 0 && ![...this.platforms.values()].some((other) => other.shares.has(workspaceId)))
      this.workspaces.delete(workspaceId);
  }

  private accountOf(id: string): Account<T> {
    return found(this.accounts, id, () => ({ waiting: new OrderedQueue<T>(isEarlier), isRunning: false }));
  }

  private workspaceOf(id: string): Workspace {
    return found(this.workspaces, id, () => ({ running: 0, servedAt: 0 }));
  }

  private platformOf(name: string): Platform<T> {
    return found(this.platforms, name, () => ({
      bucket: new TokenBucket(this.limits.perPlatformPerSecond),
      shares: new Map<string, Share<T>>(),
      round: new Fifo<Share<T>>(),
    }));
  }
}

const shareOf = <T>({ shares }: Platform<T>, workspaceId: string, workspace: () => Workspace): Share<T> =>
  found(shares, workspaceId, () => ({ workspace: workspace(), ready: new Fifo<Account<T>>() }));

const found = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

const isEarlier = (one: Turn, other: Turn): boolean =>
  one.scheduledAtMs === other.scheduledAtMs ? one.id < other.id : one.scheduledAtMs < other.scheduledAtMs;
