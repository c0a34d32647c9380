import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../../workspaces/index.js';
import { AddressKeys } from '../../domain/lists/address-keys.js';
import type { ConfirmationJob } from '../../domain/lists/confirmation-queue.port.js';
import { confirmationMail } from '../../domain/sending/mail-message.js';
import { Mailer } from '../../domain/sending/mailer.port.js';
import { Subscribers } from '../../domain/lists/subscribers.port.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';

/** Sends one confirm mail. */
@Injectable()
export class SendConfirmation {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly workspaces: Workspaces,
    private readonly keys: AddressKeys,
    private readonly mailer: Mailer,
    private readonly settings: MailSettings,
  ) {}

  /**
   * @returns `again` when the mail certainly did not leave and may be sent later; a mail lost on the way is not sent
   *   again by itself, since its person can ask for another
   */
  async execute({ workspaceId, subscriberId, number }: ConfirmationJob): Promise<'done' | 'again'> {
    const subscriber = await this.subscribers.get(workspaceId, subscriberId);
    const isDue = subscriber?.status === 'pending' && subscriber.confirmSentCount === number;
    if (!isDue || subscriber.email === null) return 'done';
    const { name } = await this.workspaces.get(workspaceId);
    const token = this.keys.confirmToken(workspaceId, subscriber.emailHmac, number);
    const { identity } = this.settings;
    const { email } = subscriber;
    const delivery = await this.mailer.send(
      confirmationMail({ identity, workspaceName: name, email, token, subscriberId, number }),
    );
    return delivery.kind === 'refused' && delivery.lasting === 'temporary' ? 'again' : 'done';
  }
}
