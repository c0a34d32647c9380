import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import type {
  CheckOutcome,
  CommitOutcome,
  FindOutcome,
  PrepareOutcome,
  ResumeToken,
} from '../../platforms/domain/publish-outcome.js';
import { logNormalAt } from '../domain/draws.js';
import type { Random } from '../domain/random.js';
import { PROFILES } from './platform-profiles.js';
import { instantAt } from './start.js';
import { normalUpload, type Phase, type Scenario, type SimulatedAccount, type UploadFaults } from './scenario.js';

/** A post as the platform has it: ground truth. */
export interface TruthPost {
  readonly id: string;
  readonly handle: string;
  readonly accountId: string;
  /** Which target and words it carries; only the checker and lists with markers see it. */
  readonly targetId: string;
  readonly caption: string;
  readonly acceptedMs: number;
  /** When it becomes live; undefined: the platform refuses it instead. */
  readonly liveMs: number | undefined;
  readonly decidedMs: number;
  /** A span in which lists leave it out. */
  readonly omitted: { readonly fromMs: number; readonly toMs: number };
}

/** What a commit carries. */
export interface CommitRequest {
  readonly account: SimulatedAccount;
  readonly targetId: string;
  readonly caption: string;
  readonly handle: string;
}

/** `answer` undefined: it gets lost on its way. */
export interface CommitResult {
  readonly post?: TruthPost;
  readonly answer: CommitOutcome | undefined;
}

/** Every platform, with outages, lost answers, late landings and lists that lag; keeps the ground truth. */
export class PlatformModel {
  readonly posts: TruthPost[] = [];
  private readonly byHandle = new Map<string, TruthPost>();
  private readonly byAccount = new Map<string, TruthPost[]>();
  private sessions = 0;

  constructor(
    private readonly scenario: Scenario,
    private readonly random: Random,
  ) {}

  phaseOf({ platform, region }: Pick<SimulatedAccount, 'platform' | 'region'>, nowMs: number): Phase | undefined {
    return this.scenario.phases.findLast(
      (phase) => phase.platform === platform && phase.region === region && phase.fromMs <= nowMs && nowMs < phase.toMs,
    );
  }

  prepare(account: SimulatedAccount, nowMs: number, resume: ResumeToken | undefined): PrepareOutcome {
    const upload = this.uploadOf(account, nowMs);
    if (this.random.chance(upload.throttle)) return this.throttled(nowMs);
    if (this.random.chance(upload.unauthorised)) return { kind: 'unauthorised', reconnect: this.random.chance(0.1) };
    if (this.random.chance(upload.error)) return { kind: 'unavailable' };
    if (resume) return { kind: 'ready', resume };
    return { kind: 'saved', resume: { handle: `h${(this.sessions += 1)}` } };
  }

  commit(request: CommitRequest, nowMs: number): CommitResult {
    const upload = this.uploadOf(request.account, nowMs);
    const u = this.random.next();
    const before = PROFILES[request.account.platform].commitsHandleOnce ? this.byHandle.get(request.handle) : undefined;
    const [throttle, unauthorised, refuse, error, timeout, lost] = sums(upload);
    if (u < throttle) return { answer: this.throttled(nowMs) };
    if (u < unauthorised) return { answer: { kind: 'unauthorised', reconnect: false } };
    if (u < refuse) return { answer: { kind: 'rejected', category: 'user_content' } };
    // A reset or a 5xx proves nothing; now and then the call was carried out all the same.
    if (u < error) return this.random.chance(0.1) ? this.accepted(request, nowMs, before, true) : { answer: undefined };
    if (u < timeout) return { answer: undefined };
    return this.accepted(request, nowMs, before, u < lost);
  }

  check(account: SimulatedAccount, handle: string, nowMs: number): CheckOutcome {
    const atMs = this.seenAt(account, nowMs);
    if (atMs === undefined) return { kind: 'unavailable' };
    if (PROFILES[account.platform].handle === 'silent') return { kind: 'inconclusive' };
    const post = this.byHandle.get(handle);
    if (!post || post.acceptedMs > atMs) return { kind: 'absent' };
    if (post.decidedMs > atMs) return { kind: 'processing' };
    if (post.liveMs === undefined) return { kind: 'rejected', category: 'platform_rejected' };
    const published = { kind: 'published', publishedAt: instantAt(post.liveMs) } as const;
    return this.random.chance(0.7) ? { ...published, platformPostId: post.id } : published;
  }

  find(account: SimulatedAccount, sinceMs: number, nowMs: number): FindOutcome {
    const { canList, listLagMs, givesMarker } = PROFILES[account.platform];
    if (!canList) return { kind: 'unsupported' };
    const atMs = this.seenAt(account, nowMs);
    if (atMs === undefined) return { kind: 'unavailable' };
    const listed = (this.byAccount.get(account.id) ?? []).filter(
      (post) =>
        post.liveMs !== undefined &&
        post.liveMs + listLagMs * ((post.acceptedMs % 7) / 7) <= atMs &&
        post.acceptedMs >= sinceMs &&
        !(post.omitted.fromMs <= atMs && atMs < post.omitted.toMs),
    );
    const posts = listed.map((post) => ({
      platformPostId: post.id,
      caption: post.caption,
      createdAt: instantAt(post.acceptedMs),
      ...(givesMarker ? { marker: post.targetId } : {}),
    }));
    return { kind: 'listed', posts };
  }

  /** A look that leaves no trace. */
  probe(account: Pick<SimulatedAccount, 'platform' | 'region'>, capability: 'upload' | 'read', nowMs: number): boolean {
    const phase = this.phaseOf(account, nowMs);
    if (!phase) return true;
    const { error, timeout } = phase.upload;
    return !this.random.chance(
      capability === 'read' ? Math.max(phase.readError, phase.readsAreFrozen ? 0.9 : 0) : error + timeout,
    );
  }

  private uploadOf(account: SimulatedAccount, nowMs: number): UploadFaults {
    return this.phaseOf(account, nowMs)?.upload ?? normalUpload(this.scenario.seed);
  }

  /** As of when a read sees the world; undefined: it fails. */
  private seenAt(account: SimulatedAccount, nowMs: number): number | undefined {
    const phase = this.phaseOf(account, nowMs);
    if (!phase) return nowMs;
    if (this.random.chance(phase.readError)) return undefined;
    return phase.readsAreFrozen ? phase.fromMs : nowMs;
  }

  private throttled(nowMs: number) {
    const retryAt = instantAt(nowMs + this.random.pick([30 * SECOND_MS, 10 * MINUTE_MS]));
    return { kind: 'throttled', retryAt, scope: 'account' } as const;
  }

  private accepted(
    request: CommitRequest,
    nowMs: number,
    before: TruthPost | undefined,
    isLost: boolean,
  ): CommitResult {
    const { isInstant } = PROFILES[request.account.platform];
    const post = before ?? this.create(request, nowMs);
    const outcome: CommitOutcome = isInstant ? { kind: 'published', platformPostId: post.id } : { kind: 'processing' };
    return { ...(before ? {} : { post }), answer: isLost ? undefined : outcome };
  }

  private create({ account, targetId, caption, handle }: CommitRequest, nowMs: number): TruthPost {
    const { isInstant, latestLandingMs, handle: tells, rule } = PROFILES[account.platform];
    const isLate = this.phaseOf(account, nowMs)?.landsLate === true && this.random.chance(0.6);
    const delayMs = isInstant ? 0 : Math.round(Math.min(this.landingMs(isLate), latestLandingMs));
    const isRefused = !isInstant && this.random.chance(normalUpload(this.scenario.seed).refuse);
    const fromMs = nowMs + delayMs + this.random.int(0, 30) * MINUTE_MS;
    // A list that is the only witness leaves out less than the spacing of its reads.
    const longest = rule.witness === 'list' ? (tells === 'silent' && isInstant ? 0 : 5) : 60;
    const post: TruthPost = {
      id: `live${this.posts.length + 1}`,
      handle,
      accountId: account.id,
      targetId,
      caption,
      acceptedMs: nowMs,
      liveMs: isRefused ? undefined : nowMs + delayMs,
      decidedMs: nowMs + delayMs,
      omitted: { fromMs, toMs: fromMs + this.random.int(0, longest) * MINUTE_MS },
    };
    this.posts.push(post);
    this.byHandle.set(handle, post);
    this.byAccount.set(account.id, [...(this.byAccount.get(account.id) ?? []), post]);
    return post;
  }

  private landingMs(isLate: boolean): number {
    const u = this.random.next();
    if (!isLate) return SECOND_MS * logNormalAt(u, { p50: 40, p95: 240 });
    if (this.random.chance(0.05)) return this.random.int(1, 12) * HOUR_MS;
    return MINUTE_MS * logNormalAt(u, { p50: 18, p95: 35 });
  }
}

const sums = ({
  throttle,
  unauthorised,
  refuse,
  error,
  timeout,
  lost,
}: UploadFaults): [number, number, number, number, number, number] => {
  let sum = 0;
  return [throttle, unauthorised, refuse, error, timeout, lost].map((p) => (sum += p)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
};
