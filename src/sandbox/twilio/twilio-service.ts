import type { Call, Reply } from '../http/call.js';
import { bearer, formBody, json } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import { markerIn } from '../truth/truth-feed.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import { drawFailure, runProcessing } from '../world/processing.js';
import type { World } from '../world/world.js';
import { refuse, TWILIO_DIALECT } from './twilio-errors.js';
import { postForm } from './twilio-hooks.js';
import { SANDBOX_TWILIO, type TwilioMessage, TwilioState } from './twilio-state.js';

const MAX_BODY = 1_600;
const NUMBER = /^\+[1-9]\d{6,14}$/;
const SENDER = /^(\+[1-9]\d{6,14}|MG[0-9a-f]{32})$/;
const PATH = '/2010-04-01/Accounts/([^/]+)';

/**
 * Twilio's Messages resource (https://www.twilio.com/docs/messaging/api/message-resource, read 2026-11). Its accounts
 * are phones: a fault strikes the phone it names. `fail` ends in `undelivered` with its code, `stuck` in no receipt.
 */
export class TwilioService implements PlatformService {
  readonly platform = 'sms' as const;
  readonly steps = ['send', 'read'];
  readonly dialect = TWILIO_DIALECT;
  readonly state = new TwilioState();

  constructor(private readonly world: World) {}

  readonly routes: readonly Route[] = [
    {
      method: 'POST',
      path: new RegExp(`^${PATH}/Messages\\.json$`),
      step: 'send',
      handle: (call) => this.known(call) ?? this.send(formBody(call)),
    },
    {
      method: 'GET',
      path: new RegExp(`^${PATH}/Messages/(\\w+)\\.json$`),
      step: 'read',
      handle: (call) => this.known(call) ?? this.read(call.params[1] ?? ''),
    },
  ];

  identify(call: Call): SandboxAccount | undefined {
    const to = formBody(call)['To'];
    return to === undefined ? undefined : phoneOf(to);
  }

  expireTokens(): void {
    // Basic authentication: there is nothing that could run out.
  }

  /** A phone; its number is free to choose. */
  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    const number = spec.handle ?? `+1415${this.world.ids.number(5_550_000n)}`;
    return Promise.resolve({ externalId: number, handle: number, credentials: {} });
  }

  reset(): void {
    this.state.reset();
  }

  private known(call: Call): Reply | undefined {
    const { accountSid, authToken } = SANDBOX_TWILIO;
    const expected = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
    return call.params[0] === accountSid && bearer(call, 'Basic') === expected ? undefined : refuse(20003);
  }

  private send(form: Readonly<Record<string, string>>): Reply {
    const { To: to, Body: body, StatusCallback: statusCallback } = form;
    const from = form['From'] ?? form['MessagingServiceSid'];
    if (!to) return refuse(21604);
    if (!from) return refuse(21603);
    if (!body) return refuse(21602);
    if (!NUMBER.test(to)) return refuse(21211);
    if (!SENDER.test(from)) return refuse(21212);
    if (body.length > MAX_BODY) return refuse(21617);
    if (this.state.isClosed(from, to)) return refuse(21610);
    const message = this.take({ to, from, body, statusCallback });
    const phone = phoneOf(to);
    runProcessing(this.world, phone, this.world.settings.smsDeliveryMs, () => this.deliver(message, phone));
    return json(201, this.show(message));
  }

  private take(given: Pick<TwilioMessage, 'to' | 'from' | 'body' | 'statusCallback'>): TwilioMessage {
    const sid = `SM${Buffer.from(this.world.ids.word(16)).toString('hex')}`;
    const createdAt = this.world.clock.iso();
    const post = {
      platform: 'sms' as const,
      accountExternalId: given.to,
      platformPostId: sid,
      handle: sid,
      caption: given.body,
      ...markerIn([given.body]),
      createdAt,
      liveAt: null,
      sha256: '',
      bytes: Buffer.byteLength(given.body),
    };
    const message: TwilioMessage = { sid, ...given, post, createdAt, status: 'queued', errorCode: undefined };
    this.state.messages.push(message);
    this.world.truth.accept(post);
    return message;
  }

  /** What the carrier does, told as it happens. */
  private async deliver(message: TwilioMessage, phone: SandboxAccount): Promise<void> {
    message.status = 'sent';
    await this.tell(message);
    const failure = drawFailure(this.world, phone, '30003');
    message.status = failure === undefined ? 'delivered' : 'undelivered';
    if (failure === undefined) this.world.truth.markLive(message.post);
    else message.errorCode = Number(failure);
    await this.tell(message);
  }

  private async tell({ sid, to, from, status, errorCode, statusCallback }: TwilioMessage): Promise<void> {
    if (!statusCallback) return;
    const fields = {
      AccountSid: SANDBOX_TWILIO.accountSid,
      MessageSid: sid,
      MessageStatus: status,
      To: to,
      From: from,
      ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
    };
    for (let copy = 0; copy < this.world.settings.smsWebhookCopies; copy += 1) await postForm(statusCallback, fields);
  }

  private read(sid: string): Reply {
    const message = this.state.messages.find((one) => one.sid === sid);
    return message ? json(200, this.show(message)) : refuse(20404);
  }

  private show({ sid, to, from, body, status, errorCode, createdAt }: TwilioMessage): Record<string, unknown> {
    const { accountSid } = SANDBOX_TWILIO;
    return {
      sid,
      account_sid: accountSid,
      to,
      from: from.startsWith('MG') ? null : from,
      messaging_service_sid: from.startsWith('MG') ? from : null,
      body,
      status,
      direction: 'outbound-api',
      date_created: new Date(createdAt).toUTCString(),
      error_code: errorCode ?? null,
      error_message: null,
      price: null,
      uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
    };
  }
}

const phoneOf = (number: string): SandboxAccount => ({ platform: 'sms', externalId: number, handle: number });
