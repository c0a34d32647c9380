import { MINUTE_MS, plusMs, SECOND_MS } from '../../kernel/durations.js';
import type { ArmedRef } from '../../publishing/domain/targets/target-record.js';
import { canBecome, type TargetStatus, TERMINAL_STATUSES } from '../../publishing/domain/targets/target-status.js';
import { isOpen, type MemoryTarget } from '../domain/memory-tables.js';
import type { Observer } from './observer.js';
import type { TruthPost } from './platform-model.js';
import { routedOf } from './routing-duty.js';
import { START } from './start.js';
import type { World } from './world.js';

/** A broken promise, with the moment and the target it is about. */
export interface Violation {
  readonly invariant: string;
  readonly atMs: number;
  readonly targetId: string;
  readonly detail: string;
}

/** A look, its lease and its retries may take so long; then a stale target must have moved. */
const STALE_GRACE_MS = 25 * MINUTE_MS;
/** A due target may wait so long for somebody while nothing of ours is broken. */
const IDLE_MS = 60 * SECOND_MS;

/** Checks design 4, I1-I12, after every event; sees tables and ground truth only. */
export class Checker implements Observer {
  readonly violations: Violation[] = [];
  /** Calls whose answer nobody got: no more than these may end with a person. */
  doubts = 0;
  private readonly eventsSeen = new Map<string, number>();
  private readonly liveOn = new Map<string, TruthPost[]>();
  private readonly cancelled = new Set<string>();
  private calmSinceMs = 0;

  constructor(private readonly world: World) {}

  afterEvent(): void {
    const { touched } = this.world.tables;
    if (touched.size === 0) return;
    for (const id of touched) {
      const target = this.world.tables.targets.get(id);
      if (target) this.rows(target);
    }
    touched.clear();
    this.world.planTick();
  }

  /** The cancel was acknowledged: from here on nothing of it may begin. */
  onCancelled(targetId: string): void {
    this.cancelled.add(targetId);
  }

  /** A commit reaches its platform. */
  onCommit(armed: ArmedRef, sent: MemoryTarget): void {
    const { tables } = this.world;
    const target = tables.targets.get(armed.targetId) ?? sent;
    const attempt = tables.attempts.get(armed.attemptId);
    this.doubts += 1;
    const intent = tables.intentOf(armed.targetId, armed.version);
    if (intent?.takenBy !== 'publish' || intent.fence !== armed.fence || !attempt?.commitStartedAt)
      this.report('I4', target.id, 'a call without its own committed intent');
    else if (intent.at > attempt.commitStartedAt) this.report('I4', target.id, 'the intent is younger than the call');
    if (this.world.now() < target.scheduledAt) this.report('I11', target.id, 'sent before scheduledAt');
    if (this.cancelled.has(target.id)) this.report('I11', target.id, 'sent after an acknowledged cancel');
    for (const other of tables.attempts.values())
      if (other.id !== armed.attemptId && other.postId === target.postId && other.accountId === target.accountId)
        if (isOpen(other.state))
          this.report(other.targetId === target.id ? 'I9' : 'I10', target.id, `${other.id} is open`);
    const end = attempt?.callDeadlineAt;
    if (end && this.world.now() > end) this.report('I4', target.id, 'the call outlived its deadline');
  }

  onAccepted(post: TruthPost): void {
    const { world } = this;
    if (post.liveMs !== undefined) world.queue.add(post.liveMs, () => this.onLive(post));
  }

  onTick(): void {
    const { world } = this;
    const isBroken = world.nowMs < world.databaseAwayUntilMs || world.anyWorker() === undefined;
    if (isBroken || world.makesFaults) this.calmSinceMs = world.nowMs;
    if (world.nowMs - this.calmSinceMs < 2 * IDLE_MS) return;
    for (const target of world.tables.targets.values()) this.timely(target);
  }

  /** Everything has come to rest: nothing may be stuck, and belief must equal truth. */
  onEnd(): void {
    for (const target of this.world.tables.targets.values()) {
      if (!TERMINAL_STATUSES.includes(target.status) && target.status !== 'needs_decision')
        this.report('LIVENESS', target.id, `still ${target.status} at the end`);
      const live = this.copies(target).some((post) => post.targetId === target.id);
      if (target.status === 'published' && !live) this.report('TRUTH', target.id, 'published, but nothing is live');
      if (live && (target.status === 'failed' || target.status === 'missed'))
        this.report('TRUTH', target.id, `live, but called ${target.status}`);
    }
    const undecided = [...this.world.tables.targets.values()].filter(({ status }) => status === 'needs_decision');
    if (undecided.length > this.doubts) this.report('BOUND', undecided[0]?.id ?? '', 'more decisions than doubts');
  }

  onEndless(): void {
    const busy = [...this.world.tables.targets.values()].find(({ status }) => !TERMINAL_STATUSES.includes(status));
    this.report('LIVENESS', busy?.id ?? '', 'an endless loop');
  }

  /** Calm seeds: everything goes out, at once, by itself. */
  onCalmEnd(): void {
    for (const target of this.world.tables.targets.values()) {
      // How long the platform then takes is its own affair.
      const sentMs = this.copies(target).find((post) => post.targetId === target.id)?.acceptedMs ?? Infinity;
      const lateMs = START.getTime() + sentMs - target.scheduledAt.getTime();
      if (target.role === 'origin' && target.holdReason === undefined && lateMs > 30 * MINUTE_MS)
        if (!this.waitedForEarlier(target)) this.report('CALM', target.id, `${target.status} without any fault`);
    }
  }

  private onLive(post: TruthPost): void {
    const { world } = this;
    const target = world.tables.targets.get(post.targetId);
    if (!target) return this.report('I5', post.targetId, 'live without a target');
    const place = `${target.occurrenceId}|${post.accountId}`;
    const copies = [...(this.liveOn.get(place) ?? []), post];
    this.liveOn.set(place, copies);
    world.log(`${target.id} ${post.id} is live on ${post.accountId}`);
    if (copies.length > 1) this.report('I1', target.id, `${copies.length} live copies on ${post.accountId}`);
    const root = world.tables.targets.get(target.rootId) ?? target;
    const isPermitted =
      post.accountId === root.accountId || routedOf(world, root).route.fallbacks.includes(post.accountId);
    if (!isPermitted) this.report('I5', target.id, `live on ${post.accountId}, which its route does not permit`);
    const account = world.accounts.simulatedAccount(post.accountId);
    if (account.workspaceId !== target.workspaceId) this.report('I8', target.id, 'live on another tenant’s account');
  }

  private rows(target: MemoryTarget): void {
    const { tables } = this.world;
    if (target.status === 'published' && !target.platformPostId && !target.platformHandle)
      this.report('I3', target.id, 'published without id or handle');
    const open = tables.attemptsOn(target.id).filter(({ state }) => isOpen(state));
    if (open.length > 1) this.report('I9', target.id, `${open.length} open attempts`);
    const events = tables.events.get(target.id) ?? [];
    for (let index = this.eventsSeen.get(target.id) ?? 0; index < events.length; index += 1) {
      const event = events[index];
      const before: TargetStatus | undefined = events[index - 1]?.to;
      if (!event || event.seq !== index + 1 || event.from !== before)
        this.report('I12', target.id, 'a gap in its history');
      else if (before && !canBecome(before, event.to, true)) this.report('I12', target.id, `${before} to ${event.to}`);
    }
    this.eventsSeen.set(target.id, events.length);
    if (events.at(-1)?.to !== target.status) this.report('I12', target.id, 'its status is not the last of its history');
  }

  private timely(target: MemoryTarget): void {
    const now = this.world.now();
    const { status, nextCheckAt, dueAt } = target;
    if (now > plusMs(target.staleAt, STALE_GRACE_MS) && (status === 'scheduled' || status === 'held'))
      this.report('I2', target.id, `${status} past stale`);
    if (status === 'unconfirmed' && (!nextCheckAt || plusMs(nextCheckAt, 5 * MINUTE_MS) < now))
      this.report('I2', target.id, 'in doubt and nobody looks');
    const idleSince = Math.max(dueAt.getTime(), START.getTime() + this.calmSinceMs);
    if (status === 'scheduled' && now.getTime() - idleSince > 3 * IDLE_MS && !this.world.tables.leases.has(target.id))
      this.report('I6', target.id, 'due and with nobody');
    if (status === 'publishing' && this.isForgotten(target)) this.report('I2', target.id, 'publishing for ever');
  }

  private isForgotten({ id, nextCheckAt }: MemoryTarget): boolean {
    const attempt = this.world.tables.attemptsOn(id).at(-1);
    const end = nextCheckAt ?? attempt?.callDeadlineAt ?? (attempt && plusMs(attempt.createdAt, 61 * MINUTE_MS));
    return !end || plusMs(end, 10 * MINUTE_MS) < this.world.now();
  }

  private copies(target: MemoryTarget): readonly TruthPost[] {
    return this.liveOn.get(`${target.occurrenceId}|${target.accountId}`) ?? [];
  }

  private waitedForEarlier({ id }: MemoryTarget): boolean {
    return (this.world.tables.events.get(id) ?? []).some(({ to }) => to === 'held');
  }

  private report(invariant: string, targetId: string, detail: string): void {
    const { world } = this;
    if (this.violations.some((known) => known.invariant === invariant && known.targetId === targetId)) return;
    world.log(`VIOLATION ${invariant} ${targetId}: ${detail}`);
    this.violations.push({ invariant, atMs: world.nowMs, targetId, detail });
  }
}
