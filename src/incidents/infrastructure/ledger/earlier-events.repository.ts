import { Injectable } from '@nestjs/common';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { FollowedEvent } from '../../domain/ledger/entry-of-event.js';
import { EarlierEvents } from '../../domain/ledger/ledger.port.js';

@Injectable()
export class EarlierEventsRepository extends EarlierEvents {
  constructor(private readonly outbox: EventOutbox) {
    super();
  }

  before(event: Pick<FollowedEvent, 'id' | 'xid'>, limit: number, tx: Tx): Promise<readonly FollowedEvent[]> {
    return this.outbox.before(event, limit, tx);
  }
}
