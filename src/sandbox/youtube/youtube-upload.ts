import type { Call, Reply } from '../http/call.js';
import { drain, header, json, jsonBody } from '../http/call.js';
import { ByteTally } from '../http/byte-tally.js';
import { markerIn } from '../truth/truth-feed.js';
import { drawFailure, drawLatenessMs, runProcessing } from '../world/processing.js';
import type { World } from '../world/world.js';
import { notSignedIn, youtubeError } from './youtube-errors.js';
import { readMetadata } from './youtube-metadata.js';
import { showVideo } from './youtube-resources.js';
import type { UploadSession, YouTubeAccount, YouTubeState, YouTubeVideo } from './youtube-state.js';

/** All chunks but the last are multiples of this (`platforms.md` 3.3). */
const CHUNK_UNIT_BYTES = 262_144;
/** Not documented for YouTube; other Google uploads keep sessions about a week. */
const SESSION_LIFE_MS = 7 * 86_400_000;

interface Range {
  readonly first: number;
  readonly last: number;
  readonly total: number;
}

/** The resumable protocol of `platforms.md` 3.3; the video exists with the final byte. */
export class YouTubeUpload {
  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
  ) {}

  session(call: Call): UploadSession | undefined {
    const session = this.state.sessions.get(call.url.searchParams.get('upload_id') ?? '');
    return session && session.createdMs + SESSION_LIFE_MS > this.world.clock.nowMs() ? session : undefined;
  }

  start(account: YouTubeAccount, call: Call): Reply {
    const metadata = readMetadata(jsonBody(call) ?? {});
    if ('status' in metadata) return metadata;
    const { shortsDailyInserts, shortsForcedPrivate } = this.world.settings;
    this.state.insertsToday += 1;
    if (shortsDailyInserts > 0 && this.state.insertsToday > shortsDailyInserts) {
      return youtubeError(403, 'quotaExceeded', 'You have exceeded your quota.', 'youtube.quota');
    }
    const uploadId = `ABg${this.world.ids.word(60)}`;
    const length = Number(header(call, 'x-upload-content-length'));
    this.state.sessions.set(uploadId, {
      uploadId,
      account,
      metadata: shortsForcedPrivate ? { ...metadata, privacyStatus: 'private' } : metadata,
      totalBytes: Number.isSafeInteger(length) && length > 0 ? length : undefined,
      createdMs: this.world.clock.nowMs(),
      tally: new ByteTally(),
    });
    const location = `${call.origin}${call.url.pathname}?uploadType=resumable&upload_id=${uploadId}`;
    return { status: 200, headers: { location, 'x-guploader-uploadid': uploadId } };
  }

  /** `PUT {session}`, bytes or probe. @param account who signed the call; undefined when no live token came */
  async put(call: Call, account: YouTubeAccount | undefined): Promise<Reply> {
    const session = this.session(call);
    if (!session) {
      await drain(call.request);
      return youtubeError(404, 'notFound', 'Upload session not found.', 'global');
    }
    // The session URI is a capability by itself; a token is checked only when one is sent.
    if (!account && header(call, 'authorization')) {
      await drain(call.request);
      return notSignedIn();
    }
    if (session.video) {
      await drain(call.request);
      return json(200, showVideo(session.video, ['snippet', 'status']));
    }
    if (isProbe(call)) return incomplete(session);
    return this.store(call, session);
  }

  private async store(call: Call, session: UploadSession): Promise<Reply> {
    const range = rangeOf(call, session);
    const fault = range ? this.rangeFault(range, session) : 'Malformed Content-Range.';
    if (!range || fault) {
      await drain(call.request);
      return youtubeError(400, 'badRequest', fault ?? 'Malformed Content-Range.', 'global');
    }
    session.totalBytes = range.total;
    if (range.first > session.tally.bytes) {
      await drain(call.request);
      return incomplete(session);
    }
    const { account } = session;
    const partial = this.world.faults.draw(['partial-upload'], { platform: 'shorts', step: 'upload', account });
    const length = range.last - range.first + 1;
    await session.tally.addFrom(
      skip(call.request, session.tally.bytes - range.first),
      partial ? Math.floor(length / 2) : length,
    );
    if (session.tally.bytes < range.total) return incomplete(session);
    session.video ??= this.create(session);
    return json(200, showVideo(session.video, ['snippet', 'status']));
  }

  private rangeFault({ first, last, total }: Range, session: UploadSession): string | undefined {
    if (session.totalBytes !== undefined && session.totalBytes !== total) return 'The total changed.';
    const isFinal = last === total - 1;
    return isFinal || (last - first + 1) % CHUNK_UNIT_BYTES === 0 ? undefined : 'Not a multiple of 256 KiB.';
  }

  private create(session: UploadSession): YouTubeVideo {
    const { account, metadata, uploadId } = session;
    const id = this.world.ids.word(11);
    const rejectionReason = drawFailure(this.world, account, 'termsOfUse');
    const latenessMs = drawLatenessMs(this.world, account);
    const post = {
      platform: 'shorts' as const,
      accountExternalId: account.externalId,
      platformPostId: id,
      handle: uploadId,
      caption: metadata.description || metadata.title,
      title: metadata.title,
      tags: metadata.tags,
      ...markerIn([...metadata.tags, metadata.description, metadata.title]),
      createdAt: this.world.clock.iso(),
      liveAt: null,
      ...session.tally.facts(),
    };
    const listedMs = this.world.clock.nowMs() + this.world.settings.shortsListLagMs + latenessMs;
    const video: YouTubeVideo = { id, account, metadata, post, listedMs, uploadStatus: 'uploaded' };
    this.state.videos.set(id, video);
    if (rejectionReason === undefined) this.world.truth.accept(post);
    runProcessing(this.world, account, this.world.settings.shortsProcessingMs + latenessMs, () => {
      if (!this.state.videos.has(id)) return;
      if (rejectionReason !== undefined) Object.assign(video, { uploadStatus: 'rejected', rejectionReason });
      else {
        video.uploadStatus = 'processed';
        this.world.truth.markLive(post);
      }
    });
    return video;
  }
}

/** `Content-Range: bytes *\/total` without a body asks how far we are. */
export const isProbe = (call: Call): boolean => /^bytes \*\/(\d+|\*)$/.test(header(call, 'content-range') ?? '');

/** Without a `Content-Range` one PUT carries everything. */
const rangeOf = (call: Call, session: UploadSession): Range | undefined => {
  const value = header(call, 'content-range');
  if (value === undefined) {
    const total = session.totalBytes ?? Number(header(call, 'content-length'));
    return total > 0 ? { first: 0, last: total - 1, total } : undefined;
  }
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(value);
  if (!match) return undefined;
  const [first, last, total] = match.slice(1).map(Number) as [number, number, number];
  return last >= first && last < total ? { first, last, total } : undefined;
};

/** 308 with what is stored; no `Range` when nothing is. */
const incomplete = ({ tally }: UploadSession): Reply => ({
  status: 308,
  headers: tally.bytes > 0 ? { range: `bytes=0-${tally.bytes - 1}` } : {},
});

/** Leaves out bytes that were sent before. */
async function* skip(parts: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const part of parts) {
    if (part.length > left) yield part.subarray(left);
    left = Math.max(0, left - part.length);
  }
}
