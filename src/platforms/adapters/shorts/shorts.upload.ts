import type { Clock } from '../../../kernel/clock.port.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import type { CommitOutcome, PrepareOutcome, Processing, Published, Rejected } from '../../domain/publish-outcome.js';
import { beforeCommit } from '../../domain/refusal.js';
import type { Video } from './shorts.answers.js';
import { CHUNK_BYTES } from './shorts.capabilities.js';
import type { ShortsClient } from './shorts.client.js';
import { uploadMetadata, wantedPrivacy } from './shorts.metadata.js';
import { DUPLICATE, type SessionState, silence, videoOutcome } from './shorts.outcomes.js';
import type { ShortsReader } from './shorts.reader.js';
import type { ShortsResume } from './shorts.resume.js';

const MAX_RESTARTS = 2;

/** The resumable protocol (`platforms.md` 3.3). One session makes at most one video, and only with its last byte. */
export class ShortsUpload {
  constructor(
    private readonly client: ShortsClient,
    private readonly reader: ShortsReader,
    private readonly clock: Clock,
  ) {}

  async begin(ctx: PlatformContext, content: PublishContent, restarts: number): Promise<PrepareOutcome> {
    const { bytes, mimeType } = content.media;
    const notify = content.options['notifySubscribers'] !== false;
    const startedAt = this.clock.now().toISOString();
    const answer = await this.client.startSession(ctx, uploadMetadata(content), { bytes, mimeType, notify });
    if (answer.kind !== 'response') return beforeCommit(silence(answer));
    if (answer.status !== 200) return beforeCommit(this.reader.refusal('videos.insert', answer));
    const uri = answer.headers['location'] ?? '';
    const handle = this.client.isUsable(uri) ? new URL(uri).searchParams.get('upload_id') : undefined;
    if (!handle) return { kind: 'unavailable', httpStatus: 200, detail: 'a session without a usable Location' };
    const privacy = wantedPrivacy(content.options);
    const { marker } = content;
    const token = { handle, secretSessionUri: uri, size: bytes, nextOffset: 0, privacy, restarts, marker, startedAt };
    return this.at(token, 0);
  }

  async resume(ctx: PlatformContext, content: PublishContent, token: ShortsResume): Promise<PrepareOutcome> {
    if (token.videoId !== undefined) return { kind: 'ready', resume: token };
    // Called again with nothing left but the last bytes: the server's own count decides where they begin.
    const state = isLast(token) ? await this.probe(ctx, token) : await this.sendChunk(ctx, content, token);
    switch (state.kind) {
      case 'incomplete':
        return this.at(token, state.nextOffset);
      case 'complete':
        return { kind: 'ready', resume: { ...token, videoId: state.video.id } };
      case 'gone':
        return this.restart(ctx, content, token);
      default:
        return beforeCommit(state);
    }
  }

  async commit(ctx: PlatformContext, content: PublishContent, token: ShortsResume): Promise<CommitOutcome> {
    const state = await this.send(ctx, content, token);
    switch (state.kind) {
      case 'complete':
        return { ...landed(state.video, token.privacy), httpStatus: state.httpStatus };
      case 'incomplete':
        // The server holds less than we sent: without the last byte there is no video.
        return { kind: 'unavailable', httpStatus: 308, detail: `stored up to ${state.nextOffset} of ${token.size}` };
      case 'gone':
        return { kind: 'unknown', httpStatus: state.httpStatus, detail: 'the session is gone' };
      default:
        return state;
    }
  }

  async probe(ctx: PlatformContext, token: ShortsResume): Promise<SessionState> {
    return this.reader.session(await this.client.probeSession(ctx, token.secretSessionUri, token.size));
  }

  /** A chunk that was refused or lost may be there already, after a crash for example: the server's count decides. */
  private async sendChunk(ctx: PlatformContext, content: PublishContent, token: ShortsResume): Promise<SessionState> {
    const state = await this.send(ctx, content, token);
    if (state.kind !== 'rejected' && state.kind !== 'unknown') return state;
    const stored = await this.probe(ctx, token);
    return stored.kind === 'incomplete' && stored.nextOffset === token.nextOffset ? state : stored;
  }

  private async send(ctx: PlatformContext, content: PublishContent, token: ShortsResume): Promise<SessionState> {
    const irreversible = isLast(token);
    const first = token.nextOffset;
    const last = irreversible ? token.size - 1 : first + CHUNK_BYTES - 1;
    const body = content.media.open(first, last);
    const chunk = {
      uri: token.secretSessionUri,
      mimeType: content.media.mimeType,
      first,
      last,
      total: token.size,
      body,
    };
    return this.reader.session(await this.client.put(ctx, chunk, irreversible));
  }

  private at(token: ShortsResume, nextOffset: number): PrepareOutcome {
    const resume = { ...token, nextOffset };
    return { kind: isLast(resume) ? 'ready' : 'saved', resume };
  }

  private restart(ctx: PlatformContext, content: PublishContent, token: ShortsResume): Promise<PrepareOutcome> {
    if (token.restarts < MAX_RESTARTS) return this.begin(ctx, content, token.restarts + 1);
    return Promise.resolve({ kind: 'unavailable', detail: 'every upload session died before the last bytes' });
  }
}

const isLast = (token: ShortsResume): boolean => token.size - token.nextOffset <= CHUNK_BYTES;

/** A duplicate is settled by `check`, which looks for the video that was there first. */
const landed = (video: Video, privacy: string): Published | Processing | Rejected => {
  const outcome = videoOutcome(video, privacy);
  return outcome.kind === 'rejected' && outcome.platformCode === DUPLICATE
    ? { kind: 'processing', platformPostId: video.id }
    : outcome;
};
