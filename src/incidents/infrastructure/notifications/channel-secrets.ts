import { Injectable, Logger } from '@nestjs/common';
import { SecretBox, type SealedSecret } from '../../../infra/crypto/secret-box.js';
import type { Destination } from '../../domain/notifications/destination.js';

/** The sealed columns of a channel's row; null for a webhook. */
export interface SealedChannel {
  readonly destinationEnc: Buffer | null;
  readonly keyId: string | null;
}

/** Seals and opens where channels lead, bound to table, column and row. */
@Injectable()
export class ChannelSecrets {
  private readonly logger = new Logger('Notifications');

  constructor(private readonly box: SecretBox) {}

  seal(channelId: string, destination: Destination): SealedSecret {
    return this.box.seal(JSON.stringify(destination), placeOf(channelId));
  }

  /** undefined when there is none, or its key is gone; the latter is told in the ledger by who sends. */
  open(channelId: string, { destinationEnc, keyId }: SealedChannel): Destination | undefined {
    if (!destinationEnc || keyId === null) return undefined;
    try {
      return JSON.parse(this.box.open({ sealed: destinationEnc, keyId }, placeOf(channelId))) as Destination;
    } catch (error) {
      this.logger.error({ err: error, channel: channelId }, 'A notification channel cannot be opened');
      return undefined;
    }
  }
}

const placeOf = (id: string): string => `notification_channel|destination_enc|${id}`;
