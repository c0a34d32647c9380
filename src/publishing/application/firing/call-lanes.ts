import { Injectable, Logger } from '@nestjs/common';
import { MINUTE_MS } from '../../../kernel/durations.js';
import { FairSchedule, type Turn, type TurnEnd } from '../../domain/firing/fair-schedule.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { Engine } from '../engine.js';

/** Longer than any call may take in all (15 min to prepare, 2 min to commit): one that still runs then hangs in our code. */
const LONGEST_MS = 30 * MINUTE_MS;

type Lane = Pick<TargetRecord, 'id' | 'workspaceId' | 'accountId' | 'platform' | 'scheduledAt'>;

interface Call extends Turn {
  readonly run: () => Promise<TurnEnd>;
}

/**
 * Runs the publish calls of this process, fair and paced: `PUBLISH_CONCURRENCY` at once, one per account in the order of
 * (scheduledAt, id), workspaces in turn, `PUBLISH_PER_PLATFORM_PER_SECOND` begun per platform.
 */
@Injectable()
export class CallLanes {
  private readonly logger = new Logger('Lanes');
  private readonly schedule: FairSchedule<Call>;
  private idleListeners: (() => void)[] = [];
  private begun = 0;
  private pacing: NodeJS.Timeout | undefined;
  private stopped = false;
  /** Targets by the calls that wait for their turn. */
  private readonly waiting = new Map<string, string>();

  constructor(private readonly engine: Engine) {
    this.schedule = new FairSchedule<Call>(engine.settings);
  }

  /** How many run or wait. */
  get inFlight(): number {
    return this.schedule.running + this.schedule.waiting;
  }

  /** @param target whose call it is @returns what `work` answers, when its turn has come and it has ended */
  start(target: Lane, work: () => Promise<TurnEnd>): Promise<TurnEnd> {
    return new Promise<TurnEnd>((resolve, reject) => {
      const { workspaceId, accountId, platform, scheduledAt } = target;
      const id = `${target.id}|${(this.begun += 1)}`;
      const run = async () => work();
      this.waiting.set(id, target.id);
      this.schedule.add({
        id,
        workspaceId,
        accountId,
        platform,
        scheduledAtMs: scheduledAt.getTime(),
        run: () => {
          const ended = run();
          ended.then(resolve, reject);
          return ended.catch(() => 'asked' as const);
        },
      });
      this.begin();
    });
  }

  /** Begins no more calls. @returns the targets whose calls still waited; they never begin here */
  stop(): readonly string[] {
    this.stopped = true;
    clearTimeout(this.pacing);
    if (this.isIdle) this.tellIdle();
    return [...this.waiting.values()];
  }

  /** Resolves when nothing runs or waits; after `stop`, when nothing runs. */
  async whenIdle(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => this.idleListeners.push(resolve));
  }

  private get isIdle(): boolean {
    return this.schedule.running === 0 && (this.stopped || this.schedule.waiting === 0);
  }

  private begin(): void {
    if (this.stopped) return;
    for (let call = this.next(); call; call = this.next()) this.run(call);
    this.awaitPace();
  }

  private next(): Call | undefined {
    return this.schedule.next(this.engine.now().getTime());
  }

  private run(call: Call): void {
    this.waiting.delete(call.id);
    let isOver = false;
    const end = (how: TurnEnd) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(hanging);
      this.schedule.end(call, how);
      this.begin();
      if (this.isIdle) this.tellIdle();
    };
    // Its account goes on without it: nothing of it can be sent any more, its call's deadline is long over.
    const hanging = setTimeout(() => {
      this.logger.error({ targetId: call.id }, 'A call did not end; its place is given away');
      end('asked');
    }, LONGEST_MS).unref();
    void call.run().then(end);
  }

  private awaitPace(): void {
    if (this.pacing) return;
    const waitMs = this.schedule.waitMs(this.engine.now().getTime());
    if (waitMs === undefined) return;
    this.pacing = setTimeout(() => {
      this.pacing = undefined;
      this.begin();
    }, waitMs);
  }

  private tellIdle(): void {
    for (const listener of this.idleListeners) listener();
    this.idleListeners = [];
  }
}
