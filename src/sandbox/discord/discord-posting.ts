import type { Call, Reply } from '../http/call.js';
import { json, jsonBody, readBody } from '../http/call.js';
import { factsOf, isMultipart, readMultipart, type UploadedFile } from '../http/multipart.js';
import { markerIn } from '../truth/truth-feed.js';
import { drawLatenessMs } from '../world/processing.js';
import type { World } from '../world/world.js';
import { badField, rateLimited, refuse } from './discord-errors.js';
import type { DiscordAccount, DiscordMessage, DiscordState } from './discord-state.js';

const MAX_CONTENT = 2_000;
const MAX_NONCE = 25;
const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Files and the form around them. */
const MAX_BODY_BYTES = MAX_FILE_BYTES + 64 * 1024;
/** How long a nonce is remembered, ms ("a few minutes"). */
const NONCE_MEMORY_MS = 120_000;
/** Messages per webhook or bot and window (`platforms.md` 6.1). */
const WINDOW_MS = 2_000;
const PER_WINDOW = 5;

interface Draft {
  readonly content: string;
  readonly nonce?: string;
  readonly enforcesNonce: boolean;
  readonly file?: UploadedFile;
}

const isReply = (value: Draft | Reply): value is Reply => 'status' in value;

/** Creating messages, by webhook and by bot. */
export class DiscordPosting {
  constructor(
    private readonly world: World,
    private readonly state: DiscordState,
  ) {}

  async create(account: DiscordAccount, call: Call): Promise<DiscordMessage | Reply> {
    const draft = await this.read(call);
    if (isReply(draft)) return draft;
    const repeated = draft.enforcesNonce ? this.remembered(account, draft.nonce) : undefined;
    if (repeated) return repeated;
    if (this.overRate(account)) return rateLimited();
    return this.accept(account, draft);
  }

  /** What the API shows of a message; a nonce is only told to the one who just sent it. */
  show(message: DiscordMessage, withNonce = false): Record<string, unknown> {
    const { id, account, content, createdMs, nonce, file } = message;
    const url = `https://cdn.example/attachments/${account.channelId}/${id}/${file?.name ?? ''}`;
    return {
      id,
      type: 0,
      channel_id: account.channelId,
      content,
      timestamp: new Date(createdMs).toISOString().replace('Z', '000+00:00'),
      author: { id: account.authorId, username: account.handle, bot: true },
      attachments: file ? [{ id: `${id}0`, filename: file.name, size: file.size, url }] : [],
      ...(account.mode === 'webhook' ? { webhook_id: account.authorId } : {}),
      ...(withNonce && nonce !== undefined ? { nonce } : {}),
    };
  }

  edit(message: DiscordMessage, call: Call): Reply {
    const content = jsonBody(call)?.['content'];
    if (typeof content !== 'string' || content.length > MAX_CONTENT)
      return badField('content', 'BASE_TYPE_BAD_LENGTH', 'Must be 2000 or fewer in length.');
    message.content = content;
    return json(200, this.show(message));
  }

  private async read(call: Call): Promise<Draft | Reply> {
    if (Number(call.request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return refuse(40005);
    const body = await readBody(call.request, MAX_BODY_BYTES).catch(() => undefined);
    if (!body) return refuse(40005);
    const form = isMultipart(call) ? readMultipart(call, body) : { fields: {}, files: [] };
    if (!form) return refuse(50035);
    const text = isMultipart(call) ? (form.fields['payload_json'] ?? '{}') : body.toString('utf8');
    const payload = jsonBody({ ...call, body: Buffer.from(text) });
    const [file] = form.files;
    return payload ? this.draft(payload, file) : refuse(50035);
  }

  private draft(payload: Readonly<Record<string, unknown>>, file: UploadedFile | undefined): Draft | Reply {
    const content = payload['content'] ?? '';
    const nonce = payload['nonce'];
    if (typeof content !== 'string')
      return badField('content', 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
    if (content.length > MAX_CONTENT)
      return badField('content', 'BASE_TYPE_BAD_LENGTH', 'Must be 2000 or fewer in length.');
    if (content.trim() === '' && !file) return refuse(50006);
    if (file && file.bytes.length > MAX_FILE_BYTES) return refuse(40005);
    if (file && !/^files\[\d\]$/.test(file.field)) return refuse(50035);
    const hasNonce = typeof nonce === 'string' || typeof nonce === 'number';
    if (hasNonce && String(nonce).length > MAX_NONCE)
      return badField('nonce', 'NONCE_TYPE_TOO_LONG', 'Must be 25 or fewer in length.');
    return {
      content,
      enforcesNonce: payload['enforce_nonce'] === true,
      ...(hasNonce ? { nonce: String(nonce) } : {}),
      ...(file ? { file } : {}),
    };
  }

  private remembered(account: DiscordAccount, nonce: string | undefined): DiscordMessage | undefined {
    const sinceMs = this.world.clock.nowMs() - NONCE_MEMORY_MS;
    return this.state.messages.find(
      (message) =>
        message.account.authorId === account.authorId && message.nonce === nonce && message.createdMs >= sinceMs,
    );
  }

  private overRate({ authorId }: DiscordAccount): boolean {
    if (!this.world.settings.discordRateLimits) return false;
    const sinceMs = this.world.clock.nowMs() - WINDOW_MS;
    const recent = this.state.messages.filter(
      (message) => message.account.authorId === authorId && message.createdMs > sinceMs,
    );
    return recent.length >= PER_WINDOW;
  }

  private accept(account: DiscordAccount, { content, nonce, file }: Draft): DiscordMessage {
    const id = String(this.world.ids.number(1_330_000_000_000_000_000n));
    const createdMs = this.world.clock.nowMs();
    const at = this.world.clock.iso();
    const post = {
      platform: 'discord' as const,
      accountExternalId: account.externalId,
      platformPostId: id,
      handle: nonce ?? id,
      caption: content,
      ...markerIn([content]),
      createdAt: at,
      liveAt: at,
      ...factsOf(file),
    };
    const message: DiscordMessage = {
      id,
      account,
      content: content.trim(),
      createdMs,
      post,
      listedFromMs: createdMs + drawLatenessMs(this.world, account),
      ...(nonce === undefined ? {} : { nonce }),
      ...(file ? { file: { name: file.fileName, size: file.bytes.length } } : {}),
    };
    this.state.messages.push(message);
    this.world.truth.accept(post);
    this.world.truth.markLive(post);
    return message;
  }
}
