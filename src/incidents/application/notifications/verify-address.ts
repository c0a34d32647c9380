import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { Workspaces } from '../../../workspaces/index.js';
import type { Channel } from '../../domain/notifications/channel.js';
import { Channels, Codes, type Viewer } from '../../domain/notifications/channels.port.js';
import { Messenger } from '../../domain/notifications/messenger.port.js';
import { isVerified, mailIsOff, tooManyCodes, wrongCode } from '../../domain/notifications/notifications.errors.js';
import type { SendResult } from '../../domain/notifications/send.policy.js';
import * as verification from '../../domain/notifications/verification.js';
import { CodeIssuer } from './code-issuer.js';

/** A code that is stored and not mailed yet. */
export interface IssuedCode {
  readonly address: string;
  readonly code: string;
  /** Names the mail. */
  readonly channel: Channel;
}

/**
 * Proves that who adds an e-mail address can read its mail; before that nothing else is sent there, so that nobody can
 * have strangers written to.
 */
@Injectable()
export class VerifyAddress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly channels: Channels,
    private readonly codes: Codes,
    private readonly issuer: CodeIssuer,
    private readonly messenger: Messenger,
    private readonly workspaces: Workspaces,
  ) {}

  /** @throws DomainError `notification_channel.mail_off` */
  assertCanMail(): void {
    if (!this.messenger.canMail) throw mailIsOff();
  }

  /** Stores a code; mail it once `tx` is committed. @throws DomainError `notification_channel.too_many_codes`, `.verified` */
  async issue(channel: Channel, tx: Tx): Promise<IssuedCode> {
    if (channel.verifiedAt) throw isVerified();
    const destination = await this.channels.destinationOf(channel, tx);
    if (destination?.kind !== 'email') throw notFound('notification_channel', channel.id);
    const { address } = destination;
    const { workspaceId, id: channelId } = channel;
    const hashed = this.issuer.addressOf(address);
    const sent = await this.codes.countUnderLock(workspaceId, hashed, verification.CODES_WINDOW_MS, tx);
    if (sent.toAddress >= verification.CODES_PER_ADDRESS || sent.byWorkspace >= verification.CODES_PER_WORKSPACE)
      throw tooManyCodes();
    const { code, hash } = this.issuer.draw(channelId);
    await this.codes.add({ workspaceId, channelId, address: hashed, hash, lifeMs: verification.CODE_LIFE_MS }, tx);
    return { address, code, channel };
  }

  /** @returns what the mail server said */
  async mail({ address, code, channel }: IssuedCode): Promise<SendResult> {
    const { name: workspace } = await this.workspaces.get(channel.workspaceId);
    const names = { workspace, channel: channel.name };
    return this.messenger.mail(address, this.issuer.messageOf(code, names), `code.${channel.id}`);
  }

  /** @throws DomainError `notification_channel.not_found`, `.verified`, `.wrong_code` */
  async confirm(viewer: Viewer, id: string, typed: string): Promise<Channel> {
    const channel = await this.channels.find(viewer, id);
    if (!channel) throw notFound('notification_channel', id);
    if (channel.verifiedAt) throw isVerified();
    // Counted before it is compared, in a transaction of its own: a wrong guess is used up.
    const sent = await this.codes.takeTry(channel.workspaceId, id, verification.CODE_TRIES);
    if (!sent) throw wrongCode(0);
    if (!this.issuer.matches(sent.hash, id, verification.readCode(typed)))
      throw wrongCode(verification.CODE_TRIES - sent.tries);
    return this.unitOfWork.run(async (tx) => {
      const found = await this.channels.find(viewer, id, tx);
      if (!found) throw notFound('notification_channel', id);
      // None left: the address was changed meanwhile, and the code was for the one before.
      if (!(await this.codes.end(channel.workspaceId, id, tx))) throw wrongCode(0);
      return this.channels.change(found, { isVerified: true }, tx);
    });
  }
}
