import { Injectable, Logger } from '@nestjs/common';
import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import { readHandOff } from '../../../platforms/domain/hand-off-mode.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { handOffMail } from '../../domain/hand-off/hand-off-mail.js';
import { HandOffMailer } from '../../domain/hand-off/hand-off-mailer.port.js';
import { HandOffs, type MailDue } from '../../domain/hand-off/hand-offs.port.js';
import { HandOffSettings } from '../../hand-off-settings.js';
import { PlatformAccess } from '../firing/platform-access.js';
import { HandOffLinks } from './hand-off-links.js';

const BATCH = 20;
const FIRST_RETRY_MS = 30 * SECOND_MS;
const LONGEST_RETRY_MS = 30 * MINUTE_MS;
const VAULT_TIMEOUT_MS = 10 * SECOND_MS;

/**
 * Tells people what is due, once, and reminds them once. A mail whose fate is unknown counts as sent: nobody is
 * written to twice about one thing, and the page is also in the API.
 */
@Injectable()
export class NotifyHandOffs {
  private readonly logger = new Logger('HandOffs');

  constructor(
    private readonly handOffs: HandOffs,
    private readonly mail: HandOffMailer,
    private readonly access: PlatformAccess,
    private readonly links: HandOffLinks,
    private readonly platforms: PlatformRegistry,
    private readonly settings: HandOffSettings,
  ) {}

  /** @returns how many mails were tried */
  async runOnce(): Promise<number> {
    if (!this.mail.isConfigured) return 0;
    const due = await this.handOffs.claimMails(BATCH, this.settings.remindMs);
    await Promise.all(due.map((item) => this.tell(item)));
    return due.length;
  }

  private async tell(due: MailDue): Promise<void> {
    const mail = await this.compose(due).catch((error: unknown) => {
      this.logger.warn({ err: error, handOffId: due.handOffId }, 'A hand-off mail cannot be written now');
      return 'not_now' as const;
    });
    if (mail === 'not_now')
      return this.handOffs.notTold(due, 'It could not be written; it is tried again.', retryDelayMs(due.refusals));
    if (!mail) return this.handOffs.notTold(due, 'The account has no address to write to.', undefined);
    const outcome = await this.mail.send(mail);
    if (outcome.kind === 'accepted') return this.handOffs.told(due.handOffId, outcome.reply);
    this.logger.warn({ handOffId: due.handOffId, outcome: outcome.kind }, 'A hand-off mail was not accepted');
    if (outcome.kind === 'unknown') return this.handOffs.told(due.handOffId, `unknown: ${outcome.detail}`);
    const retryInMs = outcome.lasting === 'permanent' ? undefined : retryDelayMs(due.refusals);
    return this.handOffs.notTold(due, outcome.reply, retryInMs);
  }

  private async compose({ handOffId, number }: MailDue) {
    const handOff = await this.handOffs.get(handOffId);
    if (!handOff) return undefined;
    const context = await this.access.contextOf(handOff.accountId, AbortSignal.timeout(VAULT_TIMEOUT_MS));
    const to = context && readHandOff(context.credentials)?.notifyEmail;
    if (to === undefined) return undefined;
    const { from, mailDomain: domain } = this.settings;
    const platformName = this.platforms.get(handOff.platform).capabilities().displayName;
    return handOffMail({ handOff, platformName, number, url: this.links.urlOf(handOff), to, from, domain });
  }
}

const retryDelayMs = (refusals: number): number => Math.min(FIRST_RETRY_MS * 2 ** refusals, LONGEST_RETRY_MS);
