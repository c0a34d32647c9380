import type { LedgerTiming } from './domain/ledger/ledger-timing.js';

/** What the ledger takes from the configuration. */
export class LedgerSettings {
  constructor(readonly timing: LedgerTiming) {}
}
