import { Injectable, Logger } from '@nestjs/common';
import { HealthView } from '../../../health/index.js';
import { Firing } from '../../domain/firing/firing.port.js';
import { EngineTelemetry } from '../../domain/telemetry/engine-telemetry.port.js';
import type { ArmedTarget, DueTarget, Way } from '../../domain/targets/target-record.js';
import { Engine } from '../engine.js';
import { healthOfWay } from '../rerouting/account-health.js';
import { Batches } from './batches.js';
import { DecideDue } from './decide-due.js';
import { StartCalls } from './start-calls.js';

const AFTER_FAULT_MS = 1_000;
const WHILE_CUT_OFF_MS = 5_000;

/** Told what must be fired once more. @param inMs how long from now */
export type Again = (items: readonly ArmedTarget[], inMs: number) => void;

/**
 * At the due instant: all intents first, written as fast as the database takes them; statuses, calls and whatever needs
 * a decision come behind.
 */
@Injectable()
export class FireDueTargets {
  private readonly logger = new Logger('Fire');
  private readonly intents = new Batches<ArmedTarget>((batch) => this.intend(batch));
  private readonly aside = new Batches<ArmedTarget>(
    (batch) => this.putAside(batch),
    () => this.intents.waiting === 0,
  );
  private again: Again = () => undefined;

  constructor(
    private readonly firing: Firing,
    private readonly decide: DecideDue,
    private readonly calls: StartCalls,
    private readonly health: HealthView,
    private readonly engine: Engine,
    private readonly telemetry: EngineTelemetry,
  ) {
    calls.givesWayTo(() => this.intents.waiting > 0);
  }

  onAgain(again: Again): void {
    this.again = again;
  }

  /** Fires everything given; each target is given once until it comes back by `onAgain`. */
  fire(due: readonly ArmedTarget[]): void {
    // Cut off ourselves we could only learn that nothing goes: no intent is written, nobody is blamed.
    if (this.health.isSelfSuspect()) return this.again(due, WHILE_CUT_OFF_MS);
    const isWell = this.wellness();
    const [well, other]: [ArmedTarget[], ArmedTarget[]] = [[], []];
    for (const item of due) (isWell(item.target) ? well : other).push(item);
    this.intents.push(well);
    this.aside.push(other);
  }

  /** Resolves when every intent is written and no decision is open. */
  async whenFired(): Promise<void> {
    await this.intents.whenIdle();
    await this.aside.whenIdle();
  }

  /** Begins nothing more; calls that wait for their turn are given back at once. Resolves when that is written. */
  stop(): Promise<void> {
    return this.calls.stop();
  }

  /** Resolves when no call runs or waits any more. */
  async whenIdle(): Promise<void> {
    await this.whenFired();
    await this.calls.whenIdle();
  }

  /**
   * The usual case, told without asking the database: fresh, not tried in vain, its platform healthy. The intent asks for
   * the account.
   */
  private wellness(): (target: DueTarget) => boolean {
    const now = this.engine.now();
    const known = new Map<Way, boolean>();
    const isHealthy = (way: Way): boolean => {
      const before = known.get(way);
      if (before !== undefined) return before;
      const healthy = healthOfWay(this.health, way).state === 'healthy';
      known.set(way, healthy);
      return healthy;
    };
    return ({ staleAt, tries, way }) => tries === 0 && now < staleAt && isHealthy(way);
  }

  private async intend(batch: readonly ArmedTarget[]): Promise<void> {
    try {
      const won = await this.firing.intend(batch);
      const winners = new Set(won.map((ref) => ref.attemptId));
      const intended = batch.filter(({ attemptId }) => winners.has(attemptId));
      this.measure(intended);
      this.calls.push(intended);
      this.aside.push(batch.filter(({ attemptId }) => !winners.has(attemptId)));
    } catch (error) {
      this.putOff(batch, error);
    }
    this.calls.kick();
    this.aside.kick();
  }

  /** Durable now; how late that is. */
  private measure(intended: readonly ArmedTarget[]): void {
    const nowMs = this.engine.now().getTime();
    this.telemetry.fired(intended.map(({ target }) => nowMs - target.dueAt.getTime()));
  }

  private async putAside(batch: readonly ArmedTarget[]): Promise<void> {
    try {
      const { intended, early } = await this.decide.execute(batch);
      this.calls.push(intended);
      for (const { item, inMs } of early) this.again([item], inMs);
    } catch (error) {
      this.putOff(batch, error);
    }
  }

  private putOff(batch: readonly ArmedTarget[], error: unknown): void {
    this.logger.warn({ err: error, targets: batch.length }, 'Could not fire; trying again');
    this.again(batch, AFTER_FAULT_MS);
  }
}
