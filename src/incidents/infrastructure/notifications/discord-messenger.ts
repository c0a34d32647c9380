import { z } from 'zod';
import { SECOND_MS } from '../../../kernel/durations.js';
import type { PlatformHttp } from '../../../platforms/index.js';
import type { Destination } from '../../domain/notifications/destination.js';
import type { Message } from '../../domain/notifications/message.js';
import type { SendResult } from '../../domain/notifications/send.policy.js';
import { hidden, readBody } from './answers.js';

/** Longest content, UTF-16 units: https://discord.com/developers/docs/resources/webhook, read 2026-11. */
const MAX_CONTENT = 2_000;
/** Message flag: links get no preview. */
const SUPPRESS_EMBEDS = 4;
/** "Unknown webhook", "invalid webhook token", "unknown channel" (`platforms.md` 6.1): asking again gets us banned. */
const GONE_CODES = [10015, 50027, 10003];

const error = z.object({ code: z.number(), message: z.string().optional(), retry_after: z.number().optional() });
const limited = z.object({ retry_after: z.number() });
const created = z.object({ id: z.string() });

/** Messages to a Discord channel by its webhook. Nobody is pinged, whatever a name in them says. */
export class DiscordMessenger {
  constructor(
    private readonly http: PlatformHttp,
    private readonly apiUrl: string,
  ) {}

  async send(to: Extract<Destination, { kind: 'discord' }>, message: Message): Promise<SendResult> {
    const thread = to.threadId === undefined ? '' : `&thread_id=${to.threadId}`;
    const answer = await this.http.send({
      method: 'POST',
      // Without `wait` Discord answers 204 even for a message that it did not keep.
      url: `${this.apiUrl}/webhooks/${to.webhookId}/${to.token}?wait=true${thread}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        content: contentOf(message),
        allowed_mentions: { parse: [] },
        flags: SUPPRESS_EMBEDS,
      }),
      signal: new AbortController().signal,
      irreversible: true,
    });
    if (answer.kind === 'not_sent') return { kind: 'not_sent', lasting: 'temporary', detail: answer.detail };
    if (answer.kind === 'no_answer') return { kind: 'unknown', detail: answer.detail };
    return resultOf(answer.status, answer.text, to.token);
  }
}

const resultOf = (status: number, text: string, token: string): SendResult => {
  if (status === 200) {
    const message = readBody(text, created);
    return message
      ? { kind: 'delivered', detail: `Discord took it as message ${message.id}.`, code: '200' }
      : { kind: 'unknown', detail: 'Discord answered 200 with something that is no message.', code: '200' };
  }
  const refusal = readBody(text, error);
  const code = refusal ? `${status}/${refusal.code}` : String(status);
  const wait = status === 429 ? readBody(text, limited) : undefined;
  if (wait) {
    const retryAfterMs = Math.ceil(wait.retry_after * SECOND_MS);
    return { kind: 'not_sent', lasting: 'temporary', detail: 'Discord asks to wait.', code, retryAfterMs };
  }
  // Only Discord's own refusal proves that nothing was posted; an edge's page does not.
  if (!refusal || status >= 500) return { kind: 'unknown', detail: `Discord answered ${status}.`, code };
  const isGone = GONE_CODES.includes(refusal.code);
  const detail = `Discord refused it: ${hidden(refusal.message ?? 'no reason given', [token])}`;
  return { kind: 'not_sent', lasting: 'permanent', detail, code, isGone };
};

const contentOf = ({ subject, text }: Message): string =>
  // A name must not become a link with other words on it.
  `**${subject}**\n${text}`.replaceAll('](', '] (').slice(0, MAX_CONTENT).toWellFormed();
