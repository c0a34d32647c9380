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
  privacyStatus: video.metadata.privacyStatus,
  license: 'youtube',
  embeddable: true,
  publicStatsViewable: true,
});

const snippetOf = (video: YouTubeVideo): Record<string, unknown> => ({
  title: video.metadata.title,
  description: video.metadata.description,
  tags: video.metadata.tags,
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

/** The parts of a `youtube#video` that were asked for. */
export const showVideo = (
  video: YouTubeVideo,
  parts: readonly string[],
  counters: PostCounters = { views: 0, likes: 0, comments: 0 },
): Record<string, unknown> => {
  const seconds = Math.round(video.post.durationSec ?? 0);
  const all: Record<string, () => unknown> = {
    snippet: () => snippetOf(video),
    status: () => statusOf(video),
    statistics: () => showStatistics(counters),
    contentDetails: () => ({ duration: `PT${Math.floor(seconds / 60)}M${seconds % 60}S`, dimension: '2d' }),
    processingDetails: () => ({ processingStatus: PROCESSING[video.uploadStatus] }),
  };
  const shown = parts.flatMap((part) => (all[part] ? [[part, all[part]()]] : []));
  return { kind: 'youtube#video', id: video.id, ...(Object.fromEntries(shown) as Record<string, unknown>) };
};

/** An entry of the uploads playlist; tags are not in it. */
export const showPlaylistItem = (video: YouTubeVideo): Record<string, unknown> => {
  const { title, description, publishedAt, channelId } = snippetOf(video);
  return {
    kind: 'youtube#playlistItem',
    id: `UUi${video.id}`,
    snippet: { title, description, publishedAt, channelId, resourceId: { kind: 'youtube#video', videoId: video.id } },
    contentDetails: { videoId: video.id, videoPublishedAt: publishedAt },
    status: { privacyStatus: video.metadata.privacyStatus },
  };
};
