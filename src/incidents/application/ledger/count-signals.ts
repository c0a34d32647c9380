import { Injectable } from '@nestjs/common';
import { HOUR_MS } from '../../../kernel/durations.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { entriesOfSignals } from '../../domain/ledger/signal-counts.js';
import { Ledger, SignalCounts } from '../../domain/ledger/ledger.port.js';
import { LedgerSettings } from '../../ledger-settings.js';

/** Counted in one transaction; after a long stop the rest follows at the next runs. */
const MOST_MS = 6 * HOUR_MS;

/** Tells the ledger what was observed, as counts per minute, and what status pages said. */
@Injectable()
export class CountSignals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly counts: SignalCounts,
    private readonly ledger: Ledger,
    private readonly settings: LedgerSettings,
  ) {}

  /** @returns how many lines were written */
  runOnce(): Promise<number> {
    const { timing } = this.settings;
    return this.unitOfWork.run(async (tx) => {
      let written = 0;
      for (const span of await this.counts.due(timing, MOST_MS, tx)) {
        const rows = await this.counts.count(span, timing.bucketMs, tx);
        written += await this.ledger.append(span.incidentId, entriesOfSignals(rows), tx);
        written += await this.ledger.copyNews(span, tx);
        await this.counts.mark(span, tx);
      }
      return written;
    });
  }
}
