import type { Call, Reply } from '../http/call.js';
import { json } from '../http/call.js';
import { countersOf } from '../world/counters.js';
import type { World } from '../world/world.js';
import { graphError, missingObject } from './instagram-errors.js';
import type { InstagramAccount, InstagramMedia, InstagramState } from './instagram-state.js';

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 25;

const fieldsOf = (call: Call): readonly string[] => (call.url.searchParams.get('fields') ?? 'id').split(',');

const pick = (all: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(['id', ...fields].filter((field) => field in all).map((field) => [field, all[field]]));

/** `2026-01-26T12:00:09+0000` */
const timestamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000');

/** `/me`, media, insights. */
export class InstagramReads {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
  ) {}

  me(account: InstagramAccount, call: Call): Reply {
    const all = {
      id: `app-scoped-${account.externalId}`,
      user_id: account.externalId,
      username: account.handle,
      name: account.handle,
      account_type: 'MEDIA_CREATOR',
      profile_picture_url: 'https://cdn.example/p.jpg',
      followers_count: 1200,
      media_count: this.visible(account).length,
    };
    return json(200, pick(all, fieldsOf(call)));
  }

  list(account: InstagramAccount, call: Call): Reply {
    const query = call.url.searchParams;
    const limit = Math.min(MAX_LIMIT, Number(query.get('limit') ?? DEFAULT_LIMIT));
    const since = Number(query.get('since') ?? 0) * 1000;
    const until = Number(query.get('until') ?? Number.MAX_SAFE_INTEGER) * 1000;
    const all = this.visible(account).filter(({ createdMs }) => createdMs >= since && createdMs <= until);
    const after = query.get('after');
    const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const page = all.slice(from, from + limit);
    const cursors = { before: page[0]?.id ?? '', after: page.at(-1)?.id ?? '' };
    const next = new URL(`${call.origin}${call.url.pathname}${call.url.search}`);
    next.searchParams.set('after', cursors.after);
    const paging = { cursors, ...(from + limit < all.length ? { next: next.href } : {}) };
    return json(200, { data: page.map((media) => this.show(media, call)), ...(page.length > 0 ? { paging } : {}) });
  }

  media(media: InstagramMedia, call: Call): Reply {
    return this.isReadable(media) ? json(200, this.show(media, call)) : missingObject(media.id);
  }

  /** Lifetime numbers, late; no data is an empty list, not 0. One unknown name fails the call. */
  insights(media: InstagramMedia, call: Call): Reply {
    if (!this.isReadable(media)) return missingObject(media.id);
    const isLate = media.createdMs + this.world.settings.reelsInsightsLagMs > this.world.clock.nowMs();
    const { views, likes, comments } = countersOf(this.world, media.account, media.post);
    const values: Readonly<Record<string, number>> = {
      ...{ views, likes, comments, reach: Math.floor(views * 0.8), saved: 0, shares: 0 },
      total_interactions: likes + comments,
      ig_reels_avg_watch_time: 4200,
      ig_reels_video_view_total_time: views * 4200,
    };
    const names = (call.url.searchParams.get('metric') ?? '').split(',');
    const unknown = names.find((name) => !(name in values));
    if (unknown !== undefined) {
      return graphError({ code: 100, message: `metric[0] must be one of the following values; ${unknown} is not.` });
    }
    if (isLate) return json(200, { data: [] });
    const data = names.map((name) => ({
      name,
      period: 'lifetime',
      values: [{ value: values[name] }],
      title: name,
      id: `${media.id}/insights/${name}/lifetime`,
    }));
    return json(200, { data });
  }

  private show(media: InstagramMedia, call: Call): Record<string, unknown> {
    const { likes, comments } = countersOf(this.world, media.account, media.post);
    const all = {
      id: media.id,
      caption: media.caption,
      media_type: 'VIDEO',
      media_product_type: 'REELS',
      permalink: `https://www.instagram.com/reel/${media.shortcode}/`,
      shortcode: media.shortcode,
      timestamp: timestamp(media.createdMs),
      ...(this.world.settings.reelsHidesLikes ? {} : { like_count: likes }),
      comments_count: comments,
      username: media.account.handle,
    };
    return pick(all, fieldsOf(call));
  }

  private visible(account: InstagramAccount): InstagramMedia[] {
    return this.state.mediaOf(account).filter(({ post }) => post.liveAt !== null);
  }

  private isReadable(media: InstagramMedia): boolean {
    return media.readableMs <= this.world.clock.nowMs();
  }
}
