import type { PublishMedia } from '../../domain/publish-content.js';
import { multipartBody } from '../../infrastructure/multipart-body.js';
import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import type { TelegramConfig } from './telegram.config.js';

/** Fields of `sendVideo` beside the video itself; only what is given is sent. */
export type VideoFields = Readonly<Record<string, string | number | boolean>>;

/** Bot API calls on the wire (`platforms.md` 6.2). The token is part of the path: no URL of ours may be logged. */
export class TelegramClient {
  constructor(
    private readonly config: TelegramConfig,
    private readonly http: PlatformHttp,
  ) {}

  /** A path that no token has: answered with a documented refusal, and counted against nobody. */
  alive(signal: AbortSignal): Promise<PlatformAnswer> {
    return this.http.send({ method: 'GET', url: `${this.config.apiUrl}/bot/getMe`, signal });
  }

  /** A read, or a call that may be made twice. */
  call(token: string, method: string, fields: VideoFields, signal: AbortSignal): Promise<PlatformAnswer> {
    return this.post(token, method, { fields, signal, irreversible: false });
  }

  /** The tiny call that makes the post: the video is at Telegram already. */
  sendStaged(token: string, fields: VideoFields, signal: AbortSignal): Promise<PlatformAnswer> {
    return this.post(token, 'sendVideo', { fields, signal, irreversible: true });
  }

  /** Words alone; a repeat is a second message. */
  sendText(token: string, fields: VideoFields, signal: AbortSignal): Promise<PlatformAnswer> {
    return this.post(token, 'sendMessage', { fields, signal, irreversible: true });
  }

  /** Words and bytes in one call. @param irreversible false where a second copy does no harm (the staging chat) */
  sendBytes(
    token: string,
    fields: VideoFields,
    { media, signal, irreversible }: { media: PublishMedia; signal: AbortSignal; irreversible: boolean },
  ): Promise<PlatformAnswer> {
    const texts = Object.entries(fields).map(([name, value]) => ({ name, value: String(value) }));
    const form = multipartBody(texts, { name: 'video', media });
    const url = `${this.config.apiUrl}/bot${token}/sendVideo`;
    return this.http.send({ method: 'POST', url, ...form, signal, kind: 'upload', irreversible });
  }

  private post(
    token: string,
    method: string,
    { fields, signal, irreversible }: { fields: VideoFields; signal: AbortSignal; irreversible: boolean },
  ): Promise<PlatformAnswer> {
    return this.http.send({
      method: 'POST',
      url: `${this.config.apiUrl}/bot${token}/${method}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
      signal,
      irreversible,
    });
  }
}
