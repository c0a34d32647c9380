import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import { ALL_CLEAR_TEMPLATE, BLACKOUT_TEMPLATE } from '../../domain/notices/notice-templates.js';
import { noticeTiming } from '../../domain/notices/notice-timing.js';
import { Notices } from '../../domain/notices/notices.port.js';

/** An event as the outbox hands it over; only what concerns us. */
export interface PlatformEvent {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Drafts a notice for every workspace that an outage concerns; one per workspace and incident. */
@Injectable()
export class DraftNotices {
  constructor(
    private readonly notices: Notices,
    private readonly settings: MailSettings,
  ) {}

  /** @returns how many were drafted; handling an event twice drafts nothing more */
  async handle(events: readonly PlatformEvent[], tx: Tx): Promise<number> {
    const { mergeMs } = noticeTiming(this.settings.timing.scale);
    let drafted = 0;
    for (const { type, payload } of events) {
      const { platform, region, incidentId } = payload;
      // An override without an incident has nothing that a notice could belong to.
      if (typeof platform !== 'string' || typeof region !== 'string' || typeof incidentId !== 'string') continue;
      const outage = { platform, region, incidentId };
      if (type === 'platform.down')
        drafted += await this.notices.draftBlackouts({ ...outage, content: BLACKOUT_TEMPLATE }, mergeMs, tx);
      if (type === 'platform.recovered')
        drafted += await this.notices.draftAllClears({ ...outage, content: ALL_CLEAR_TEMPLATE }, tx);
    }
    return drafted;
  }
}
