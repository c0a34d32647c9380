import { z } from 'zod';
import { SECOND_MS } from '../../../kernel/durations.js';
import type { PlatformHttp } from '../../../platforms/index.js';
import type { Destination } from '../../domain/notifications/destination.js';
import type { Message } from '../../domain/notifications/message.js';
import type { SendResult } from '../../domain/notifications/send.policy.js';
import { hidden, readBody } from './answers.js';

/** Longest text, characters: https://core.telegram.org/bots/api#sendmessage, read 2026-11. */
const MAX_TEXT = 4_096;
/** 401, 404: no such bot. 403: kicked out, or blocked. */
const GONE_CODES = [401, 403, 404];

const sent = z.object({ ok: z.literal(true), result: z.object({ message_id: z.number() }) });
const refused = z.object({
  ok: z.literal(false),
  error_code: z.number(),
  description: z.string().optional(),
  parameters: z
    .object({
      retry_after: z.number().optional(),
      migrate_to_chat_id: z.union([z.number(), z.string()]).transform(String).optional(),
    })
    .optional(),
});
type Refused = z.infer<typeof refused>;

/** Messages to a Telegram chat by a bot; plain text, so that no name in it can be markup. */
export class TelegramMessenger {
  constructor(
    private readonly http: PlatformHttp,
    private readonly apiUrl: string,
  ) {}

  async send(to: Extract<Destination, { kind: 'telegram' }>, message: Message): Promise<SendResult> {
    const text = `${message.subject}\n\n${message.text}`.slice(0, MAX_TEXT).toWellFormed();
    const answer = await this.http.send({
      method: 'POST',
      url: `${this.apiUrl}/bot${to.botToken}/sendMessage`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: to.chatId, text, link_preview_options: { is_disabled: true } }),
      signal: new AbortController().signal,
      irreversible: true,
    });
    if (answer.kind === 'not_sent')
      return { kind: 'not_sent', lasting: 'temporary', detail: hidden(answer.detail, [to.botToken]) };
    if (answer.kind === 'no_answer') return { kind: 'unknown', detail: hidden(answer.detail, [to.botToken]) };
    const done = readBody(answer.text, sent);
    if (done && answer.status === 200)
      return { kind: 'delivered', detail: `Telegram took it as message ${done.result.message_id}.`, code: '200' };
    const refusal = readBody(answer.text, refused);
    const code = String(answer.status);
    return refusal && refusal.error_code < 500
      ? refusalOf(refusal, to.botToken)
      : { kind: 'unknown', detail: `Telegram answered ${code}.`, code };
  }
}

const refusalOf = ({ error_code: status, description = '', parameters }: Refused, token: string): SendResult => {
  const code = String(status);
  if (status === 429) {
    const retryAfterMs = (parameters?.retry_after ?? 5) * SECOND_MS;
    return { kind: 'not_sent', lasting: 'temporary', detail: 'Telegram asks to wait.', code, retryAfterMs };
  }
  const chat = parameters?.migrate_to_chat_id;
  const detail =
    chat === undefined
      ? `Telegram refused it: ${hidden(description, [token])}`
      : `The group became a supergroup. Give its new chat id to this channel: ${hidden(chat, [])}`;
  return { kind: 'not_sent', lasting: 'permanent', detail, code, isGone: GONE_CODES.includes(status) };
};
