import { SECOND_MS } from '../../../kernel/durations.js';
import { msOf, type Stretch, stretchAt, stretchesOf } from '../trace/behaviour.js';
import type { Behaviour, OutageTrace, Spread } from '../trace/trace.js';
import type { CheckAnswer, FindAnswer, TryAnswer } from './answers.js';
import { type Copy, shownViews } from './copy.js';
import type { DrawBook } from './draw-book.js';
import { OwnLine } from './own-line.js';
import type { Roster, TraceAccount } from './roster.js';

/** A call without an answer is given up after this. */
const CALL_TIMEOUT_MS = 30 * SECOND_MS;
/** How long a rate-limited account is sent away. */
const ACCOUNT_LIMIT_MS = 300 * SECOND_MS;
const DAY_MS = 86_400_000;
/** Of every account's first hour's views, natural logarithms. */
const VIEWS_SIGMA = 1;
const NORMAL_P95 = 1.6449;

interface Place {
  readonly platform: string;
  readonly region: string;
}

/** One publish try. */
export interface TryCall {
  readonly account: TraceAccount;
  readonly post: number;
  /** The account the post was meant for at first. */
  readonly root: TraceAccount;
  /** Names the copy, should there be one. */
  readonly handle: string;
}

/** Every platform of a trace, with its ground truth. The same calls at the same times meet the same fate. */
export class PlatformWorld {
  readonly copies: Copy[] = [];
  private readonly byHandle = new Map<string, Copy>();
  private readonly byAccount = new Map<string, Copy[]>();
  private readonly stretches = new Map<string, Map<string, readonly Stretch[]>>();
  private readonly used = new Map<string, number>();
  private readonly line: OwnLine;

  constructor(
    private readonly trace: OutageTrace,
    private readonly roster: Roster,
    private readonly draws: DrawBook,
  ) {
    const endMs = msOf(trace.durationMinutes);
    for (const [name, platform] of Object.entries(trace.platforms)) {
      const byRegion = Object.keys(trace.regions).map(
        (region) => [region, stretchesOf(platform, region, endMs)] as const,
      );
      this.stretches.set(name, new Map(byRegion));
    }
    this.line = new OwnLine(trace.localFaults, endMs);
  }

  behaviourAt(place: Place, atMs: number): Behaviour {
    return this.stretchAt(place, atMs).behaviour;
  }

  /** The same for who asks often of one place. */
  behaviourIn(place: Place): (atMs: number) => Behaviour {
    const stretches = this.stretchesIn(place);
    return (atMs) => stretchAt(stretches, atMs).behaviour;
  }

  /** Our own line is cut: nothing reaches anybody. */
  isCutOff(atMs: number): boolean {
    return this.line.isCut(atMs);
  }

  /** One try; what it does to the platform is done, its answer comes at `atMs`. */
  publish(call: TryCall, nowMs: number): TryAnswer {
    if (this.isCutOff(nowMs)) return { kind: 'unavailable', cause: 'network', atMs: nowMs };
    const answer = this.tried(call, nowMs);
    const cutMs = this.line.cutWithin(nowMs, answer.atMs);
    if (cutMs === undefined || answer.kind === 'unknown') return answer;
    // An answer that was on its way: of an accepted post nobody knows any more.
    if (answer.kind === 'processing') return { kind: 'unknown', atMs: nowMs + CALL_TIMEOUT_MS };
    return { kind: 'unavailable', cause: 'network', atMs: cutMs };
  }

  check(handle: string, account: TraceAccount, nowMs: number): CheckAnswer {
    const looked = this.read('check', account, nowMs);
    if (looked.isFailed) return { kind: 'unavailable', atMs: looked.atMs };
    const copy = this.byHandle.get(handle);
    const { atMs } = looked;
    if (!copy || copy.acceptedMs > nowMs) return { kind: 'absent', atMs };
    if (copy.decidedMs > nowMs) return { kind: 'processing', atMs };
    return copy.liveMs === undefined ? { kind: 'rejected', atMs } : { kind: 'published', liveMs: copy.liveMs, atMs };
  }

  /** @param sinceMs older posts are not asked for */
  find(account: TraceAccount, sinceMs: number, nowMs: number): FindAnswer {
    const looked = this.read('find', account, nowMs);
    if (looked.isFailed) return { kind: 'unavailable', atMs: looked.atMs };
    const { listLagMinutes, omitRate } = this.behaviourAt(account, nowMs).read;
    const listedMs = nowMs - msOf(listLagMinutes);
    const of = { platform: account.platform, account: account.no };
    const listed = (this.byAccount.get(account.id) ?? []).filter(
      ({ acceptedMs, liveMs, post }) =>
        acceptedMs >= sinceMs &&
        liveMs !== undefined &&
        liveMs <= listedMs &&
        !this.draws.chance('omit', { ...of, post }, omitRate),
    );
    return { kind: 'listed', handles: listed.map(({ handle }) => handle), atMs: looked.atMs };
  }

  /** The counter of a live post; undefined: the read failed. */
  views(copy: Copy, nowMs: number): number | undefined {
    if (this.isCutOff(nowMs)) return undefined;
    const { account } = copy;
    const { behaviour, fromMs } = this.stretchAt(account, nowMs);
    const of = { platform: account.platform, account: account.no };
    const isCut = this.line.isCutMeanwhile(this.draws.lineOf('views_latency', of), behaviour.read.latencyMs, nowMs);
    if (this.draws.chance('views', of, behaviour.read.errorRate) || isCut) return undefined;
    const { counters } = behaviour;
    return shownViews(copy, nowMs, {
      counters,
      sinceMs: counters === 'frozen' ? this.sinceOf(account, fromMs) : fromMs,
    });
  }

  /** Whether one refresh of the account's token works. */
  refresh(account: TraceAccount, nowMs: number): boolean {
    const { errorRate } = this.behaviourAt(account, nowMs).auth;
    const { platform, no } = account;
    return !this.isCutOff(nowMs) && !this.draws.chance('refresh', { platform, account: no }, errorRate);
  }

  copyOf(handle: string): Copy | undefined {
    return this.byHandle.get(handle);
  }

  private tried(call: TryCall, nowMs: number): TryAnswer {
    const { account, post } = call;
    const of = { platform: account.platform, account: account.no, post };
    const { upload } = this.behaviourAt(account, nowMs);
    const atMs = nowMs + this.latencyOf('upload_latency', of, upload.latencyMs);
    const fault = this.roster.faultAt(account, nowMs);
    if (fault?.kind === 'token_expired' || fault?.kind === 'banned') return { kind: 'unauthorised', atMs };
    if (fault?.kind === 'rate_limited') return { kind: 'throttled', retryAtMs: nowMs + ACCOUNT_LIMIT_MS, atMs };
    const overQuotaMs = this.quotaEndMs(account, nowMs);
    if (overQuotaMs !== undefined) return { kind: 'throttled', retryAtMs: overQuotaMs, atMs };
    const [limited, failed, timedOut, lost] = sums(upload);
    const v = this.draws.uniform('upload', of);
    if (v < limited)
      return { kind: 'throttled', retryAtMs: nowMs + Math.round(upload.retryAfterSeconds * SECOND_MS), atMs };
    if (v < failed) return { kind: 'unavailable', cause: 'platform', atMs };
    if (v < timedOut) return { kind: 'unknown', atMs: nowMs + CALL_TIMEOUT_MS };
    this.accept(call, { nowMs, acceptedMs: atMs, isBad: fault?.kind === 'bad_video' });
    return v < lost ? { kind: 'unknown', atMs: nowMs + CALL_TIMEOUT_MS } : { kind: 'processing', atMs };
  }

  /** Everything about an accepted post is drawn once: later phases change nothing. */
  private accept(
    { account, post, root, handle }: TryCall,
    { nowMs, acceptedMs, isBad }: { readonly nowMs: number; readonly acceptedMs: number; readonly isBad: boolean },
  ): void {
    const of = { platform: account.platform, account: account.no, post };
    const { process, views } = this.behaviourAt(account, nowMs);
    const isRejected = this.draws.chance('reject', of, process.rejectRate);
    const isStalled = this.draws.chance('stall', of, process.stallRate);
    const normal = this.trace.platforms[account.platform]?.normal.process.delaySeconds ?? process.delaySeconds;
    const delayMs = Math.round(this.draws.spread('delay', of, isStalled ? process.delaySeconds : normal) * SECOND_MS);
    const { firstHourMedian: p50 } = views;
    const copy: Copy = {
      handle,
      post,
      root,
      account,
      acceptedMs,
      decidedMs: acceptedMs + delayMs,
      liveMs: isBad || isRejected ? undefined : acceptedMs + delayMs,
      ...(isBad ? { rejectedBy: 'bad_video' } : isRejected ? { rejectedBy: 'chance' } : {}),
      views: this.draws.spread('views', of, { p50, p95: p50 * Math.exp(VIEWS_SIGMA * NORMAL_P95) }),
    };
    this.copies.push(copy);
    this.byHandle.set(handle, copy);
    const others = this.byAccount.get(account.id);
    if (others) others.push(copy);
    else this.byAccount.set(account.id, [copy]);
    this.countUse(account, nowMs);
  }

  private read(kind: 'check' | 'find', account: TraceAccount, nowMs: number) {
    if (this.isCutOff(nowMs)) return { isFailed: true, atMs: nowMs };
    const { read } = this.behaviourAt(account, nowMs);
    const of = { platform: account.platform, account: account.no };
    const atMs = nowMs + this.latencyOf(`${kind}_latency`, of, read.latencyMs);
    const cutMs = this.line.cutWithin(nowMs, atMs);
    const isFailed = this.draws.chance(kind, of, read.errorRate) || cutMs !== undefined;
    return { isFailed, atMs: cutMs ?? atMs };
  }

  private latencyOf(kind: string, of: Parameters<DrawBook['spread']>[1], spread: Spread): number {
    return Math.round(this.draws.spread(kind, of, spread));
  }

  private stretchAt(place: Place, atMs: number): Stretch {
    return stretchAt(this.stretchesIn(place), atMs);
  }

  private stretchesIn({ platform, region }: Place): readonly Stretch[] {
    const stretches = this.stretches.get(platform)?.get(region);
    if (!stretches) throw new RangeError(`No platform ${platform} in ${region}.`);
    return stretches;
  }

  /** Since when the counters stand as they do: a phase may be cut into stretches by others. */
  private sinceOf(place: Place, fromMs: number): number {
    const stretches = this.stretchesIn(place);
    let index = stretches.findIndex((stretch) => stretch.fromMs === fromMs);
    const mode = stretches[index]?.behaviour.counters;
    while (index > 0 && stretches[index - 1]?.behaviour.counters === mode) index -= 1;
    return stretches[index]?.fromMs ?? fromMs;
  }

  private quotaEndMs({ id, platform }: TraceAccount, nowMs: number): number | undefined {
    const most = this.trace.quota[platform]?.perAccountPerDay;
    if (most === undefined) return undefined;
    const day = this.dayOf(nowMs);
    const isSpent = (this.used.get(`${id}|${day}`) ?? 0) >= most;
    return isSpent ? (day + 1) * DAY_MS - Date.parse(this.trace.start) : undefined;
  }

  private countUse({ id, platform }: TraceAccount, nowMs: number): void {
    if (this.trace.quota[platform] === undefined) return;
    const key = `${id}|${this.dayOf(nowMs)}`;
    this.used.set(key, (this.used.get(key) ?? 0) + 1);
  }

  private dayOf(nowMs: number): number {
    return Math.floor((Date.parse(this.trace.start) + nowMs) / DAY_MS);
  }
}

/** Upper ends of the ranges in the order of the draw. */
const sums = ({ rateLimitRate, errorRate, timeoutRate, acceptedLostRate }: Behaviour['upload']) => {
  const failed = rateLimitRate + errorRate;
  const timedOut = failed + timeoutRate;
  return [rateLimitRate, failed, timedOut, timedOut + acceptedLostRate] as const;
};
