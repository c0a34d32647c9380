import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { isLastingFault } from '../../domain/firing/lasting-fault.js';
import type { Step } from '../../domain/targets/target-state.js';
import { SettleTarget, type Settlement } from './settle-target.js';

/** Outcomes that one transaction writes at most. */
const MOST = 200;
/** Batches written at the same time. */
const WRITERS = 2;
/** So long an outcome waits for others while a batch is being written. */
const LINGER_MS = 10;
/** Outcomes with a transaction of their own, at the same time. */
const ALONE = 4;

interface Waiting {
  readonly settlement: Settlement;
  readonly resolve: (step: Step | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes outcomes many at a time while many come, a lone one at once. One that cannot be written does not take the
 * others with it: its batch is halved until it is alone.
 */
@Injectable()
export class SettleBatch {
  private readonly logger = new Logger('Settle');
  private waiting: Waiting[] = [];
  private apart: Waiting[] = [];
  private writers = 0;
  private alone = 0;
  private linger: NodeJS.Timeout | undefined;

  constructor(private readonly settle: SettleTarget) {}

  /** @returns the step that was written, if any */
  execute(settlement: Settlement): Promise<Step | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ settlement, resolve, reject });
      if (this.writers === 0 || this.waiting.length >= MOST) this.begin();
      else this.linger ??= setTimeout(() => this.begin(), LINGER_MS);
    });
  }

  private begin(): void {
    if (this.writers >= WRITERS || this.waiting.length === 0) return;
    clearTimeout(this.linger);
    this.linger = undefined;
    this.writers += 1;
    void this.write(this.takeBatch()).finally(() => {
      this.writers -= 1;
      this.begin();
    });
  }

  /** Two outcomes of one target follow each other: the second is decided on what the first one wrote. */
  private takeBatch(): readonly Waiting[] {
    const batch = new Map<string, Waiting>();
    const left: Waiting[] = [];
    for (const item of this.waiting) {
      const { targetId } = item.settlement;
      if (batch.size < MOST && !batch.has(targetId)) batch.set(targetId, item);
      else left.push(item);
    }
    this.waiting = left;
    return [...batch.values()];
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    const [only] = batch;
    if (only && batch.length === 1) return this.writeAlone(only);
    try {
      const settled = await this.settle.executeMany(batch.map(({ settlement }) => settlement));
      batch.forEach((item, place) => {
        const step = settled[place];
        if (step === 'apart') this.setApart(item);
        else item.resolve(step);
      });
    } catch (error) {
      // A database that is away is away for each of them; who waits for it comes again.
      if (!(error instanceof DomainError) && !isLastingFault(error))
        return batch.forEach(({ reject }) => reject(error));
      this.logger.warn({ err: error, outcomes: batch.length }, 'A batch of outcomes is halved to find the bad one');
      const half = Math.ceil(batch.length / 2);
      await this.write(batch.slice(0, half));
      await this.write(batch.slice(half));
    }
  }

  private setApart(item: Waiting): void {
    this.apart.push(item);
    if (this.alone < ALONE) void this.emptyApart();
  }

  private async emptyApart(): Promise<void> {
    this.alone += 1;
    for (let item = this.apart.shift(); item; item = this.apart.shift()) await this.writeAlone(item);
    this.alone -= 1;
  }

  private writeAlone({ settlement, resolve, reject }: Waiting): Promise<void> {
    return this.settle.execute(settlement).then(resolve, reject);
  }
}
