import type { Call, Reply } from '../http/call.js';
import { json } from '../http/call.js';
import { countersOf } from '../world/counters.js';
import type { World } from '../world/world.js';
import { youtubeError } from './youtube-errors.js';
import { isReply, readIds, readParts } from './youtube-query.js';
import { showBatchStats, showPlaylistItem, showVideo } from './youtube-resources.js';
import type { YouTubeAccount, YouTubeState, YouTubeVideo } from './youtube-state.js';

const MAX_RESULTS = 50;
const VIDEO_PARTS = ['id', 'snippet', 'status', 'statistics', 'contentDetails', 'processingDetails'];
const STATS_PARTS = ['id', 'snippet', 'statistics', 'contentDetails'];
const ITEM_PARTS = ['id', 'snippet', 'contentDetails', 'status'];
const CHANNEL_PARTS = ['id', 'snippet', 'contentDetails', 'statistics', 'status'];

/** Channels, videos, the uploads playlist and delete. */
export class YouTubeReads {
  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
  ) {}

  channels(account: YouTubeAccount, call: Call): Reply {
    const parts = readParts(call, CHANNEL_PARTS);
    if (isReply(parts)) return parts;
    if (call.url.searchParams.get('mine') !== 'true') {
      return youtubeError(400, 'missingRequiredParameter', 'No filter selected.', 'youtube.parameter');
    }
    const kind = 'youtube#channelListResponse';
    if (!account.hasChannel) return json(200, { kind, pageInfo: { totalResults: 0, resultsPerPage: 5 } });
    return json(200, { kind, pageInfo: { totalResults: 1, resultsPerPage: 5 }, items: [this.channel(account, parts)] });
  }

  videos(account: YouTubeAccount, call: Call): Reply {
    const parts = readParts(call, VIDEO_PARTS);
    if (isReply(parts)) return parts;
    const asked = this.asked(account, call);
    if (isReply(asked)) return asked;
    const foreign = asked.some((video) => video.account !== account);
    if (foreign && parts.includes('processingDetails')) {
      return youtubeError(403, 'forbidden', 'processingDetails is available to the owner only.');
    }
    const items = asked.map((video) =>
      showVideo(video, { parts, isOwner: video.account === account, counters: this.counters(video) }),
    );
    const pageInfo = { totalResults: items.length, resultsPerPage: items.length };
    return json(200, { kind: 'youtube#videoListResponse', items, pageInfo });
  }

  batchGetStats(account: YouTubeAccount, call: Call): Reply {
    const parts = readParts(call, STATS_PARTS);
    if (isReply(parts)) return parts;
    const asked = this.asked(account, call);
    if (isReply(asked)) return asked;
    const items = asked.map((video) =>
      showBatchStats(video, { parts, isOwner: video.account === account, counters: this.counters(video) }),
    );
    return json(200, { kind: 'youtube#videoBatchGetStatsResponse', items });
  }

  playlistItems(account: YouTubeAccount, call: Call): Reply {
    const parts = readParts(call, ITEM_PARTS);
    if (isReply(parts)) return parts;
    if (call.url.searchParams.get('playlistId') !== uploadsPlaylist(account)) {
      return youtubeError(404, 'playlistNotFound', 'The playlist cannot be found.', 'youtube.playlistItem');
    }
    const limit = Number(call.url.searchParams.get('maxResults') ?? 5);
    if (!(limit >= 0 && limit <= MAX_RESULTS)) {
      return youtubeError(400, 'invalidValue', 'maxResults must be between 0 and 50.', 'youtube.parameter');
    }
    const from = Number(call.url.searchParams.get('pageToken') ?? 0);
    if (!Number.isSafeInteger(from)) {
      return youtubeError(400, 'invalidPageToken', 'The page token is invalid.', 'youtube.parameter');
    }
    const listed = this.state.videosOf(account).filter(({ listedMs }) => listedMs <= this.world.clock.nowMs());
    const items = listed.slice(from, from + limit).map((video) => showPlaylistItem(video, parts));
    const more = from + limit < listed.length ? { nextPageToken: String(from + limit) } : {};
    const pageInfo = { totalResults: listed.length, resultsPerPage: limit };
    return json(200, { kind: 'youtube#playlistItemListResponse', ...more, pageInfo, items });
  }

  remove(account: YouTubeAccount, call: Call): Reply {
    const asked = this.asked(account, call);
    if (isReply(asked)) return asked;
    const [video] = asked;
    if (!video) return youtubeError(404, 'videoNotFound', 'The video cannot be found.');
    if (video.account !== account) return youtubeError(403, 'forbidden', 'The video is not yours to delete.');
    this.state.videos.delete(video.id);
    this.world.truth.remove(video.post);
    return { status: 204 };
  }

  private channel(account: YouTubeAccount, parts: readonly string[]): Record<string, unknown> {
    const all: Record<string, unknown> = {
      snippet: { title: account.handle, customUrl: `@${account.handle}` },
      contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsPlaylist(account) } },
      statistics: {
        viewCount: '0',
        subscriberCount: '120',
        hiddenSubscriberCount: false,
        videoCount: String(this.state.videosOf(account).length),
      },
    };
    const shown = parts.flatMap((part) => (all[part] ? [[part, all[part]]] : []));
    return { kind: 'youtube#channel', id: account.externalId, ...(Object.fromEntries(shown) as object) };
  }

  /** One's own videos and what others made public. */
  private asked(account: YouTubeAccount, call: Call): readonly YouTubeVideo[] | Reply {
    const ids = readIds(call);
    if (isReply(ids)) return ids;
    const found = ids.flatMap((id) => this.state.videos.get(id) ?? []);
    return found.filter((video) => video.account === account || isPublic(video));
  }

  private counters(video: YouTubeVideo): ReturnType<typeof countersOf> {
    return countersOf(this.world, video.account, video.post);
  }
}

const isPublic = ({ metadata, uploadStatus }: YouTubeVideo): boolean =>
  metadata.privacyStatus !== 'private' && uploadStatus === 'processed';

const uploadsPlaylist = (account: YouTubeAccount): string => `UU${account.externalId.slice(2)}`;
