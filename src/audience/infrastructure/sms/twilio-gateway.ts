import type { OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { SECOND_MS } from '../../../kernel/durations.js';
import type { PlatformHttp } from '../../../platforms/index.js';
import { type Sms, type SmsDelivery, SmsGateway } from '../../domain/sms/sms-gateway.port.js';

/** Our account at a provider that speaks Twilio's API. */
export interface TwilioAccount {
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
}

const created = z.object({ sid: z.string().min(1).max(64), status: z.string() });
const refusal = z.object({ code: z.number(), message: z.string() });

/**
 * Refusals that judge the number or the text; all others are about our account or the sender, and concern every text.
 * Source: https://www.twilio.com/docs/api/errors, read 2026-11.
 */
const ABOUT_THE_MESSAGE = new Set([21211, 21214, 21217, 21408, 21610, 21612, 21614, 21617, 30034, 21602, 21605]);
/** "Attempt to send to unsubscribed recipient": the number said STOP to the provider. */
const HAS_STOPPED = 21610;

/** Twilio's Messages resource, by our own HTTP door. */
export class TwilioGateway extends SmsGateway implements OnApplicationShutdown {
  constructor(
    private readonly http: PlatformHttp,
    private readonly account: TwilioAccount,
  ) {
    super();
  }

  override get isConfigured(): boolean {
    return this.account.accountSid !== '' && this.account.authToken !== '';
  }

  async send({ to, from, body, receiptUrl }: Sms): Promise<SmsDelivery> {
    const { apiUrl, accountSid, authToken } = this.account;
    const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from };
    const answer = await this.http.send({
      method: 'POST',
      url: `${apiUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      },
      body: new URLSearchParams({ To: to, ...sender, Body: body, StatusCallback: receiptUrl }).toString(),
      signal: new AbortController().signal,
      irreversible: true,
    });
    return deliveryOf(answer);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}

const deliveryOf = (answer: Awaited<ReturnType<PlatformHttp['send']>>): SmsDelivery => {
  if (answer.kind === 'not_sent')
    return { kind: 'refused', lasting: 'temporary', stage: 'route', reply: answer.detail };
  if (answer.kind === 'no_answer') return { kind: 'unknown', detail: answer.detail };
  const { status, text, headers } = answer;
  if (status === 201 || status === 200) {
    const message = read(text, created);
    return message
      ? { kind: 'accepted', providerId: message.sid, reply: message.status }
      : { kind: 'unknown', detail: `The provider answered ${status} with something that is no message.` };
  }
  return refusalOf(status, read(text, refusal), headers['retry-after']);
};

/** Only the provider's own words prove that nothing was taken; a gateway's page, or its own fault, does not. */
const refusalOf = (
  status: number,
  said: z.infer<typeof refusal> | undefined,
  retryAfter: string | undefined,
): SmsDelivery => {
  if (status === 429) {
    const seconds = Number(retryAfter);
    const wait = seconds > 0 ? { retryAfterMs: seconds * SECOND_MS } : {};
    return { kind: 'refused', lasting: 'temporary', stage: 'route', reply: 'Too many requests.', ...wait };
  }
  if (!said || status >= 500) return { kind: 'unknown', detail: `The provider answered ${status}.` };
  const reply = `${said.code}: ${said.message}`;
  // 401 and a wrong sender are for a person to mend; the texts wait.
  if (!ABOUT_THE_MESSAGE.has(said.code)) return { kind: 'refused', lasting: 'temporary', stage: 'route', reply };
  const stopped = said.code === HAS_STOPPED ? ({ hasStopped: true } as const) : {};
  return { kind: 'refused', lasting: 'permanent', stage: 'message', reply, ...stopped };
};

const read = <T>(text: string, schema: z.ZodType<T>): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
