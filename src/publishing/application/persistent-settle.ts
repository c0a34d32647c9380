import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { SettleTarget, type Settlement } from './settle-target.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Settles even if the database is away: an outcome that we know must not be forgotten because it could not be
 * written at once. If this process dies meanwhile, the takeover finds the intent and the reconciler asks the platform.
 */
@Injectable()
export class PersistentSettle {
  private readonly logger = new Logger('Settle');
  private readonly stopping = new AbortController();

  constructor(private readonly settle: SettleTarget) {}

  async execute(settlement: Settlement): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        await this.settle.execute(settlement);
        return;
      } catch (error) {
        // A refusal will not change by itself: the rows say more than we know.
        if (error instanceof DomainError || this.stopping.signal.aborted) throw error;
        this.logger.warn({ err: error, targetId: settlement.targetId }, 'An outcome waits for the database');
        await pause(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** No more waiting: the process is about to end. */
  stop(): void {
    this.stopping.abort();
  }
}
