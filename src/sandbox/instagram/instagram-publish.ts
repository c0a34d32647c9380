import type { Call, Reply } from '../http/call.js';
import { json, parameters } from '../http/call.js';
import { markerIn } from '../truth/truth-feed.js';
import { drawLatenessMs } from '../world/processing.js';
import type { World } from '../world/world.js';
import { graphError } from './instagram-errors.js';
import type { InstagramAccount, InstagramContainer, InstagramMedia, InstagramState } from './instagram-state.js';
import { CONTAINER_LIFE_MS } from './instagram-state.js';

const FIRST_MEDIA_ID = 18_000_000_000_000_000n;
const DAY_MS = 86_400_000;

/** `POST /{ig-id}/media_publish`: the irreversible step. */
export class InstagramPublish {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
  ) {}

  publish(account: InstagramAccount, call: Call): Reply {
    const container = this.state.containers.get(parameters(call)['creation_id'] ?? '');
    if (container?.account !== account || container.createdMs + CONTAINER_LIFE_MS <= this.world.clock.nowMs()) {
      return graphError({ code: 24, subcode: 2207008, message: 'The media container cannot be found.' });
    }
    if (container.media.length > 0) return this.again(container);
    if (container.status !== 'FINISHED') {
      return graphError({ code: 9007, subcode: 2207027, message: 'Media ID is not available' });
    }
    if (this.usage(account) >= this.world.settings.reelsQuotaTotal) {
      return graphError({ code: 9, subcode: 2207042, message: 'The daily publish limit is reached.' });
    }
    return json(200, { id: this.release(container).id });
  }

  /** Posts of the last 24 h. */
  usage(account: InstagramAccount): number {
    const since = this.world.clock.nowMs() - DAY_MS;
    return this.state.mediaOf(account).filter((media) => media.createdMs > since).length;
  }

  private again(container: InstagramContainer): Reply {
    const mode = this.world.settings.reelsSecondPublish;
    if (mode === 'error') {
      return graphError({ code: 9007, subcode: 2207027, message: 'The container was published before.' });
    }
    return json(200, { id: mode === 'same' ? container.media[0]?.id : this.release(container).id });
  }

  private release(container: InstagramContainer): InstagramMedia {
    const { account, caption } = container;
    const nowMs = this.world.clock.nowMs();
    const latenessMs = drawLatenessMs(this.world, account);
    const id = String(this.world.ids.number(FIRST_MEDIA_ID));
    const post = {
      platform: 'reels' as const,
      accountExternalId: account.externalId,
      platformPostId: id,
      handle: container.id,
      caption,
      ...markerIn([caption]),
      createdAt: this.world.clock.iso(),
      liveAt: null,
      ...container.tally.facts(),
    };
    const readableMs = nowMs + latenessMs + this.world.settings.reelsReadLagMs;
    const shortcode = `Cx${this.world.ids.word(9)}`;
    const media: InstagramMedia = { id, account, caption, shortcode, createdMs: nowMs, post, readableMs };
    container.media.push(media);
    this.state.media.set(id, media);
    this.world.truth.accept(post);
    const surface = (): void => {
      container.status = 'PUBLISHED';
      this.world.truth.markLive(post);
    };
    if (latenessMs > 0) this.world.clock.after(latenessMs, surface);
    else surface();
    return media;
  }
}
