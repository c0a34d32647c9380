import type { Call, Reply } from '../http/call.js';
import { drain, header, json, jsonBody, readBody } from '../http/call.js';
import { ByteTally } from '../http/byte-tally.js';
import type { World } from '../world/world.js';
import { noChannel, youtubeError } from './youtube-errors.js';
import { readMetadata } from './youtube-metadata.js';
import type { VideoMetadata } from './youtube-metadata.js';
import { readRelated } from './youtube-multipart.js';
import { isReply, readParts } from './youtube-query.js';
import { incomplete, isProbe, isProbeOf, readRange } from './youtube-range.js';
import type { ByteRange } from './youtube-range.js';
import { showVideo } from './youtube-resources.js';
import type { UploadSession, YouTubeAccount, YouTubeState, YouTubeVideo } from './youtube-state.js';
import { YouTubeVideos } from './youtube-videos.js';

const WRITABLE_PARTS = ['id', 'snippet', 'status', 'contentDetails', 'recordingDetails', 'localizations'];
const MEDIA_TYPE = /^(video\/[\w.+-]+|application\/octet-stream)$/;
const DAY_MS = 86_400_000;
/** A simple upload is kept in memory. */
const MAX_SIMPLE_BYTES = 64 * 1024 * 1024;

/** Uploads of `platforms.md` 3.3; the video exists with the final byte. */
export class YouTubeUpload {
  readonly #videos: YouTubeVideos;

  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
  ) {
    this.#videos = new YouTubeVideos(world, state);
  }

  session(call: Call): UploadSession | undefined {
    const session = this.state.sessions.get(call.url.searchParams.get('upload_id') ?? '');
    const lifeMs = this.world.settings.shortsSessionLifeMs;
    return session && session.createdMs + lifeMs > this.world.clock.nowMs() ? session : undefined;
  }

  /** `POST ?uploadType=resumable`: opens a session; nothing visible exists yet. */
  start(account: YouTubeAccount, call: Call): Reply {
    const body = jsonBody(call);
    const metadata = this.accepted(account, call, body ?? {});
    if (!('title' in metadata)) return metadata;
    const mediaType = header(call, 'x-upload-content-type') ?? 'application/octet-stream';
    if (!MEDIA_TYPE.test(mediaType)) return badContent(mediaType);
    const uploadId = `ABg${this.world.ids.word(60)}`;
    const length = Number(header(call, 'x-upload-content-length'));
    this.state.sessions.set(uploadId, {
      uploadId,
      account,
      metadata,
      totalBytes: Number.isSafeInteger(length) && length > 0 ? length : undefined,
      createdMs: this.world.clock.nowMs(),
      tally: new ByteTally(),
      turn: 0,
    });
    const location = `${call.origin}${call.url.pathname}?uploadType=resumable&upload_id=${uploadId}`;
    return { status: 200, headers: { location, 'x-guploader-uploadid': uploadId } };
  }

  /** `POST ?uploadType=multipart`: metadata and bytes in one call, which is the commit. */
  async simple(account: YouTubeAccount, call: Call): Promise<Reply> {
    const body = await readBody(call.request, MAX_SIMPLE_BYTES);
    const parts = readRelated(header(call, 'content-type') ?? '', body);
    if (!parts) return youtubeError(400, 'badRequest', 'Not a multipart/related body of two parts.', 'global');
    const metadata = this.accepted(account, call, parts.metadata);
    if (!('title' in metadata)) return metadata;
    if (!MEDIA_TYPE.test(parts.mediaType)) return badContent(parts.mediaType);
    if (parts.media.length === 0) return youtubeError(400, 'mediaBodyRequired', 'The request has no media.');
    const tally = new ByteTally();
    tally.add(parts.media);
    const uploadId = `ABs${this.world.ids.word(60)}`;
    return created(this.#videos.create({ account, metadata, uploadId, facts: tally.facts() }));
  }

  /** `PUT {session}`, bytes or probe. @param caller who signed the call, or the refusal of its token */
  async put(call: Call, caller: YouTubeAccount | Reply): Promise<Reply> {
    const session = this.session(call);
    const refusal = session ? refusalOf(call, session, caller) : notFound();
    if (!session || refusal || session.video) {
      await drain(call.request);
      return refusal ?? created(session!.video!);
    }
    return isProbe(call) ? incomplete(session) : this.store(call, session);
  }

  private async store(call: Call, session: UploadSession): Promise<Reply> {
    const range = readRange(call, session);
    if (typeof range === 'string') {
      await drain(call.request);
      return youtubeError(400, 'badRequest', range, 'global');
    }
    session.totalBytes = range.total;
    if (range.first > session.tally.bytes) await drain(call.request);
    else await this.take(call, session, range);
    if (session.tally.bytes < range.total) return incomplete(session);
    const { account, metadata, uploadId, tally } = session;
    session.video ??= this.#videos.create({ account, metadata, uploadId, facts: tally.facts() });
    return created(session.video);
  }

  private async take(call: Call, session: UploadSession, { first, last }: ByteRange): Promise<void> {
    const { account } = session;
    session.turn += 1;
    const partial = this.world.faults.draw(['partial-upload'], { platform: 'shorts', step: 'upload', account });
    const length = last - first + 1;
    const fresh = unseen(call.request, session, first);
    await session.tally.addFrom(fresh, partial ? Math.floor(length / 2) : length);
  }

  /** What every insert must pass before a byte is looked at. */
  private accepted(
    account: YouTubeAccount,
    call: Call,
    body: Readonly<Record<string, unknown>>,
  ): VideoMetadata | Reply {
    if (!account.hasChannel) return noChannel();
    const parts = readParts(call, WRITABLE_PARTS);
    if (isReply(parts)) return parts;
    const metadata = readMetadata(body);
    if (!('title' in metadata)) return metadata;
    const { shortsChannelDailyUploads: limit } = this.world.settings;
    const sinceMs = this.world.clock.nowMs() - DAY_MS;
    const recent = this.state.videosOf(account).filter(({ post }) => Date.parse(post.createdAt) > sinceMs);
    return limit > 0 && recent.length >= limit
      ? youtubeError(400, 'uploadLimitExceeded', 'The user has exceeded the number of videos they may upload.')
      : metadata;
  }
}

const created = (video: YouTubeVideo): Reply =>
  json(200, showVideo(video, { parts: ['snippet', 'status'], isOwner: true }));

const notFound = (): Reply => youtubeError(404, 'notFound', 'Upload session not found.', 'global');

const badContent = (type: string): Reply =>
  youtubeError(400, 'badContent', `Media type '${type}' is not supported. Valid: video/*, application/octet-stream.`);

/** The session URI is a capability by itself; a token is checked only when one is sent. */
const refusalOf = (call: Call, session: UploadSession, caller: YouTubeAccount | Reply): Reply | undefined => {
  if (header(call, 'authorization') !== undefined && 'status' in caller) return caller;
  if ('externalId' in caller && caller !== session.account) {
    return youtubeError(403, 'forbidden', 'The upload session belongs to another account.', 'global');
  }
  if (isProbe(call) && !isProbeOf(call, session)) {
    return youtubeError(400, 'badRequest', 'The total is not the one of this session.', 'global');
  }
  return undefined;
};

/** Leaves out bytes that are stored, and stops giving any once a later PUT has taken over. */
async function* unseen(parts: AsyncIterable<Buffer>, session: UploadSession, first: number): AsyncGenerator<Buffer> {
  const { turn } = session;
  let at = first;
  for await (const part of parts) {
    const known = Math.max(0, session.tally.bytes - at);
    at += part.length;
    if (session.turn === turn && part.length > known) yield part.subarray(known);
  }
}
