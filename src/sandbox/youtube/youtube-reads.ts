import type { Call, Reply } from '../http/call.js';
import { json } from '../http/call.js';
import { countersOf } from '../world/counters.js';
import type { World } from '../world/world.js';
import { youtubeError } from './youtube-errors.js';
import { showPlaylistItem, showStatistics, showVideo } from './youtube-resources.js';
import type { YouTubeAccount, YouTubeState, YouTubeVideo } from './youtube-state.js';

const MAX_RESULTS = 50;

const parts = (call: Call): readonly string[] => (call.url.searchParams.get('part') ?? '').split(',');

/** Channels, videos, the uploads playlist and delete. */
export class YouTubeReads {
  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
  ) {}

  channels(account: YouTubeAccount): Reply {
    const videos = this.state.videosOf(account);
    return json(200, {
      kind: 'youtube#channelListResponse',
      items: [
        {
          kind: 'youtube#channel',
          id: account.externalId,
          snippet: { title: account.handle, customUrl: `@${account.handle}` },
          contentDetails: { relatedPlaylists: { uploads: uploadsPlaylist(account) } },
          statistics: { viewCount: '0', subscriberCount: '120', videoCount: String(videos.length) },
        },
      ],
    });
  }

  videos(account: YouTubeAccount, call: Call): Reply {
    const items = this.asked(account, call).map((video) => showVideo(video, parts(call), this.counters(video)));
    return json(200, { kind: 'youtube#videoListResponse', items, pageInfo: { totalResults: items.length } });
  }

  batchGetStats(account: YouTubeAccount, call: Call): Reply {
    const items = this.asked(account, call).map((video) => ({
      kind: 'youtube#videoStats',
      id: video.id,
      snippet: { publishTime: video.post.createdAt },
      statistics: showStatistics(this.counters(video)),
    }));
    return json(200, { items });
  }

  playlistItems(account: YouTubeAccount, call: Call): Reply {
    if (call.url.searchParams.get('playlistId') !== uploadsPlaylist(account)) {
      return youtubeError(404, 'playlistNotFound', 'The playlist cannot be found.', 'youtube.playlistItem');
    }
    const listed = this.state.videosOf(account).filter(({ listedMs }) => listedMs <= this.world.clock.nowMs());
    const limit = Math.min(MAX_RESULTS, Number(call.url.searchParams.get('maxResults') ?? 5));
    const from = Number(call.url.searchParams.get('pageToken') ?? 0);
    const items = listed.slice(from, from + limit).map(showPlaylistItem);
    const more = from + limit < listed.length ? { nextPageToken: String(from + limit) } : {};
    const pageInfo = { totalResults: listed.length, resultsPerPage: limit };
    return json(200, { kind: 'youtube#playlistItemListResponse', ...more, pageInfo, items });
  }

  remove(account: YouTubeAccount, call: Call): Reply {
    const [video] = this.asked(account, call);
    if (!video) return youtubeError(404, 'videoNotFound', 'The video cannot be found.');
    this.state.videos.delete(video.id);
    this.world.truth.remove(video.post);
    return { status: 204 };
  }

  private asked(account: YouTubeAccount, call: Call): YouTubeVideo[] {
    const ids = (call.url.searchParams.get('id') ?? '').split(',').slice(0, MAX_RESULTS);
    return ids.flatMap((id) => this.state.videos.get(id) ?? []).filter((video) => video.account === account);
  }

  private counters(video: YouTubeVideo): ReturnType<typeof countersOf> {
    return countersOf(this.world, video.account, video.post);
  }
}

const uploadsPlaylist = (account: YouTubeAccount): string => `UU${account.externalId.slice(2)}`;
