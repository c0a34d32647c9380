import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { ConsentLedger } from '../../domain/lists/consent-ledger.port.js';
import { consentWords, PURPOSE_ON } from '../../domain/lists/consent-words.js';
import { Holders, type Holder } from '../../domain/lists/holders.port.js';
import { type Suppression, Suppressions } from '../../domain/lists/suppressions.port.js';
import type { SuppressionReason } from '../../domain/lists/subscriber.js';

/** What the person did, in the ledger's words; a bounce or a pause is nobody's doing. */
const SAID: Readonly<Partial<Record<SuppressionReason, string>>> = {
  unsubscribed: 'unsubscribed',
  complained: 'complaint',
};

/**
 * Ends writing to addresses because of what came back or what their owners said: the suppression, the person's place on
 * the list and the line in the ledger, in one transaction. An address that nobody on the list has is suppressed as well.
 */
@Injectable()
export class SuppressAddresses {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly holders: Holders,
    private readonly ledger: ConsentLedger,
    private readonly clock: Clock,
  ) {}

  /** @returns how many suppressions are new or became stronger */
  async execute(workspaceId: WorkspaceId, rows: readonly Suppression[], tx: Tx): Promise<number> {
    const changed = await this.suppressions.add(workspaceId, rows, tx);
    for (const row of rows) {
      const moved = await this.holders.move(workspaceId, row, tx);
      const said = SAID[row.reason];
      if (said === undefined) continue;
      for (const holder of moved) await this.note(workspaceId, { holder, row, said }, tx);
    }
    return changed;
  }

  private async note(
    workspaceId: WorkspaceId,
    { holder, row, said }: { readonly holder: Holder; readonly row: Suppression; readonly said: string },
    tx: Tx,
  ): Promise<void> {
    const { subscriberId } = holder;
    const purpose = PURPOSE_ON[row.channel];
    const words = consentWords(await this.ledger.history(workspaceId, subscriberId, tx), purpose);
    const evidence = row.note === undefined ? {} : { evidence: row.note };
    const line = { subscriberId, purpose, action: 'withdrawn' as const, ...words, source: said, ...evidence };
    await this.ledger.append(workspaceId, [{ ...line, at: this.clock.now() }], tx);
  }
}
