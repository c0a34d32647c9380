import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { Workspaces } from '../../../workspaces/index.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { IncidentReader } from '../../domain/notices/incident-reader.port.js';
import { type SmsSize, smsSizeOf } from '../../domain/sms/sms-segments.js';
import { smsTextOf } from '../../domain/sms/sms-text.js';
import { SmsWords } from '../../domain/sms/sms-words.port.js';
import { PublicAddresses } from '../notices/public-addresses.js';

/** A broadcast's text and what it takes on the wire. */
export interface ComposedSms {
  readonly text: string;
  readonly size: SmsSize;
}

/** Writes the text of a broadcast: one for everyone. */
@Injectable()
export class SmsComposer {
  constructor(
    private readonly words: SmsWords,
    private readonly workspaces: Workspaces,
    private readonly incidents: IncidentReader,
    private readonly addresses: PublicAddresses,
  ) {}

  /** @returns undefined for news without words of their own */
  async of(broadcast: Broadcast, tx?: Tx): Promise<ComposedSms | undefined> {
    const { workspaceId, id, incidentId } = broadcast;
    const given = await this.words.of(workspaceId, id, tx);
    const { name } = await this.workspaces.get(workspaceId, tx);
    const incident = incidentId === null ? undefined : await this.incidents.facts(incidentId, tx);
    const text = smsTextOf(broadcast, given, {
      workspaceName: name,
      platformName: incident?.platformName,
      pageUrl: this.addresses.linksUrl(workspaceId),
    });
    return text === undefined ? undefined : { text, size: smsSizeOf(text) };
  }
}
