import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { changeOf, type ToldEvent } from '../../domain/notifications/change-of-event.js';
import { Gathering } from '../../domain/notifications/ledger.port.js';
import { address, type ToldChange } from '../../domain/notifications/listener.js';
import { NotificationSettings } from '../../notification-settings.js';

/** An event with the name that it keeps for ever. */
export type NamedEvent = ToldEvent & { readonly name: string };

/** From events to messages that gather; in the transaction that moves the cursor, so each event is heard once. */
@Injectable()
export class GatherChanges {
  constructor(
    private readonly gathering: Gathering,
    private readonly settings: NotificationSettings,
  ) {}

  /** @returns how many messages were begun or added to */
  async handle(events: readonly NamedEvent[], tx: Tx): Promise<number> {
    const told = events.flatMap((event): ToldChange[] => {
      const change = changeOf(event);
      return change ? [{ eventName: event.name, change }] : [];
    });
    if (told.length === 0) return 0;
    const addressed = address(told, await this.gathering.knowledgeOf(told, tx));
    await this.gathering.store(addressed, this.settings.timing.gatherMs, tx);
    return addressed.messages.length;
  }
}
