import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { isLastingFault } from '../../domain/firing/lasting-fault.js';
import { SettleBatch } from './settle-batch.js';
import type { Settlement } from './settle-target.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** At shutdown the database gets this long to come back. */
const LAST_WAIT_MS = 10_000;

/**
 * Settles even if the database is away: an outcome that we know must not be forgotten because it could not be
 * written at once. If this process dies meanwhile, the takeover finds the intent and the reconciler asks the platform.
 */
@Injectable()
export class PersistentSettle implements OnModuleDestroy {
  private readonly logger = new Logger('Settle');
  private readonly stopping = new AbortController();

  constructor(private readonly settle: SettleBatch) {}

  async execute(settlement: Settlement): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        await this.settle.execute(settlement);
        return;
      } catch (error) {
        // Neither changes by itself; the call's deadline makes it a doubt, and the reconciler asks.
        if (error instanceof DomainError || isLastingFault(error)) {
          this.logger.error({ err: error, targetId: settlement.targetId }, 'An outcome cannot be written');
          throw error;
        }
        if (this.stopping.signal.aborted) throw error;
        this.logger.warn({ err: error, targetId: settlement.targetId }, 'An outcome waits for the database');
        await pause(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Runs before the hooks that wait for running work. */
  onModuleDestroy(): void {
    setTimeout(() => this.stop(), LAST_WAIT_MS).unref();
  }

  /** No more waiting: the process is about to end. */
  stop(): void {
    this.stopping.abort();
  }
}
