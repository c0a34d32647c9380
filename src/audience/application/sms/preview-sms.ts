import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { SmsBill, type SmsCost } from '../../domain/sms/sms-costs.js';
import { beyondGsm, type SmsSize } from '../../domain/sms/sms-segments.js';
import type { SmsSettings } from '../../domain/sms/sms-settings.js';
import { SmsSettingsStore } from '../../domain/sms/sms-settings.port.js';
import { SmsComposer } from './sms-composer.js';
import { SmsReaders } from './sms-readers.js';

/** What a broadcast's text says and costs, before anyone pays. */
export interface SmsPreview {
  readonly text: string;
  readonly size: SmsSize;
  /** Characters that make it a 16-bit text: replacing them makes it cheaper. */
  readonly costlyCharacters: readonly string[];
  readonly cost: SmsCost;
  readonly currency: string;
}

/** Adds up what a broadcast's text would cost if it were sent now. */
@Injectable()
export class PreviewSms {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly settings: SmsSettingsStore,
    private readonly composer: SmsComposer,
    private readonly readers: SmsReaders,
  ) {}

  /** @throws DomainError `broadcast.not_found`, `sms_settings.not_found`, `sms_text.not_found` */
  async execute(workspaceId: WorkspaceId, broadcastId: string): Promise<SmsPreview> {
    const broadcast = await this.broadcasts.get(workspaceId, broadcastId);
    if (!broadcast) throw notFound('broadcast', broadcastId);
    const settings = await this.settings.of(workspaceId);
    if (!settings) throw notFound('sms_settings', 'of this workspace');
    const composed = await this.composer.of(broadcast);
    if (!composed) throw notFound('sms_text', `of broadcast ${broadcastId}`);
    const cost = await this.costOf(broadcast, settings, composed.size.segments);
    return { ...composed, costlyCharacters: beyondGsm(composed.text), cost, currency: settings.currency };
  }

  private async costOf(broadcast: Broadcast, settings: SmsSettings, segments: number): Promise<SmsCost> {
    const bill = new SmsBill(settings, segments);
    for await (const page of this.readers.pages(broadcast)) for (const { country } of page) bill.add(country);
    return bill.total;
  }
}
