import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { type MailOwner, MailOwners, type MailTrace } from '../../domain/bounces/mail-owners.port.js';
import { OWNERS } from './delivery-reports.sql.js';

/** As `FREEZE` makes them: broadcast, the first 12 bytes of the address' hash. */
const MESSAGE_ID = /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{24})@/;

@Injectable()
export class MailOwnersRepository extends MailOwners {
  constructor(private readonly database: Database) {
    super();
  }

  override async find(traces: readonly MailTrace[]): Promise<readonly (MailOwner | undefined)[]> {
    const keys = traces.flatMap((trace, n) => {
      const key = keyOf(trace);
      return key ? [{ n, ...key }] : [];
    });
    if (keys.length === 0) return traces.map(() => undefined);
    const rows = await this.database.rows<MailOwner & { readonly n: number }>(OWNERS, [
      keys.map(({ n }) => n),
      keys.map(({ broadcastId }) => broadcastId),
      keys.map(({ subscriberId }) => subscriberId),
      keys.map(({ hex }) => hex),
    ]);
    const found = new Map(rows.map(({ n, ...owner }) => [n, owner]));
    return traces.map((_, n) => found.get(n));
  }
}

const keyOf = (trace: MailTrace) => {
  if (!('messageId' in trace)) return { ...trace, hex: null };
  const [, broadcastId, hex] = MESSAGE_ID.exec(trace.messageId.toLowerCase()) ?? [];
  return broadcastId === undefined || hex === undefined ? undefined : { broadcastId, subscriberId: null, hex };
};
