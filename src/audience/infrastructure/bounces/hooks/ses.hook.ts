import { HOUR_MS } from '../../../../kernel/durations.js';
import { type HookCall, type HookReading, MailHook } from '../../../domain/bounces/mail-events.js';
import {
  badHookSignature,
  foreignTopic,
  hookNotConfigured,
  malformedHook,
  staleHook,
} from '../../../domain/bounces/mail-hook.errors.js';
import { readHookJson } from './hook-json.js';
import { sesEventsOf } from './ses-events.js';
import type { SnsDoor } from './sns-door.js';
import { isCertificateUrl, isConfirmUrl, isSignedBy, type SnsMessage, snsMessage } from './sns-message.js';

/** SNS repeats what is not taken for up to an hour. */
const WINDOW_MS = HOUR_MS;

/** Amazon SES, whose events come by SNS: signed with a certificate that must lie at SNS, of topics that are ours. */
export class SesHook extends MailHook {
  override readonly provider = 'ses';

  /** @param topics ARNs whose messages are believed; empty: switched off */
  constructor(
    private readonly topics: readonly string[],
    private readonly door: SnsDoor,
  ) {
    super();
  }

  override async read({ rawBody }: HookCall, now: Date): Promise<HookReading> {
    if (this.topics.length === 0) throw hookNotConfigured(this.provider, 'MAIL_HOOK_SES_TOPICS');
    const message = readHookJson(this.provider, rawBody.toString('utf8'), snsMessage);
    await this.prove(message, now);
    const replayKey = message.MessageId;
    if (message.Type === 'SubscriptionConfirmation') await this.door.confirm(confirmUrlOf(message));
    return { replayKey, events: message.Type === 'Notification' ? sesEventsOf(message.Message) : [] };
  }

  /** Cheap checks first: a stranger must not make us fetch anything. */
  private async prove(message: SnsMessage, now: Date): Promise<void> {
    if (!this.topics.includes(message.TopicArn)) throw foreignTopic(message.TopicArn);
    if (!isCertificateUrl(message.SigningCertURL))
      throw badHookSignature(this.provider, 'Its certificate does not lie at sns.<region>.amazonaws.com.');
    const age = now.getTime() - Date.parse(message.Timestamp);
    if (!(Math.abs(age) <= WINDOW_MS)) throw staleHook(this.provider);
    if (!isSignedBy(message, await this.door.keyOf(message.SigningCertURL, now)))
      throw badHookSignature(this.provider, 'It was changed on the way, or SNS did not send it.');
  }
}

const confirmUrlOf = ({ SubscribeURL = '', TopicArn }: SnsMessage): string => {
  if (isConfirmUrl(SubscribeURL, TopicArn)) return SubscribeURL;
  throw malformedHook('ses', 'SubscribeURL: it does not confirm this topic at sns.<region>.amazonaws.com');
};
