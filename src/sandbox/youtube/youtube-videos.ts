import { markerIn } from '../truth/truth-feed.js';
import type { TruthPost } from '../truth/truth-feed.js';
import { drawFailure, drawLatenessMs, runProcessing } from '../world/processing.js';
import type { World } from '../world/world.js';
import type { VideoMetadata } from './youtube-metadata.js';
import type { YouTubeAccount, YouTubeState, YouTubeVideo } from './youtube-state.js';

/** `status.failureReason` (`platforms.md` 3.5); other codes of a `fail` fault are rejection reasons. */
const FAILURE_REASONS = ['codec', 'conversion', 'emptyFile', 'invalidFile', 'tooSmall', 'uploadAborted'];

/** An upload whose last byte has come. */
export interface CompleteUpload {
  readonly account: YouTubeAccount;
  readonly metadata: VideoMetadata;
  readonly uploadId: string;
  readonly facts: Pick<TruthPost, 'sha256' | 'bytes' | 'durationSec'>;
}

/** Turns complete uploads into videos and processes them. */
export class YouTubeVideos {
  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
  ) {}

  create(upload: CompleteUpload): YouTubeVideo {
    const { account } = upload;
    const id = this.world.ids.word(11);
    const reason = drawFailure(this.world, account, 'termsOfUse') ?? this.duplicateOf(upload);
    const latenessMs = drawLatenessMs(this.world, account);
    const post = this.post(upload, id);
    const listedMs = this.world.clock.nowMs() + this.world.settings.shortsListLagMs + latenessMs;
    const metadata = this.world.settings.shortsForcedPrivate
      ? { ...upload.metadata, privacyStatus: 'private' }
      : upload.metadata;
    const video: YouTubeVideo = { id, account, metadata, post, listedMs, uploadStatus: 'uploaded' };
    this.state.videos.set(id, video);
    if (reason === undefined) this.world.truth.accept(post);
    runProcessing(this.world, account, this.world.settings.shortsProcessingMs + latenessMs, () =>
      this.finish(video, reason),
    );
    return video;
  }

  private finish(video: YouTubeVideo, reason: string | undefined): void {
    if (!this.state.videos.has(video.id)) return;
    if (reason === undefined) {
      video.uploadStatus = 'processed';
      this.world.truth.markLive(video.post);
    } else if (FAILURE_REASONS.includes(reason)) {
      Object.assign(video, { uploadStatus: 'failed', failureReason: reason });
    } else {
      Object.assign(video, { uploadStatus: 'rejected', rejectionReason: reason });
    }
  }

  private duplicateOf({ account, facts }: CompleteUpload): string | undefined {
    if (!this.world.settings.shortsRejectDuplicates) return undefined;
    const twin = this.state
      .videosOf(account)
      .some(({ post, uploadStatus }) => post.sha256 === facts.sha256 && !['rejected', 'failed'].includes(uploadStatus));
    return twin ? 'duplicate' : undefined;
  }

  private post({ account, metadata, uploadId, facts }: CompleteUpload, id: string): TruthPost {
    const { title, description, tags } = metadata;
    return {
      platform: 'shorts',
      accountExternalId: account.externalId,
      platformPostId: id,
      handle: uploadId,
      caption: description || title,
      title,
      tags,
      ...markerIn([...tags, description, title]),
      createdAt: this.world.clock.iso(),
      liveAt: null,
      ...facts,
    };
  }
}
