import type { Call, Reply } from '../http/call.js';
import { jsonBody } from '../http/call.js';
import { countersOf } from '../world/counters.js';
import type { World } from '../world/world.js';
import type { TikTokEnvelope } from './tiktok-envelope.js';
import type { TikTokAccount, TikTokPublish, TikTokState } from './tiktok-state.js';

/** `title` and `video_description` come back cut (`platforms.md` 1.11). */
const SHOWN_CAPTION_UNITS = 150;
const MAX_COUNT = 20;

/** Fields of `user/info` beyond `user.info.basic`. */
const SCOPE_OF: ReadonlyMap<string, string> = new Map([
  ['username', 'user.info.profile'],
  ...['follower_count', 'following_count', 'likes_count', 'video_count'].map(
    (field) => [field, 'user.info.stats'] as const,
  ),
]);

/** Display API: the account's public videos, newest first. */
export class TikTokVideos {
  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
    private readonly envelope: TikTokEnvelope,
  ) {}

  list(account: TikTokAccount, call: Call): Reply {
    const noFields = this.withoutFields(call);
    if (noFields) return noFields;
    const body = jsonBody(call);
    const count = body?.['max_count'] ?? 10;
    const cursor = body?.['cursor'] ?? this.world.clock.nowMs() + 1000;
    if (typeof count !== 'number' || count < 1 || count > MAX_COUNT || typeof cursor !== 'number') {
      return this.envelope.refuse(400, 'invalid_params', 'max_count is 1 to 20, cursor an epoch in ms.');
    }
    const older = this.publicOf(account).filter((publish) => createdMs(publish) < cursor);
    const page = older.slice(0, count);
    const last = page.at(-1);
    const next = last ? createdMs(last) : cursor;
    const videos = page.map((publish) => this.show(publish, call)).join(',');
    return this.envelope.ok(`{"videos":[${videos}],"cursor":${next},"has_more":${older.length > page.length}}`);
  }

  query(account: TikTokAccount, call: Call): Reply {
    const noFields = this.withoutFields(call);
    if (noFields) return noFields;
    const ids = (jsonBody(call)?.['filters'] as { video_ids?: unknown } | undefined)?.video_ids;
    if (!Array.isArray(ids) || ids.length > MAX_COUNT) {
      return this.envelope.refuse(400, 'invalid_params', 'filters.video_ids holds at most 20 ids.');
    }
    const found = this.publicOf(account).filter((publish) => ids.includes(String(publish.publicId)));
    return this.envelope.ok(`{"videos":[${found.map((publish) => this.show(publish, call)).join(',')}]}`);
  }

  user(account: TikTokAccount, scopes: readonly string[], call: Call): Reply {
    const noFields = this.withoutFields(call);
    if (noFields) return noFields;
    const asked = (call.url.searchParams.get('fields') ?? '').split(',');
    const closed = asked.some((field) => !scopes.includes(SCOPE_OF.get(field) ?? 'user.info.basic'));
    if (closed) return this.envelope.refuse(401, 'scope_not_authorized', 'A field needs a scope that was not granted.');
    const all: Record<string, unknown> = {
      open_id: account.externalId,
      union_id: `union-${account.externalId}`,
      avatar_url: 'https://p16.example/av.webp',
      display_name: account.handle,
      username: account.handle,
      follower_count: 1200,
      following_count: 80,
      likes_count: 9000,
      video_count: this.publicOf(account).length,
    };
    return this.envelope.ok(JSON.stringify({ user: pick(all, call) }));
  }

  private withoutFields(call: Call): Reply | undefined {
    return call.url.searchParams.get('fields')
      ? undefined
      : this.envelope.refuse(400, 'invalid_params', 'fields names at least one field.');
  }

  private publicOf(account: TikTokAccount): TikTokPublish[] {
    return this.state
      .publishesOf(account)
      .filter(({ publicId, isHidden }) => publicId !== undefined && !isHidden)
      .sort((a, b) => createdMs(b) - createdMs(a));
  }

  private show(publish: TikTokPublish, call: Call): string {
    if (!publish.post) return '{}';
    const { views, likes, comments } = countersOf(this.world, publish.account, publish.post);
    const shown = publish.request.title.slice(0, SHOWN_CAPTION_UNITS);
    const id = String(publish.publicId);
    const all: Record<string, unknown> = {
      id,
      create_time: Math.floor(createdMs(publish) / 1000),
      title: shown,
      video_description: shown,
      duration: Math.round(publish.post.durationSec ?? 0),
      share_url: `https://www.tiktok.com/@${publish.account.handle}/video/${id}`,
      view_count: views,
      like_count: likes,
      comment_count: comments,
      share_count: 0,
    };
    return JSON.stringify(pick(all, call));
  }
}

const createdMs = (publish: TikTokPublish): number => Date.parse(publish.post?.createdAt ?? '');

/** Only the asked-for fields, as the `fields` parameter says. */
const pick = (all: Readonly<Record<string, unknown>>, call: Call): Record<string, unknown> => {
  const fields = (call.url.searchParams.get('fields') ?? '').split(',');
  return Object.fromEntries(fields.filter((field) => field in all).map((field) => [field, all[field]]));
};
