import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import { accessMail, type MailDue } from '../../domain/members/access-mail.js';
import type { AccessMailer, AccessMails } from '../../domain/members/access-mails.port.js';
import { mintToken } from '../../domain/members/link-token.js';

const BATCH = 20;
const FIRST_RETRY_MS = 30 * SECOND_MS;
const LONGEST_RETRY_MS = 30 * MINUTE_MS;

/**
 * Writes the mails with links. The secret is made here and goes into the mail alone; a mail that is written again has
 * another one, and the older link is dead.
 */
export class SendAccessMails {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly mails: AccessMails,
    private readonly mailer: AccessMailer,
    private readonly settings: { readonly publicUrl: () => string; readonly from: string },
  ) {}

  /** @returns how many mails were tried */
  async runOnce(): Promise<number> {
    if (!this.mailer.isConfigured) return 0;
    const due = await this.mails.claim(BATCH);
    await Promise.all(due.map((item) => this.write(item)));
    return due.length;
  }

  private async write(due: MailDue): Promise<void> {
    const { plain: token, hash } = mintToken(randomBytes);
    if (!(await this.mails.arm(due, hash))) return;
    const { publicUrl, from } = this.settings;
    const outcome = await this.mailer.send(accessMail({ due, token, publicUrl: publicUrl(), from }));
    // In doubt it counts as sent: a second mail would kill the link of the first.
    if (outcome.kind !== 'refused') return this.mails.told(due);
    this.logger.warn({ id: due.id, kind: due.kind, reply: outcome.reply }, 'A mail with a link was not accepted');
    const retryInMs = Math.min(FIRST_RETRY_MS * 2 ** (due.tries - 1), LONGEST_RETRY_MS);
    await this.mails.notTold(due, outcome.lasting === 'permanent' ? undefined : retryInMs);
  }
}
