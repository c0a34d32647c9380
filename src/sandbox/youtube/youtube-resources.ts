import type { PostCounters } from '../world/counters.js';
import type { YouTubeVideo } from './youtube-state.js';

const PROCESSING: Readonly<Record<YouTubeVideo['uploadStatus'], string>> = {
  uploaded: 'processing',
  processed: 'succeeded',
  rejected: 'terminated',
  failed: 'failed',
};

const statusOf = (video: YouTubeVideo): Record<string, unknown> => ({
  uploadStatus: video.uploadStatus,
  ...(video.rejectionReason === undefined ? {} : { rejectionReason: video.rejectionReason }),
  ...(video.failureReason === undefined ? {} : { failureReason: video.failureReason }),
  privacyStatus: video.metadata.privacyStatus,
  license: video.metadata.license,
  embeddable: true,
  publicStatsViewable: true,
});

/** Tags are for the owner's eyes. */
const snippetOf = (video: YouTubeVideo, isOwner: boolean): Record<string, unknown> => ({
  title: video.metadata.title,
  description: video.metadata.description,
  ...(isOwner ? { tags: video.metadata.tags } : {}),
  categoryId: video.metadata.categoryId,
  publishedAt: video.post.createdAt,
  channelId: video.account.externalId,
  channelTitle: video.account.handle,
});

/** Counts are strings on this API. */
export const showStatistics = ({ views, likes, comments }: PostCounters): Record<string, string> => ({
  viewCount: String(views),
  likeCount: String(likes),
  favoriteCount: '0',
  commentCount: String(comments),
});

const MS_PER_PART = 1_000;

const processingOf = ({ uploadStatus, failureReason }: YouTubeVideo): Record<string, unknown> => ({
  processingStatus: PROCESSING[uploadStatus],
  ...(uploadStatus === 'uploaded'
    ? { processingProgress: { partsTotal: '10', partsProcessed: '4', timeLeftMs: String(6 * MS_PER_PART) } }
    : {}),
  ...(failureReason === undefined ? {} : { processingFailureReason: 'transcodeFailed' }),
});

/** The duration is not known before processing has ended. */
const contentOf = ({ uploadStatus, post }: YouTubeVideo): Record<string, unknown> => {
  const seconds = Math.round(post.durationSec ?? 0);
  const duration = uploadStatus === 'processed' ? `PT${Math.floor(seconds / 60)}M${seconds % 60}S` : 'P0D';
  return { duration, dimension: '2d', definition: 'hd' };
};

/** What a video is shown with. */
export interface Viewing {
  readonly parts: readonly string[];
  readonly isOwner: boolean;
  readonly counters?: PostCounters;
}

const NO_COUNTS: PostCounters = { views: 0, likes: 0, comments: 0 };

/** The parts of a `youtube#video` that were asked for; `processingDetails` only for the owner. */
export const showVideo = (video: YouTubeVideo, { parts, isOwner, counters }: Viewing): Record<string, unknown> => {
  const all: Record<string, () => unknown> = {
    snippet: () => snippetOf(video, isOwner),
    status: () => statusOf(video),
    statistics: () => showStatistics(counters ?? NO_COUNTS),
    contentDetails: () => contentOf(video),
    ...(isOwner ? { processingDetails: () => processingOf(video) } : {}),
  };
  const shown = parts.flatMap((part) => (all[part] ? [[part, all[part]()]] : []));
  return { kind: 'youtube#video', id: video.id, ...(Object.fromEntries(shown) as Record<string, unknown>) };
};

/** An entry of `videos.batchGetStats`. */
export const showBatchStats = (video: YouTubeVideo, { parts, counters }: Viewing): Record<string, unknown> => ({
  kind: 'youtube#videoStats',
  id: video.id,
  ...(parts.includes('snippet') ? { snippet: { publishTime: video.post.createdAt } } : {}),
  ...(parts.includes('statistics') ? { statistics: showStatistics(counters ?? NO_COUNTS) } : {}),
  ...(parts.includes('contentDetails') ? { contentDetails: { duration: contentOf(video)['duration'] } } : {}),
});

/** An entry of the uploads playlist; tags are not in it. */
export const showPlaylistItem = (video: YouTubeVideo, parts: readonly string[]): Record<string, unknown> => {
  const { title, description, publishedAt, channelId } = snippetOf(video, true);
  const resourceId = { kind: 'youtube#video', videoId: video.id };
  const all: Record<string, unknown> = {
    snippet: { title, description, publishedAt, channelId, resourceId },
    contentDetails: { videoId: video.id, videoPublishedAt: publishedAt },
    status: { privacyStatus: video.metadata.privacyStatus },
  };
  const shown = parts.flatMap((part) => (all[part] ? [[part, all[part]]] : []));
  return { kind: 'youtube#playlistItem', id: `UUi${video.id}`, ...(Object.fromEntries(shown) as object) };
};
