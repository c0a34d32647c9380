import { Injectable } from '@nestjs/common';
import { HOUR_MS } from '../../../kernel/durations.js';
import { normaliseEmail } from '../../../kernel/email-address.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { AccessMailer } from '../../domain/members/access-mails.port.js';
import { linkDead, mailOff } from '../../domain/members/access.errors.js';
import { hashOfToken } from '../../domain/members/link-token.js';
import { PasswordHasher } from '../../domain/members/password-hasher.port.js';
import { PasswordResets } from '../../domain/members/password-resets.port.js';
import { assertPassword } from './assert-password.js';
import { GuardTries } from './guard-tries.js';
import { TakeAccount } from './take-account.js';

/** Long enough for a slow mail, short enough for a forgotten mailbox (OWASP, Forgot Password: "appropriate period"). */
const LINK_FOR_MS = HOUR_MS;

/** A new password for somebody who forgot the old one: a link by mail. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly resets: PasswordResets,
    private readonly hasher: PasswordHasher,
    private readonly tries: GuardTries,
    private readonly mailer: AccessMailer,
    private readonly take: TakeAccount,
  ) {}

  /**
   * The same answer and the same work, whether somebody has the address or not: whom to write to is found out later.
   * @throws DomainError `sign_in.too_many` for the client's address, `mail.not_configured`
   */
  async ask(given: string, address: string): Promise<void> {
    if (!this.mailer.isConfigured) throw mailOff();
    const email = normaliseEmail(given) ?? given;
    if (await this.tries.takeReset({ account: email, address })) await this.resets.ask(email, LINK_FOR_MS);
  }

  /**
   * Every session of the person ends.
   * @throws DomainError `link.dead`, `password.*`
   */
  async redeem(token: string, password: string, address: string): Promise<void> {
    const hash = hashOfToken(token);
    const found = hash && (await this.resets.byToken(hash));
    if (!hash || !found) throw linkDead();
    assertPassword(password, found.email);
    const passwordHash = await this.hasher.hash(password);
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.resets.claim(hash, tx))) throw linkDead();
      await this.take.execute({ ...found, passwordHash }, tx);
      await this.tries.reopen({ account: found.email, address }, tx);
    });
  }
}
